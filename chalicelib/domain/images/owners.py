"""Whatever an image belongs to."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class OwnerKind(StrEnum):
    """What owns images; a named item (artist, genre …) is an item with a name index.

    In front of a Jellyfin server each of its images is kept as the one image of an owner of its own: which others
    there are, and in which order, that server alone knows.
    """

    ITEM = "item"
    USER = "user"
    UPSTREAM = "upstream"
    BRANDING = "branding"


@dataclass(frozen=True, slots=True)
class OwnerKey:
    """Kind and id of an owner; the id is 32 lower-case hex digits, as Jellyfin prints a Guid.

    The id of an `UPSTREAM` owner is `Items/<id>`, `Users/<id>` or, of a named item, such as `Persons/<name>`. That
    of one image there has `/<type>/<index>` behind it.
    """

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

    @classmethod
    def upstream(cls, resource: str, name: str) -> Self:
        """Name an owner in the upstream server by its resource, such as `Persons`, and its id or name there."""
        return cls(OwnerKind.UPSTREAM, f"{resource}/{name}")

    def __str__(self) -> str:
        return f"{self.kind}#{self.id}"


SPLASHSCREEN = OwnerKey(OwnerKind.BRANDING, "splashscreen")
"""Owner of the pictures behind the login screen: the one that was sent, and the one that was made."""
