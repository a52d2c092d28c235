"""Whatever an image belongs to."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class OwnerKind(StrEnum):
    """The two things that own images; a named item (artist, genre …) is an item with a name index."""

    ITEM = "item"
    USER = "user"


@dataclass(frozen=True, slots=True)
class OwnerKey:
    """Kind and id of an owner; the id is 32 lower-case hex digits, as Jellyfin prints a Guid."""

    kind: OwnerKind
    id: str

    @classmethod
    def item(cls, item_id: str) -> Self:
        """Name an item."""
        return cls(OwnerKind.ITEM, item_id)

    @classmethod
    def user(cls, user_id: str) -> Self:
        """Name a user."""
        return cls(OwnerKind.USER, user_id)

    def __str__(self) -> str:
        return f"{self.kind}#{self.id}"
