"""A small library with one of everything that the web client asks about, and an administrator who uses it."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

HOUR = 36_000_000_000
"""In ticks of 100 ns."""


@dataclass
class WebClientLibrary:
    """Names and ids of the library's items by a word each, and the calls that made them."""

    url: str
    admin: requests.Session
    pictures: Path
    suffix: str = field(default_factory=lambda: secrets.token_hex(4))
    names: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    def make(self) -> None:
        """Make the shelves, what stands on them, and the named items that it mentions."""
        self._films()
        self._shows()
        self._music()
        images = [("Primary", "poster.png"), ("Logo", "red.jpg"), ("Thumb", "blue.jpg")]
        images += [("Backdrop", f"{colour}.jpg") for colour in ("red", "green", "blue")]
        for image_type, picture in images:
            self.send_picture(f"/Items/{self.ids['movie']}/Images/{image_type}", picture)
        for image in self.json("GET", f"/Items/{self.ids['movie']}/Images"):
            self.tags[f"{image['ImageType']}/{image.get('ImageIndex', 0)}"] = image["ImageTag"]

    def remove(self) -> None:
        """Remove all of it."""
        for word in ("films", "sets", "shows", "music", "artist", "person", "genre", "studio", "music_genre"):
            self.admin.delete(f"{self.url}/Items/{self.ids[word]}", timeout=60)

    def add_administrator(self, name: str, password: str) -> str:
        """Make an administrator and return the id."""
        user_id: str = self.json("POST", "/Users/New", {"Name": name, "Password": password})["Id"]
        policy = self.admin.post(
            f"{self.url}/Users/{user_id}/Policy", json={"IsAdministrator": True}, timeout=60
        )
        assert policy.status_code == 204, policy.text
        return user_id

    def remove_user(self, user_id: str) -> None:
        """Remove a user."""
        answer = self.admin.delete(f"{self.url}/Users/{user_id}", timeout=60)
        assert answer.status_code == 204, answer.text

    def send_picture(self, path: str, picture: str) -> None:
        """Send a picture's bytes."""
        data = (self.pictures / picture).read_bytes()
        answer = self.admin.post(self.url + path, data=data, timeout=60)
        assert answer.status_code == 204, answer.text

    def json(self, verb: str, path: str, body: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401  # any JSON value
        """Return what the administrator is answered."""
        answer = self.admin.request(verb, self.url + path, json=body, timeout=60)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def _films(self) -> None:
        mentions = {
            "Genres": [self._named("genre", "Space")],
            "Studios": [self._named("studio", "Launch Pictures")],
            "People": [{"Name": self._named("person", "Eileen Cones"), "Type": "Actor", "Role": "Pilot"}],
        }
        self._add("films", "Films", "CollectionFolder", CollectionType="movies")
        facts = {"ProductionYear": 2019, "RunTimeTicks": 2 * HOUR, "ProviderIds": {"Tmdb": "19"}, **mentions}
        self._add("movie", "Night Launch", "Movie", "films", **facts, DateCreated="2026-01-01T00:00:00Z")
        self._add("other", "Deep Field", "Movie", "films", **facts, DateCreated="2026-02-01T00:00:00Z")
        self._add("sets", "Collections", "CollectionFolder", CollectionType="boxsets")
        self._add("set", "Launches", "BoxSet", "sets")
        self._add("member", "Second Launch", "Movie", "set")

    def _shows(self) -> None:
        self._add("shows", "Shows", "CollectionFolder", CollectionType="tvshows")
        self._add("series", "Low Tide", "Series", "shows", Genres=[self.names["genre"]], Status="Continuing")
        self._add("season", "Season 1", "Season", "series", IndexNumber=1)
        for number, word in enumerate(("pilot", "second"), 1):
            facts = {"IndexNumber": number, "ParentIndexNumber": 1, "RunTimeTicks": HOUR}
            self._add(word, word.title(), "Episode", "season", **facts)
        when = "2099-01-01T00:00:00Z"
        self._add(
            "announced",
            "Announced",
            "Episode",
            "season",
            IndexNumber=3,
            ParentIndexNumber=1,
            PremiereDate=when,
        )

    def _music(self) -> None:
        self._add("music", "Music", "CollectionFolder", CollectionType="music")
        artist = {"AlbumArtists": [self._named("artist", "Rods and Cones")]}
        genres = {"Genres": [self._named("music_genre", "Ambient")]}
        self._add("album", "Loops", "MusicAlbum", "music", ProductionYear=2001, **artist, **genres)
        self._add(
            "track", "Tick", "Audio", "album", Artists=[self.names["artist"]], RunTimeTicks=HOUR, **artist
        )

    def _named(self, word: str, name: str) -> str:
        self.names[word] = f"{name} {self.suffix}"
        return self.names[word]

    def _add(self, word: str, name: str, item_type: str, parent: str | None = None, **facts: object) -> None:
        where = {"ParentId": self.ids[parent]} if parent else {}
        body = {"Name": self._named(word, name), "Type": item_type, **where, **facts}
        made = self.json("POST", "/Items", body)
        self.ids[word] = made["Id"]
        words = {name: word for word, name in self.names.items()}
        for mentions in ("GenreItems", "Studios", "People", "AlbumArtists"):
            self.ids |= {words[its["Name"]]: its["Id"] for its in made.get(mentions, ())}


def words_of(library: WebClientLibrary, items: object) -> Iterator[str]:
    """Yield the words of those items in an answer that are this library's."""
    words = {item_id: word for word, item_id in library.ids.items()}
    for item in items if isinstance(items, list) else []:
        word = words.get(item.get("Id", "")) if isinstance(item, dict) else None
        if word:
            yield word
