"""Who may fetch images: anybody, or where images are restricted, whoever has leave."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from chalicelib.domain.images.grants import Leave, LeaveSigner, SignedTag
from chalicelib.domain.images.images import ImageType, OwnerImages, StoredImage
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.services.images.finder import ImageFinder
from chalicelib.services.ports import Clock, ImageCatalog

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Gallery:
    """Images as clients are shown them; with a `signer` each tag carries leave to fetch its image.

    Leave lasts until the end of the day, in UTC, and for `lifetime` seconds more: a URL stays the same for a
    day, so that clients keep their copies.
    """

    catalog: ImageCatalog
    clock: Clock
    signer: LeaveSigner | None
    lifetime: int

    @property
    def is_restricted(self) -> bool:
        """Tell whether images need leave."""
        return self.signer is not None

    def list(self, owner: OwnerKey) -> OwnerImages:
        """Return an owner with its images; raises NotFoundError."""
        return self._shown(ImageFinder(self.catalog).list(owner))

    def find_many(self, owners: Iterable[OwnerKey]) -> Mapping[OwnerKey, OwnerImages]:
        """Return the owners that exist with their images, at one read for a hundred."""
        found = self.catalog.find_many(owners)
        return {owner: self._shown(images) for owner, images in found.items()}

    def leave(self, owner: OwnerKey, image_type: ImageType, signed: SignedTag) -> Leave | None:
        """Return the leave that a tag carries; None when it is forged, for another image, or has expired."""
        leave = Leave(owner, image_type, signed.tag, signed.expires)
        if self.signer is None or not self.signer.is_genuine(leave, signed.signature):
            return None
        return leave if self.seconds_left(leave) > 0 else None

    def seconds_left(self, leave: Leave) -> int:
        """Return how long a leave still lasts."""
        return leave.expires - int(self.clock.now().timestamp())

    def expires(self) -> int:
        """Return when leave given now ends, in seconds since 1970."""
        today = int(self.clock.now().timestamp()) // _DAY
        return (today + 1) * _DAY + self.lifetime

    def _shown(self, images: OwnerImages) -> OwnerImages:
        signer, expires = self.signer, self.expires()
        if signer is None:
            return images

        def shown(image: StoredImage) -> StoredImage:
            leave = Leave(images.owner, image.image_type, image.tag, expires)
            return replace(image, tag=signer.signed_tag(leave))

        return replace(images, images=tuple(map(shown, images.images)))
