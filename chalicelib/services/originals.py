"""What follows the arrival of an original, and the departure of the last image made of it."""

from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images import ImageDetails, ImageFacts, OwnerImages
from chalicelib.domain.owners import OwnerKey
from chalicelib.domain.variant_key import variant_prefix
from chalicelib.errors import ConflictError, UnavailableError
from chalicelib.services.ports import BlobStore, Claim, Clock, ImageCatalog, Renderer

UPLOAD_TIME = timedelta(seconds=60)
"""Longer than any upload takes from its claim to its row: a younger claim may still become an image."""


@dataclass(frozen=True, slots=True)
class Originals:
    """Describe originals that arrived and remove those that nothing refers to; both may be repeated."""

    catalog: ImageCatalog
    originals: BlobStore
    variants: BlobStore
    renderer: Renderer
    clock: Clock

    def arrived(self, original: str, deadline: Deadline) -> None:
        """Record the details of an original on every image made of it; one that is gone is no error."""
        if (found := self.originals.open(original)) is None:
            return
        data = found.read()
        facts, details = self.renderer.probe(data), self.renderer.describe(data, deadline)
        for claim in self.catalog.claims(original):
            self._describe(claim.owner, original, facts, details, deadline)

    def released(self, original: str) -> None:
        """Remove an original with its variants when no image refers to it any more.

        Raises UnavailableError when a claim is too young to tell; the queue brings the message back later. Only
        what was stored before the claims are read is removed: an upload claims before it stores, so one that
        begins meanwhile keeps its blob.
        """
        versions = self.originals.versions(original)
        live = [claim for claim in self.catalog.claims(original) if not self._withdrawn(original, claim)]
        if live:
            return
        self.variants.delete(blob.key for blob in self.variants.list(variant_prefix(tag_of(original))))
        self.originals.delete_versions(original, versions)

    def _withdrawn(self, original: str, claim: Claim) -> bool:
        """Withdraw a claim behind which no image stands; tell whether it is gone."""
        images = self.catalog.find(claim.owner)
        if images and images.originals()[original]:
            return False
        if self.clock.now() - claim.at < UPLOAD_TIME:
            raise UnavailableError(f"An upload of {original} may still be under way.")
        return self.catalog.release(original, claim)

    def _describe(
        self, owner: OwnerKey, original: str, facts: ImageFacts, details: ImageDetails, deadline: Deadline
    ) -> None:
        while images := self._undescribed(owner, original, details):
            try:
                self.catalog.save(images.described(original, facts, details))
            except ConflictError:
                deadline.check()
            else:
                return

    def _undescribed(self, owner: OwnerKey, original: str, details: ImageDetails) -> OwnerImages | None:
        """Return the owner's images when one of this original lacks the details."""
        images = self.catalog.find(owner)
        if images and any(i.original == original and i.details != details for i in images.images):
            return images
        return None


def tag_of(original: str) -> str:
    """Return the tag of every image made of an original."""
    return original.rpartition("/")[2][:32]
