"""Where an image is in the upstream server."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import quote

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import OwnerKey, OwnerKind

MAX_NAME_BYTES = 600
"""A longer name is no name: it would not fit a key of the table."""

_RESOURCES = {OwnerKind.ITEM: "Items", OwnerKind.USER: "Users"}


@dataclass(frozen=True, slots=True)
class Place:
    """One image of an owner there; `subject` is the owner's id, such as `Items/<id>` or `Persons/<name>`."""

    subject: str
    image_type: ImageType
    index: int

    @classmethod
    def of(cls, owner: OwnerKey, image_type: ImageType, index: int | None) -> Self:
        """Name an image of an item, a user or a named item; without an index it is the first."""
        return cls(subject_of(owner), image_type, index or 0)

    @property
    def name(self) -> str:
        """Return type and index in one text."""
        return f"{self.image_type}/{self.index}"

    @property
    def owner(self) -> OwnerKey:
        """Return the owner whose one image is kept for this place."""
        return OwnerKey(OwnerKind.UPSTREAM, f"{self.subject}/{self.name}")

    @property
    def can_exist(self) -> bool:
        """Tell whether a server may have such an image at all."""
        is_one = self.index == 0 or self.image_type.holds_several
        return self.index >= 0 and is_one and len(self.subject.encode()) <= MAX_NAME_BYTES

    @property
    def path(self) -> str:
        """Return the path of the image in the API of the server."""
        resource, _, name = self.subject.partition("/")
        return f"/{resource}/{quote(name, safe='')}/Images/{self.name}"

    @classmethod
    def parse(cls, owner: OwnerKey) -> Self:
        """Return the place for which an owner keeps an image."""
        subject, image_type, index = owner.id.rsplit("/", 2)
        return cls(subject, ImageType(image_type), int(index))


def subject_of(owner: OwnerKey) -> str:
    """Return how an owner of this service's API is called in the upstream server."""
    return owner.id if owner.kind is OwnerKind.UPSTREAM else f"{_RESOURCES[owner.kind]}/{owner.id}"
