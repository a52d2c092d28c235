"""The sweep: finds what events that were lost, or processes that died, have left behind, and puts it right."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby, islice

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.claims import Claim
from chalicelib.domain.images.images import OwnerImages, StoredImage
from chalicelib.domain.images.originals import ORIGINALS, tag_of
from chalicelib.domain.intake.inbox import INBOX, REFUSED
from chalicelib.domain.intake.tickets import UPLOADS
from chalicelib.domain.sweep.ages import GRACE
from chalicelib.domain.sweep.report import Finding, Phase, Progress
from chalicelib.domain.variants.keys import VARIANTS
from chalicelib.domain.variants.ladder import STEPS
from chalicelib.errors import ConflictError, PendingError
from chalicelib.services.images.removal import OriginalRemoval
from chalicelib.services.ports import BlobInfo, BlobStore, Clock, ImageCatalog, OriginalsQueue
from chalicelib.services.sweep.files import FileSweep
from chalicelib.services.sweep.gone import GoneImages
from chalicelib.services.sweep.ports import ExpiringRow, OutdatedRow, RowBatch, TableScan

_BATCH = 200
_SECONDS_FOR_A_BATCH = 20.0


@dataclass(frozen=True, slots=True)
class Sweep:
    """Goes through both stores and the table in batches, so that it needs little memory and can stop anywhere.

    Nothing that an image refers to is removed: whatever removes does so by the rules of `OriginalRemoval`. An image
    whose original is lost is reported and kept. With `is_dry` nothing is changed.
    """

    removal: OriginalRemoval
    scan: TableScan
    catalog: ImageCatalog
    originals: BlobStore
    variants: BlobStore
    queue: OriginalsQueue
    clock: Clock
    is_dry: bool = False
    gone: GoneImages | None = None

    def run(self, progress: Progress, deadline: Deadline) -> bool:
        """Go on from where a sweep has come to; False when time ran out before it was done."""
        while phase := progress.phase:
            if deadline.remaining < _SECONDS_FOR_A_BATCH:
                return False
            if (after := self._batch(phase, progress)) is None:
                progress.end_phase()
            else:
                progress.after = after
        return True

    def _batch(self, phase: Phase, progress: Progress) -> str | None:  # noqa: C901, PLR0911  # one return a phase
        """Do the next batch of a phase; returns the position after it, None at the end."""
        match phase:
            case Phase.FORMS:
                return self._forms(progress)
            case Phase.ORIGINALS:
                return self._blobs(ORIGINALS, progress, self._sweep_originals)
            case Phase.UPLOADS:
                return self._blobs(UPLOADS, progress, self._files.uploads)
            case Phase.INBOX:
                return self._blobs(INBOX, progress, self._files.drops)
            case Phase.REFUSED:
                return self._blobs(REFUSED, progress, self._files.refusals)
            case Phase.STEPS:
                return self._derived(STEPS, progress)
            case Phase.VARIANTS:
                return self._derived(VARIANTS, progress)
            case Phase.IMAGES:
                return _rows(self.scan.images(progress.after), progress, self._sweep_images)
            case Phase.CLAIMS:
                return _rows(self.scan.claims(progress.after), progress, self._sweep_claim)
            case Phase.EXPIRED:
                return _rows(self.scan.expiring(progress.after), progress, self._sweep_expiring)

    def _blobs(
        self, prefix: str, progress: Progress, sweep: Callable[[list[BlobInfo], Progress], None]
    ) -> str | None:
        blobs = list(islice(self.originals.list(prefix, progress.after), _BATCH))
        if not blobs:
            return None
        progress.saw(len(blobs), sum(blob.size for blob in blobs))
        sweep(blobs, progress)
        return blobs[-1].key

    def _sweep_originals(self, blobs: list[BlobInfo], progress: Progress) -> None:
        for blob in blobs:
            self._sweep_original(blob, progress)

    def _sweep_original(self, blob: BlobInfo, progress: Progress) -> None:
        if self._is_young(blob) or self.removal.is_needed(blob.key):
            return
        progress.found(Finding.ORPHAN_ORIGINAL, blob.key, blob.size)
        if not self.is_dry:
            with suppress(PendingError):  # an upload of the same picture has begun meanwhile
                self.removal.remove_unreferenced(blob.key)

    def _derived(self, prefix: str, progress: Progress) -> str | None:
        """Sweep what was made of originals, one look at the originals for each tag of a batch."""
        blobs = list(islice(self.variants.list(prefix, progress.after), _BATCH))
        for tag, group in groupby(blobs, key=lambda blob: blob.key.removeprefix(prefix).partition("/")[0]):
            its_blobs = list(group)
            progress.saw(len(its_blobs), sum(blob.size for blob in its_blobs))
            if not self._has_original(tag):
                self._sweep_derived(its_blobs, progress)
        return blobs[-1].key if blobs else None

    def _sweep_derived(self, blobs: list[BlobInfo], progress: Progress) -> None:
        old = [blob for blob in blobs if not self._is_young(blob)]
        for blob in old:
            progress.found(Finding.ORPHAN_DERIVATIVE, blob.key, blob.size)
        if not self.is_dry:
            self.variants.delete(blob.key for blob in old)

    def _sweep_images(self, images: OwnerImages, progress: Progress) -> None:
        if self.gone:
            self.gone.sweep(images, progress, is_dry=self.is_dry)
        for image in images.images:
            blob = self.originals.info(image.original)
            if blob is None or blob.size != image.size:
                progress.found(Finding.LOST_ORIGINAL, f"{images.owner} {image.original}", image.size)
            elif self._is_incomplete(image):
                progress.found(Finding.INCOMPLETE_IMAGE, f"{images.owner} {image.original}")
                self._complete(images, image)

    def _is_incomplete(self, image: StoredImage) -> bool:
        if self.clock.now() - image.modified < GRACE:
            return False
        return image.details is None or not all(self.variants.info(s.key) for s in image.details.steps)

    def _complete(self, images: OwnerImages, image: StoredImage) -> None:
        """Let an image be described anew; a row that changes meanwhile has an event of its own."""
        if self.is_dry:
            return
        if image.details:
            try:
                self.catalog.save(Change(images.described(image.original, image.facts, None)))
            except ConflictError:
                return
        self.queue.arrived([image.original])

    def _sweep_claim(self, claim: Claim, progress: Progress) -> None:
        if claim.is_pending(self.clock.now()) or self.removal.is_referenced(claim):
            return
        progress.found(Finding.STALE_CLAIM, f"{claim.owner} {claim.original}")
        if not self.is_dry:
            self.catalog.release(claim)
            self.queue.released([claim.original])

    def _forms(self, progress: Progress) -> str | None:
        """Write rows of earlier releases anew; when none is left, say so."""
        after = _rows(self.scan.outdated(progress.after), progress, self._sweep_outdated)
        if after is None and not self.is_dry:
            self.scan.all_rewritten()
        return after

    def _sweep_outdated(self, row: OutdatedRow, progress: Progress) -> None:
        progress.found(Finding.OUTDATED_ROW, f"{row.pk} {row.sk}")
        if not self.is_dry:
            self.scan.rewrite(row)

    def _sweep_expiring(self, row: ExpiringRow, progress: Progress) -> None:
        if row.expires > self.clock.now():
            return
        progress.found(Finding.EXPIRED_ROW, f"{row.pk} {row.sk}")
        if not self.is_dry:
            self.scan.remove(row)

    def _has_original(self, tag: str) -> bool:
        found = self.originals.list(f"{ORIGINALS}{tag[:2]}/{tag}")
        return any(tag_of(blob.key) == tag for blob in found)

    def _is_young(self, blob: BlobInfo) -> bool:
        return self.clock.now() - blob.modified < GRACE

    @property
    def _files(self) -> FileSweep:
        return FileSweep(self.originals, self.queue, self.clock, self.is_dry)


def _rows[T](page: RowBatch[T], progress: Progress, sweep: Callable[[T, Progress], None]) -> str | None:
    for row in page.rows:
        progress.checked += 1
        sweep(row, progress)
    return page.after
