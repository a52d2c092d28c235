"""What remote images need from the outside world."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.remote.artwork import RemoteImage, Subject


class RemoteImageProvider(Protocol):
    """A site that offers artwork."""

    @property
    def name(self) -> str:
        """Return the name that clients show and filter by."""
        ...

    def image_types(self, item_type: ItemType) -> tuple[ImageType, ...]:
        """Return what the site may have for items of a type; nothing when it does not know such items."""
        ...

    def images(self, subject: Subject, deadline: Deadline) -> tuple[RemoteImage, ...]:
        """Return all that the site offers, in no order; raises UpstreamError when it cannot say."""
        ...


class ImageFetcher(Protocol):
    """Bytes by URL, from the public internet alone."""

    def fetch(self, url: str, deadline: Deadline) -> bytes:
        """Return what a URL holds.

        Raises InvalidInputError that names `imageUrl` for a URL, an address or a size that is not acceptable,
        NotFoundError when the other site does not give it, UpstreamError when that site fails.
        """
        ...


@dataclass(frozen=True, slots=True)
class Offer:
    """What a provider offered for a subject, and when it was asked."""

    images: tuple[RemoteImage, ...]
    asked: datetime


class OfferCache(Protocol):
    """Offers of the last days; losing them costs nothing but time."""

    def find(self, subject: Subject) -> Mapping[str, Offer]:
        """Return the offers for a subject that have not expired, by the provider's name."""
        ...

    def store(self, subject: Subject, offers: Mapping[str, Offer]) -> None:
        """Keep offers by the provider's name; one that is too large is not kept."""
        ...
