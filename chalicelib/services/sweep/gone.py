"""What the upstream server has no more, which nobody may have noticed: let go after a grace."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.sweep.report import Finding, Progress
from chalicelib.errors import ConflictError
from chalicelib.services.ports import Clock, ImageCatalog, OriginalsQueue
from chalicelib.services.sweep.ports import UpstreamInquiry


@dataclass(frozen=True, slots=True)
class GoneImages:
    """Removes images that have been gone from the server for `grace`.

    One that nobody has asked for in that time is asked for here, else nobody would know that it is gone.
    """

    catalog: ImageCatalog
    queue: OriginalsQueue
    clock: Clock
    inquiry: UpstreamInquiry
    grace: timedelta

    def sweep(self, images: OwnerImages, progress: Progress, *, is_dry: bool) -> None:
        """Look at one owner; one of our own library is left alone."""
        if (mark := images.upstream) is None or not images.images:
            return
        since = self.clock.now() - self.grace
        if mark.gone and mark.gone <= since:
            progress.found(Finding.GONE_UPSTREAM, str(images.owner), images.images[0].size)
            if not is_dry:
                self._let_go(images)
        elif not is_dry and (mark.checked is None or mark.checked <= since):
            self.inquiry.look(images)

    def _let_go(self, images: OwnerImages) -> None:
        change = Change.between(images, replace(images, images=(), upstream=None))
        with suppress(ConflictError):  # somebody has asked for it meanwhile
            self.catalog.remove(self.catalog.save(change))
            self.queue.released(sorted(change.dropped))
