"""Pictures of the server that cannot be read here, such as SVG: shown as they came, and kept for that a while."""

import re
from dataclasses import dataclass
from hashlib import sha256

from chalicelib.domain.upstream.bounds import Bounds
from chalicelib.domain.upstream.places import Place
from chalicelib.domain.variants.keys import TRANSIENT
from chalicelib.errors import UnreadableImageError
from chalicelib.services.ports import Blob, BlobStore
from chalicelib.services.upstream.ports import UpstreamMemory
from chalicelib.telemetry.ledger import note

UNREADABLE = "unreadable"
"""Purpose of a lease: what is kept for a place is current for so long."""

_IMAGE = re.compile(r"image/[\w.+-]{1,60}", re.ASCII)


@dataclass(frozen=True, slots=True)
class VerbatimPictures:
    """Keeps such pictures by their place, where all is forgotten after a day.

    Each method raises UnreadableImageError, which holds the picture, where there is one to be shown.
    """

    store: BlobStore
    memory: UpstreamMemory
    bounds: Bounds
    most_bytes: int

    def keep(self, place: Place, refused: UnreadableImageError) -> None:
        """Keep a picture that was just refused; nothing where it is none, or too large to be passed on."""
        found = _IMAGE.match(refused.content_type.strip().lower())
        if not found or len(refused.data) > self.most_bytes:
            return
        blob = Blob(refused.data, found[0])
        self.store.put(_key(place), blob)
        self.memory.lease(place, UNREADABLE, self.bounds.fresh)
        raise self._shown(blob, int(self.bounds.fresh.total_seconds())) from refused

    def show_current(self, place: Place) -> None:
        """Find a picture for which the server need not be asked."""
        if self.memory.is_leased(place, UNREADABLE):
            self.show_any(place)

    def show_any(self, place: Place) -> None:
        """Find a picture, however old, for a server that cannot be asked."""
        if found := self.store.open(_key(place)):
            raise self._shown(Blob(found.read(), found.content_type), self.bounds.short_seconds)

    def _shown(self, blob: Blob, seconds: int) -> UnreadableImageError:
        note("upstream", "verbatim")
        return UnreadableImageError("", blob.data, blob.content_type, seconds)


def _key(place: Place) -> str:
    return f"{TRANSIENT}upstream/{sha256(place.owner.id.encode()).hexdigest()}"
