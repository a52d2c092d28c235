"""Who may fetch images: anybody, or where images are restricted, whoever holds a grant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from chalicelib.domain.images.grants import Grant, GrantSigner, SignedTag
from chalicelib.domain.images.images import ImageType, OwnerImages, StoredImage
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.services.images.finder import ImageFinder
from chalicelib.services.ports import Clock, ImageCatalog

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class ImageAccess:
    """Images as clients are shown them; with a `signer` each tag carries a grant to fetch its image.

    A grant lasts until the end of the day, in UTC, and for `lifetime` seconds more: a URL stays the same for a
    day, so that clients keep their copies.
    """

    catalog: ImageCatalog
    clock: Clock
    signer: GrantSigner | None
    lifetime: int

    @property
    def is_restricted(self) -> bool:
        """Tell whether an image needs a grant or a token."""
        return self.signer is not None

    def list(self, owner: OwnerKey) -> OwnerImages:
        """Return an owner with its images; raises NotFoundError."""
        return self._shown(ImageFinder(self.catalog).list(owner))

    def find_many(self, owners: Iterable[OwnerKey]) -> Mapping[OwnerKey, OwnerImages]:
        """Return the owners that exist with their images, at one read for a hundred."""
        found = self.catalog.find_many(owners)
        return {owner: self._shown(images) for owner, images in found.items()}

    def grant(self, owner: OwnerKey, image_type: ImageType, signed: SignedTag) -> Grant | None:
        """Return the grant that a tag carries; None when it is forged, for another image, or has expired."""
        grant = Grant(owner, image_type, signed.tag, signed.expires)
        if self.signer is None or not self.signer.is_genuine(grant, signed.signature):
            return None
        return grant if self.seconds_left(grant) > 0 else None

    def seconds_left(self, grant: Grant) -> int:
        """Return how long a grant still lasts."""
        return grant.expires - int(self.clock.now().timestamp())

    def expires(self) -> int:
        """Return when a grant given now ends, in seconds since 1970."""
        today = int(self.clock.now().timestamp()) // _DAY
        return (today + 1) * _DAY + self.lifetime

    def _shown(self, images: OwnerImages) -> OwnerImages:
        signer, expires = self.signer, self.expires()
        if signer is None:
            return images

        def shown(image: StoredImage) -> StoredImage:
            grant = Grant(images.owner, image.image_type, image.tag, expires)
            return replace(image, tag=signer.signed_tag(grant))

        return replace(images, images=tuple(map(shown, images.images)))
