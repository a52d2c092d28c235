"""Items of the library: what an entry of Jellyfin's library says about itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self

from chalicelib.domain.library.metadata import NOTHING_SAID, Metadata
from chalicelib.domain.library.names import sort_name


class ItemType(StrEnum):
    """The types of item that the library keeps, by Jellyfin's names."""

    MOVIE = "Movie"
    SERIES = "Series"
    SEASON = "Season"
    EPISODE = "Episode"
    TRAILER = "Trailer"
    VIDEO = "Video"
    MUSIC_VIDEO = "MusicVideo"
    MUSIC_ALBUM = "MusicAlbum"
    AUDIO = "Audio"
    AUDIO_BOOK = "AudioBook"
    BOOK = "Book"
    PHOTO_ALBUM = "PhotoAlbum"
    PHOTO = "Photo"
    BOX_SET = "BoxSet"
    PLAYLIST = "Playlist"
    FOLDER = "Folder"
    COLLECTION_FOLDER = "CollectionFolder"
    MUSIC_ARTIST = "MusicArtist"
    GENRE = "Genre"
    MUSIC_GENRE = "MusicGenre"
    PERSON = "Person"
    STUDIO = "Studio"
    USER_ROOT_FOLDER = "UserRootFolder"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the type of that name in any letter case, None when there is none."""
        return _BY_NAME.get(text.strip().lower())

    @property
    def is_named(self) -> bool:
        """Tell whether items of this type are found by their name, which is theirs alone."""
        return self in NAMED_TYPES

    @property
    def is_folder(self) -> bool:
        """Tell whether an item of this type can be the parent of others."""
        return self in FOLDER_TYPES

    @property
    def is_music(self) -> bool:
        """Tell whether the genres of an item of this type are music genres."""
        return self in _MUSIC

    @property
    def media_type(self) -> str:
        """Return Jellyfin's name of the medium."""
        return _MEDIA.get(self, "Unknown")


FOLDER_TYPES = frozenset(
    {
        ItemType.SERIES,
        ItemType.SEASON,
        ItemType.MUSIC_ALBUM,
        ItemType.PHOTO_ALBUM,
        ItemType.BOX_SET,
        ItemType.PLAYLIST,
        ItemType.FOLDER,
        ItemType.COLLECTION_FOLDER,
    }
)
NAMED_TYPES = frozenset(
    {ItemType.MUSIC_ARTIST, ItemType.GENRE, ItemType.MUSIC_GENRE, ItemType.PERSON, ItemType.STUDIO}
)
COLLECTION_TYPES = (
    "movies",
    "tvshows",
    "music",
    "musicvideos",
    "trailers",
    "homevideos",
    "boxsets",
    "books",
    "photos",
    "livetv",
    "playlists",
    "folders",
    "unknown",
)
"""Jellyfin's CollectionType: what a library may say that it holds. Its SDKs refuse to read any other value."""
_BY_NAME = {t.value.lower(): t for t in ItemType if t is not ItemType.USER_ROOT_FOLDER}
"""The types of items that can be made; there is one root, and it is there."""

_NUMBERED = frozenset({ItemType.SEASON, ItemType.EPISODE, ItemType.AUDIO, ItemType.AUDIO_BOOK})
_MUSIC = frozenset({ItemType.MUSIC_ALBUM, ItemType.AUDIO, ItemType.MUSIC_ARTIST, ItemType.MUSIC_VIDEO})
_MEDIA = {
    **dict.fromkeys(
        (ItemType.MOVIE, ItemType.EPISODE, ItemType.TRAILER, ItemType.VIDEO, ItemType.MUSIC_VIDEO), "Video"
    ),
    **dict.fromkeys((ItemType.AUDIO, ItemType.AUDIO_BOOK), "Audio"),
    ItemType.PHOTO: "Photo",
    ItemType.BOOK: "Book",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A named item as another item mentions it; `id` is empty until the named item is known."""

    name: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """A person as an item credits it; `type` is Jellyfin's kind of person, such as Actor or Director."""

    name: str
    id: str = ""
    role: str = ""
    type: str = "Unknown"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a video; its picture is the Chapter image of the same index. A tick is 100 ns."""

    name: str
    start_ticks: int


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the library.

    Ids are 32 lower-case hex digits. `ancestors` are the ids from the top of the library down to the parent.
    `series_id`, `season_id` and `album_id` are those among the ancestors. `provider_ids` maps a site's name,
    as Jellyfin writes it (Tmdb, Imdb, MusicBrainzAlbum …), to the site's id of the item. `language` is the
    preferred language of the metadata, ISO 639-1. `version` counts writes, None before the first.
    """

    id: str
    type: ItemType
    name: str
    sort_name: str
    created: datetime
    ancestors: tuple[str, ...] = ()
    series_id: str | None = None
    season_id: str | None = None
    album_id: str | None = None
    year: int | None = None
    index_number: int | None = None
    parent_index_number: int | None = None
    overview: str | None = None
    collection_type: str | None = None
    language: str | None = None
    provider_ids: Mapping[str, str] = field(default_factory=dict)
    people: tuple[Credit, ...] = ()
    genres: tuple[Mention, ...] = ()
    studios: tuple[Mention, ...] = ()
    artists: tuple[Mention, ...] = ()
    album_artists: tuple[Mention, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    metadata: Metadata = NOTHING_SAID
    version: int | None = field(default=None, compare=False)

    @property
    def parent_id(self) -> str | None:
        """Return the id of the parent, None at the top of the library."""
        return self.ancestors[-1] if self.ancestors else None

    @property
    def genre_type(self) -> ItemType:
        """Return which type of named item the genres are."""
        return ItemType.MUSIC_GENRE if self.type.is_music else ItemType.GENRE

    @property
    def natural_sort_name(self) -> str:
        """Return what the item is sorted by unless it is told: in a series or album by number before name."""
        numbers = (self.parent_index_number, self.index_number)
        if self.type in _NUMBERED and numbers != (None, None):
            return " - ".join([*(f"{number or 0:04}" for number in numbers), sort_name(self.name)])
        return sort_name(self.name)

    def mentioned_ids(self) -> frozenset[str]:
        """Return the ids of all named items that the item mentions."""
        mentions = (*self.genres, *self.studios, *self.artists, *self.album_artists)
        return frozenset(mention.id for mention in mentions) | {credit.id for credit in self.people}
