"""Removing originals that no image refers to."""

from dataclasses import dataclass

from chalicelib.domain.images.claims import Claim
from chalicelib.domain.images.originals import tag_of
from chalicelib.domain.variants.keys import transient_prefix, variant_prefix
from chalicelib.domain.variants.ladder import step_prefix
from chalicelib.errors import PendingError
from chalicelib.services.ports import BlobStore, Clock, ImageCatalog
from chalicelib.services.variants.ports import RenderGuard


@dataclass(frozen=True, slots=True)
class OriginalRemoval:
    """Removes an original with all that was made of it; idempotent, and it may stop anywhere."""

    catalog: ImageCatalog
    originals: BlobStore
    variants: BlobStore
    guard: RenderGuard
    clock: Clock

    def remove_unreferenced(self, original: str) -> None:
        """Remove an original with its steps and variants when no image refers to it any more.

        Raises PendingError when an upload may be under way; the queue brings the message back later. Only
        what was stored before the claims are read is removed: an upload claims before it stores, so one that
        begins meanwhile keeps its blob.
        """
        versions = self.originals.versions(original)
        if self._is_claimed(original):
            return
        self.remove_derived(tag_of(original))
        self.originals.delete_versions(original, versions)

    def remove_derived(self, tag: str) -> None:
        """Remove what was made of an original: its steps and variants."""
        for prefix in (step_prefix(tag), variant_prefix(tag), transient_prefix(tag)):
            self.variants.delete(blob.key for blob in self.variants.list(prefix))
        self.guard.forget(tag)

    def is_needed(self, original: str) -> bool:
        """Tell whether an image refers to an original, or an upload of it may be under way."""
        now = self.clock.now()
        claims = self.catalog.claims(original)
        return any(claim.is_pending(now) or self.is_referenced(claim) for claim in claims)

    def is_referenced(self, claim: Claim) -> bool:
        """Tell whether an image stands behind a claim."""
        images = self.catalog.find(claim.owner)
        return bool(images and images.originals()[claim.original])

    def _is_claimed(self, original: str) -> bool:
        """Withdraw the claims behind which no image stands; tell whether any is left."""
        claims = self.catalog.claims(original)
        rows = self.catalog.find_many(claim.owner for claim in claims)
        for claim in claims:
            images = rows.get(claim.owner)
            if not (images and images.originals()[original]):
                self._withdraw(claim)
        return bool(claims) and bool(self.catalog.claims(original))

    def _withdraw(self, claim: Claim) -> None:
        if claim.is_pending(self.clock.now()):
            raise PendingError(f"An upload of {claim.original} may still be under way.")
        self.catalog.release(claim)
