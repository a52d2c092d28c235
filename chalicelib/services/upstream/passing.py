"""Passing a request on to the upstream server, and doubting what is stored of whom it may have changed."""

from dataclasses import dataclass

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.images.upstream import UpstreamMark
from chalicelib.domain.upstream.places import subject_of
from chalicelib.services.ports import Clock
from chalicelib.services.upstream.keeping import UpstreamKeeping
from chalicelib.services.upstream.lookup import MISSING
from chalicelib.services.upstream.ports import Call, Jellyfin, Reply, UpstreamImages, UpstreamMemory
from chalicelib.services.upstream.verbatim import UNREADABLE
from chalicelib.telemetry.ledger import note

_SAFE = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class PassingOn:
    """Passes requests on; what the server answers goes back unchanged."""

    jellyfin: Jellyfin
    keeping: UpstreamKeeping
    images: UpstreamImages
    memory: UpstreamMemory
    clock: Clock

    def pass_on(self, call: Call, owner: OwnerKey | None, deadline: Deadline) -> Reply:
        """Return the server's answer; after a change the owner's images are asked for anew."""
        with self.keeping.breaker.request():
            reply = self.jellyfin.pass_on(call, deadline)
        note("upstream", "passed on")
        if owner and reply.is_success and call.method not in _SAFE:
            self._doubt(subject_of(owner))
        return reply

    def _doubt(self, subject: str) -> None:
        # First the note: who asks for an image now, and stores what was before, finds it when that is stored.
        self.memory.touch(subject, self.clock.now())
        self.memory.forget(subject, MISSING)
        self.memory.forget(subject, UNREADABLE)
        for kept in self.images.of(subject):
            self.keeping.remark(kept.owner, UpstreamMark.doubted)
