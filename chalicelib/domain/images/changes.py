"""A change of an owner's images, which a catalog saves in one write."""

from dataclasses import dataclass
from typing import Self

from chalicelib.domain.images.claims import Claim
from chalicelib.domain.images.images import OwnerImages


@dataclass(frozen=True, slots=True)
class Change:
    """The images that an owner shall have, and the claims to originals that change with them.

    The claim of an upload is `held` from then on; the claims to the originals in `dropped` are withdrawn.
    """

    images: OwnerImages
    held: Claim | None = None
    dropped: frozenset[str] = frozenset()

    @classmethod
    def between(cls, before: OwnerImages, after: OwnerImages, held: Claim | None = None) -> Self:
        """Return the change from one state to the next; it drops the originals that are no longer referenced."""
        return cls(after, held, frozenset(before.originals().keys() - after.originals().keys()))
