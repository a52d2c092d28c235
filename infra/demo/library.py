"""The demo library: made-up films, a series and an album, with the people and the artwork of each.

Nobody's work is advertised here. Some names have in them what is hard to put in a URL.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import md5
from typing import Any
from uuid import UUID

from infra.demo import artwork
from infra.demo.photographs import photograph
from infra.demo.scenes import scene

type Draw = Callable[[], bytes]

STUDIO = "Café Noir Pictures"
_SITES = {
    "Movie": ("Tmdb",),
    "Series": ("Tmdb", "Tvdb"),
    "Person": ("Tmdb",),
    "MusicArtist": ("MusicBrainzArtist",),
    "MusicAlbum": ("MusicBrainzAlbum", "MusicBrainzReleaseGroup"),
}
BAND = "The Rods & Cones"
SPACE = "Space/Time"
LEAD = "Eileen Collins"
LANDSCAPES = (
    ("North of Here", "He took the wrong train on purpose", ""),
    ("Low Tide", "What the water left behind", "Logo"),
    ("The Quiet Year", "Nobody called, so she stayed", "Backdrop Logo"),
    ("Kilometre Zero", "All roads, measured from a door", "Logo"),
    ("Paper Boats", "Eleven letters to the sea", ""),
    ("An Hour of Snow", "It fell once, and for one hour", "Logo"),
    ("Ember", "The last night of the old refinery", "Backdrop Logo"),
    ("The Cartographer", "He drew the coast before it was there", "Logo"),
    ("Salt", "Three sisters, one pan", "Primary Backdrop Logo"),
    ("Second Moon", "It rose on a Tuesday", "Backdrop Logo"),
    ("Harbour Lights", "Every one of them was lying", "Logo"),
    ("Greenhouse", "Grown in the dark", "Backdrop Logo"),
)
"""Made-up films of made-up landscapes: name, line, and the image types that are missing."""


@dataclass(frozen=True, slots=True)
class DemoItem:
    """An item, how to draw its images by image type, and what `POST /Items` takes besides."""

    name: str
    type: str
    artwork: Mapping[str, Draw] = field(default_factory=dict)
    parent: "DemoItem | None" = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Return an id that is the same wherever the demo library is made."""
        return md5(f"demo/{self.type}/{self.name}".encode(), usedforsecurity=False).hexdigest()

    @property
    def body(self) -> dict[str, Any]:
        """Return the body that creates the item."""
        parent = {"ParentId": self.parent.id} if self.parent else {}
        known_as = {"ProviderIds": self.provider_ids} if self.provider_ids else {}
        return {"Id": self.id, "Name": self.name, "Type": self.type, **parent, **known_as, **self.facts}

    @property
    def provider_ids(self) -> dict[str, str]:
        """Return ids under which the stand-ins of the providers have artwork, and the real ones nothing."""
        number, code = str(900_000_000 + int(self.id[:6], 16)), str(UUID(self.id))
        return {
            site: code if site.startswith("MusicBrainz") else number for site in _SITES.get(self.type, ())
        }


def demo_items() -> tuple[DemoItem, ...]:
    """Return the library: what is mentioned before what mentions it, parents before children."""
    return (*_named(), *_films(), *_series(), *_music())


def _films() -> tuple[DemoItem, ...]:
    shelf = _shelf("Films", "movies", "rocket")
    films = (
        ("Deep Field", "hubble_deep_field", "Ten days of looking at nothing", SPACE),
        ("Night Launch", "rocket", "Based on a morning in Florida", SPACE),
        ("The Last Cup", "coffee", "A story in four refills", "Drama"),
        ("Chelsea", "chelsea", "She was never asked", "Documentary"),
    )
    return (
        shelf,
        *(
            DemoItem(name, "Movie", _pictures(name, picture, line), shelf, _facts(2019 + n, line, genre))
            for n, (name, picture, line, genre) in enumerate(films)
        ),
        *_landscapes(shelf),
    )


