"""What a sweep does to files as they were sent: by tickets, to the inbox, and those of it that were refused."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.sweep.ages import ABANDONED, GRACE, REFUSAL
from chalicelib.domain.sweep.report import Finding, Progress
from chalicelib.services.ports import BlobInfo, BlobStore, Clock, OriginalsQueue


@dataclass(frozen=True, slots=True)
class FileSweep:
    """Sweeps such files by the batch; with `is_dry` nothing is changed."""

    originals: BlobStore
    queue: OriginalsQueue
    clock: Clock
    is_dry: bool

    def uploads(self, files: Collection[BlobInfo], progress: Progress) -> None:
        """Remove what was sent by tickets and never taken."""
        for file in files:
            self._remove_after(ABANDONED, Finding.ABANDONED_UPLOAD, file, progress)

    def refusals(self, files: Collection[BlobInfo], progress: Progress) -> None:
        """Remove refused drops that were kept for long enough."""
        for file in files:
            self._remove_after(REFUSAL, Finding.OLD_REFUSAL, file, progress)

    def drops(self, files: Collection[BlobInfo], progress: Progress) -> None:
        """Announce drops again, all at once; a folder that somebody made in the inbox is theirs."""
        forgotten = [file for file in files if self._is_over(GRACE, file) and not file.key.endswith("/")]
        for file in forgotten:
            progress.found(Finding.FORGOTTEN_DROP, file.key, file.size)
        if not self.is_dry:
            self.queue.arrived(file.key for file in forgotten)

    def _remove_after(self, age: timedelta, finding: Finding, file: BlobInfo, progress: Progress) -> None:
        """Remove a file, but not one that has come under its key since it was listed.

        The versions are read before the second look: what comes in between makes the file young, what comes
        after is not among them.
        """
        if not self._is_over(age, file):
            return
        versions = self.originals.versions(file.key)
        found = self.originals.info(file.key)
        if found is None or not self._is_over(age, found):
            return
        progress.found(finding, file.key, file.size)
        if not self.is_dry:
            self.originals.delete_versions(file.key, versions)

    def _is_over(self, age: timedelta, file: BlobInfo) -> bool:
        return self.clock.now() - file.modified >= age
