"""Asking whether the server still has an image that nobody has asked for."""

from dataclasses import dataclass, replace

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.upstream.bounds import Bounds
from chalicelib.domain.upstream.places import Place
from chalicelib.errors import NotFoundError, UpstreamError
from chalicelib.services.upstream.keeping import Kept, UpstreamKeeping, known_of


@dataclass(frozen=True, slots=True)
class KeptInquiry:
    """UpstreamInquiry that changes nothing but marks; a server that fails is asked another day."""

    keeping: UpstreamKeeping
    bounds: Bounds

    def look(self, images: OwnerImages) -> None:
        """Mark an image as gone, or as there; one that has changed is fetched by who asks for it next."""
        place, kept, asked = Place.parse(images.owner), Kept.of(images), self.keeping.clock.now()
        try:
            with self.keeping.breaker.request():
                deadline = Deadline.after(self.bounds.asking.total_seconds())
                found = self.keeping.jellyfin.fetch(place, known_of(place, kept), deadline)
        except NotFoundError:
            self.keeping.remark(images.owner, lambda mark: mark.missed(asked))
        except UpstreamError:
            return
        else:
            there = found is None
            self.keeping.remark(
                images.owner, lambda mark: mark.confirmed(asked, "") if there else replace(mark, checked=None)
            )