def _landscapes(shelf: DemoItem) -> Iterator[DemoItem]:
    """Yield films of made-up landscapes, some of which lack what an owner would like them to have."""
    for n, (name, line, lacking) in enumerate(LANDSCAPES):
        artwork_of = {
            "Primary": partial(_scene_poster, name, line, n),
            "Backdrop": partial(_scene_backdrop, name, n),
            "Logo": partial(artwork.logo, name),
        }
        drawn = {image_type: draw for image_type, draw in artwork_of.items() if image_type not in lacking}
        yield DemoItem(name, "Movie", drawn, shelf, _facts(1998 + 2 * n, line, "Drama"))


def _named() -> tuple[DemoItem, ...]:
    return (
        DemoItem(LEAD, "Person", {"Primary": _of("astronaut", artwork.cover)}),
        DemoItem(STUDIO, "Studio", {"Primary": partial(artwork.logo, STUDIO)}),
        DemoItem(SPACE, "Genre", {"Primary": _of("hubble_deep_field", artwork.cover)}),
        DemoItem("Ambient", "MusicGenre", {"Primary": _of("coffee", artwork.cover)}),
        DemoItem(BAND, "MusicArtist", {"Primary": _of("chelsea", artwork.cover)}),
    )


def _series() -> tuple[DemoItem, ...]:
    shelf = _shelf("Shows", "tvshows", "astronaut")
    name, line = "The Long Watch", "Somebody has to stay awake"
    series = DemoItem(name, "Series", _pictures(name, "astronaut", line), shelf, _facts(2022, line, SPACE))
    poster = {"Primary": _poster("rocket", name, "Season one")}
    season = DemoItem("Season 1", "Season", poster, series, {"IndexNumber": 1})
    still = {"Primary": _of("rocket", artwork.backdrop)}
    return (
        shelf,
        series,
        season,
        DemoItem("First Light", "Episode", still, season, {"IndexNumber": 1, "ParentIndexNumber": 1}),
        DemoItem("Second Thoughts", "Episode", {}, season, {"IndexNumber": 2, "ParentIndexNumber": 1}),
    )


def _music() -> tuple[DemoItem, ...]:
    shelf = _shelf("Music", "music", "coffee")
    facts = {"Artists": [BAND], "AlbumArtists": [BAND], "Genres": ["Ambient"], "ProductionYear": 2020}
    cover = {"Primary": _of("retina", artwork.cover)}
    album = DemoItem("Retina", "MusicAlbum", cover, shelf, facts)
    tracks = (
        DemoItem(name, "Audio", {}, album, facts | {"IndexNumber": n})
        for n, name in enumerate(("Saccade", "Blind Spot"), 1)
    )
    return (shelf, album, *tracks)


def _shelf(name: str, collection: str, picture: str) -> DemoItem:
    drawn = {"Primary": _of(picture, artwork.backdrop)}
    return DemoItem(name, "CollectionFolder", drawn, facts={"CollectionType": collection})


def _facts(year: int, line: str, genre: str) -> dict[str, Any]:
    return {
        "ProductionYear": year,
        "Overview": f"{line}.",
        "Genres": [genre],
        "Studios": [STUDIO],
        "People": [{"Name": LEAD, "Role": "Herself", "Type": "Actor"}],
    }


def _pictures(name: str, picture: str, line: str) -> dict[str, Draw]:
    return {
        "Primary": _poster(picture, name, line),
        "Backdrop": _of(picture, artwork.backdrop),
        "Logo": partial(artwork.logo, name),
    }


def _scene_poster(name: str, line: str, palette: int) -> bytes:
    return artwork.poster(scene(name, artwork.POSTER, palette), name, line)


def _scene_backdrop(name: str, palette: int) -> bytes:
    return artwork.backdrop(scene(name, artwork.BACKDROP, palette))


def _poster(picture: str, name: str, line: str) -> Draw:
    return lambda: artwork.poster(photograph(picture), name, line)


def _of(picture: str, draw: Callable[..., bytes]) -> Draw:
    return lambda: draw(photograph(picture))
