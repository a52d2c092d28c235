"""What resolving a tree finds: items with their pictures, and why every other picture is left out."""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Self

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.names import name_key
from chalicelib.domain.library.naming.titles import Title


class Reason(StrEnum):
    """Why a picture is no image, in words for the person whose picture it is."""

    NOT_UTF8 = "The name is not valid UTF-8. Rename the file or folder."
    TOO_LONG = "A name in the path is longer than 255 characters."
    HIDDEN = "Hidden files are left out."
    SYSTEM_FOLDER = "It lies in a folder that libraries leave out."
    IGNORE_FILE = "An .ignore file leaves it out."
    EXTRA = "It lies with extras, which are no items."
    DISC = "It lies inside a disc."
    OUTSIDE = "It lies beside the libraries, in none of them."
    CONFLICT = "Another folder has this image of the same item."
    SECOND = "Another file comes first for this image."
    NUMBERS_END = "A row of numbered backdrops ends where the third number is missing."
    MEANS_NOTHING = "The name means no image of this item."
    SHARED = "Several items share the folder. Begin the name with that of one of them."
    NO_VIDEO = "No video lies beside it, so there is no item."
    NO_EPISODE = "No video beside it has the number of an episode, and the folder is no season."
    NO_SERIES = "The video beside it lies in no series' folder."
    NO_SONG = "No song lies beside it, so there is no album."
    NO_MUSIC = "Songs make albums only in a library of music. Call the library Music, or say --content music."


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """A file that is an image; `path` is relative to the tree. `index` is the place among those of its type."""

    image_type: ImageType
    path: str
    index: int = 0


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item, as its place in the tree tells.

    `number` is that of a season in its series or of an episode in its season, and `last` that of the last episode
    in one file. `artist` is an album's. `collection_type` is what Jellyfin calls the content of a library. `path`
    is that of its folder or file.
    """

    type: ItemType
    title: Title
    parent: Self | None = None
    number: int | None = None
    last: int | None = None
    aired: date | None = None
    artist: str = ""
    collection_type: str = ""
    path: str = ""
    pictures: tuple[FoundPicture, ...] = field(default=(), compare=False)

    def with_pictures(self, pictures: tuple[FoundPicture, ...]) -> Self:
        """Return the item with its pictures."""
        return replace(self, pictures=pictures)

    @property
    def identity(self) -> Hashable:
        """Return what two places in the tree have in common when they are one item."""
        above = self.parent.identity if self.parent else None
        if self.type in {ItemType.SEASON, ItemType.EPISODE} and (self.number, self.aired) != (None, None):
            return (self.type, above, self.number, self.aired)
        named = (self.type, name_key(self.title.name), self.title.year, name_key(self.artist))
        return (*named, above if self.type in {ItemType.SEASON, ItemType.EPISODE} else None)

    def __str__(self) -> str:
        year = f" ({self.title.year})" if self.title.year else ""
        return f"{self.type} {self.title.name}{year}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A picture that is no image, and why; `detail` names what stands in its way."""

    path: str
    reason: Reason
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.reason} ({self.detail})" if self.detail else str(self.reason)


@dataclass(frozen=True, slots=True)
class Resolution:
    """All that a tree holds: each of its pictures is in one of the two lists, once."""

    items: tuple[FoundItem, ...]
    left_out: tuple[LeftOut, ...]
