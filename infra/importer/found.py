"""What a walk through a media folder finds."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.folder_names import Title
from chalicelib.domain.library.items import ItemType


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """A file that is an image by its name; `size` is in bytes."""

    image_type: ImageType
    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item, as its place in the folders tells.

    `number` is that of a season in its series or of an episode in its season. `artist` is an album's.
    `collection_type` is what Jellyfin calls the content of a library.
    """

    type: ItemType
    title: Title
    parent: Self | None = None
    number: int | None = None
    artist: str = ""
    collection_type: str = ""
    pictures: tuple[FoundPicture, ...] = field(default=(), compare=False)

    def with_pictures(self, pictures: tuple[FoundPicture, ...]) -> Self:
        """Return the item with its pictures."""
        return replace(self, pictures=pictures)

    def __str__(self) -> str:
        year = f" ({self.title.year})" if self.title.year else ""
        return f"{self.type} {self.title.name}{year}"


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A picture file that is no image, and why."""

    path: Path
    reason: str


type Finds = Iterator[FoundItem | PassedOver]
