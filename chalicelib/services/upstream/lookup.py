"""Finding an image in front of a Jellyfin server: stored and current, or asked for by one request for all."""

from collections.abc import Callable
from dataclasses import dataclass
from time import sleep

from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.upstream.bounds import Bounds
from chalicelib.domain.upstream.places import Place
from chalicelib.errors import (
    AbsentError,
    NotFoundError,
    UnavailableError,
    UnreadableImageError,
    UpstreamError,
)
from chalicelib.services.images.found import Found, Freshness
from chalicelib.services.ports import Clock
from chalicelib.services.upstream.keeping import Kept, UpstreamKeeping
from chalicelib.services.upstream.ports import UpstreamMemory
from chalicelib.services.upstream.verbatim import VerbatimPictures
from chalicelib.telemetry.ledger import note, timed

ASKING, TAG_CHECK, MISSING = "asking", "tag", "missing"
"""Purposes of leases: one asks for an image; one a while by an unknown tag; for a while nobody, there is none."""
_PAUSE = 0.1


@dataclass(frozen=True, slots=True)
class UpstreamLookup:
    """ImageLookup of the upstream server's images.

    What is current costs one read. Of those who ask for one image at once, in however many functions, one asks the
    server. What is stored is answered while the server cannot be asked.
    """

    keeping: UpstreamKeeping
    verbatim: VerbatimPictures
    memory: UpstreamMemory
    clock: Clock
    bounds: Bounds
    sleep: Callable[[float], None] = sleep

    def look_up(
        self,
        owner: OwnerKey,
        image_type: ImageType,
        index: int | None = None,
        tag: str = "",
        deadline: Deadline = NO_DEADLINE,
    ) -> Found:
        """Return one image; raises NotFoundError, and UpstreamError when nothing is stored to be answered.

        Raises UnreadableImageError, which holds the picture, for one that is only shown as it is.
        """
        place = Place.of(owner, image_type, index)
        if not place.can_exist:
            raise AbsentError(f"There is no image {place.name}.")
        may_ask = False
        while True:
            kept = self.keeping.find(place)
            if found := self._settled(place, kept, tag):
                return found
            may_ask = may_ask or self._may_ask(place, kept, tag)
            if kept and not may_ask:
                return self._found(self._awaited(place, kept, deadline), tag)
            if self.memory.lease(place, ASKING, self.bounds.lease):
                return self._asked_alone(place, tag, deadline)
            if kept and not (kept.is_in_doubt or kept.mark.gone or tag):
                return self._found(kept, tag)
            note("upstream", "waited")
            self._wait(place, deadline)

    def _settled(self, place: Place, kept: Kept | None, tag: str) -> Found | None:
        """Return what needs no asking: a current image, or a stored one of a server that rests.

        Raises NotFoundError where it is known that there is none.
        """
        if kept is None or kept.mark.gone:
            if self.memory.is_leased(place, MISSING):
                raise _no_image(place)
            self.verbatim.show_current(place)
            return None
        if kept.mark.is_current(tag, self.clock.now(), self.bounds.fresh):
            return self._found(kept, tag)
        return self._stale(kept) if self.keeping.breaker.is_resting else None

    def _may_ask(self, place: Place, kept: Kept | None, tag: str) -> bool:
        """Bound the asking that a tag alone causes, for anybody can make one up."""
        if not tag or kept is None or kept.mark.gone or kept.is_in_doubt:
            return True
        return self.memory.lease(place, TAG_CHECK, self.bounds.tag_check)

    def _asked_alone(self, place: Place, tag: str, deadline: Deadline) -> Found:
        """Ask for an image unless somebody just did; the right to ask is given back."""
        try:
            kept = self.keeping.find(place)
            if found := self._settled(place, kept, tag):
                return found
            if kept is None or kept.mark.gone:
                return self._unknown(place, kept, tag, deadline)
            return self._again(place, kept, tag, deadline)
        finally:
            self.memory.give_back(place, ASKING)

    def _unknown(self, place: Place, kept: Kept | None, tag: str, deadline: Deadline) -> Found:
        """Ask for an image that may not exist, as long as not too many such are asked for."""
        now = self.clock.now()
        if not self.memory.spend(self.bounds.unknown, now):
            note("upstream", "bound")
            raise _no_image(place)
        try:
            asked = self._ask(place, kept, tag, deadline)
        except AbsentError:
            raise
        except BaseException as error:
            self.memory.refund(self.bounds.unknown, now)
            if isinstance(error, UpstreamError):
                self.verbatim.show_any(place)
            raise
        self.memory.refund(self.bounds.unknown, now)
        return self._found(asked, tag, Freshness.FETCHED)

    def _again(self, place: Place, kept: Kept, tag: str, deadline: Deadline) -> Found:
        try:
            asked = self._ask(place, kept, tag, deadline)
        except UpstreamError:
            return self._stale(kept)
        if asked.image.tag == kept.image.tag:
            return self._found(asked, tag, Freshness.UNCHANGED)
        self.memory.give_back(place, TAG_CHECK)
        return self._found(asked, tag, Freshness.FETCHED)

    def _ask(self, place: Place, kept: Kept | None, tag: str, deadline: Deadline) -> Kept:
        try:
            return self.keeping.ask(place, kept, tag, deadline.within(self.bounds.asking))
        except NotFoundError as error:
            if isinstance(error, UnreadableImageError):
                self.verbatim.keep(place, error)
            self.memory.lease(place, MISSING, self.bounds.missing)
            raise AbsentError(str(error)) from error

    def _awaited(self, place: Place, kept: Kept, deadline: Deadline) -> Kept:
        """Return the image after whoever asks for it now is done; what is stored when that takes too long."""
        try:
            self._wait(place, deadline)
        except UnavailableError:
            return kept
        return self.keeping.find(place) or kept

    def _wait(self, place: Place, deadline: Deadline) -> None:
        with timed("wait"):
            while self.memory.is_leased(place, ASKING):
                deadline.check_wait(_PAUSE)
                self.sleep(_PAUSE)

    def _found(self, kept: Kept, tag: str, freshness: Freshness = Freshness.STORED) -> Found:
        mark = kept.mark
        if tag:
            return Found(kept.image, mark.knows(tag), self.bounds.short_seconds, freshness)
        seconds = mark.seconds_left(self.clock.now(), self.bounds.fresh)
        return Found(kept.image, is_named=False, seconds=seconds, freshness=freshness)

    def _stale(self, kept: Kept) -> Found:
        note("upstream", "stale")
        return Found(kept.image, is_named=False, seconds=self.bounds.short_seconds, freshness=Freshness.STALE)


def _no_image(place: Place) -> AbsentError:
    return AbsentError(f"The Jellyfin server has no image {place.name} of this item.")
