"""Providers, their offers and the pictures behind URLs, in memory."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Event

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.remote.artwork import RemoteImage, Subject
from chalicelib.errors import NotFoundError
from chalicelib.services.remote.ports import Offer


@dataclass
class FakeOfferCache:
    """OfferCache over a dict; nothing expires."""

    kept: dict[str, dict[str, Offer]] = field(default_factory=dict)

    def find(self, subject: Subject) -> Mapping[str, Offer]:
        return dict(self.kept.get(subject.fingerprint, {}))

    def store(self, subject: Subject, offers: Mapping[str, Offer]) -> None:
        self.kept.setdefault(subject.fingerprint, {}).update(offers)


@dataclass
class FakeImageFetcher:
    """ImageFetcher over a dict; `asked` lists the URLs, an error in place of bytes is raised."""

    pages: dict[str, bytes | Exception] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    deadline: Deadline | None = None

    def fetch(self, url: str, deadline: Deadline) -> bytes:
        self.asked.append(url)
        self.deadline = deadline
        page = self.pages.get(url, NotFoundError("The other site answered the imageUrl with 404."))
        if isinstance(page, Exception):
            raise page
        return page


@dataclass
class FakeProvider:
    """RemoteImageProvider that knows movies, episodes and seasons; `trouble` happens when it is asked."""

    name: str
    offer: tuple[RemoteImage, ...] = ()
    types: tuple[ImageType, ...] = (ImageType.PRIMARY, ImageType.BACKDROP)
    trouble: Callable[[], object] = lambda: None
    asked: list[Subject] = field(default_factory=list)

    def image_types(self, item_type: ItemType) -> tuple[ImageType, ...]:
        return self.types if item_type in (ItemType.MOVIE, ItemType.EPISODE, ItemType.SEASON) else ()

    def images(self, subject: Subject, deadline: Deadline) -> tuple[RemoteImage, ...]:
        assert deadline.remaining > 0
        self.asked.append(subject)
        self.trouble()
        return self.offer


def failing(error: Exception) -> Callable[[], object]:
    """Return a trouble that is an error."""

    def fail() -> object:
        raise error

    return fail


def hanging(over: Event) -> Callable[[], object]:
    """Return a trouble that lasts until it is over."""
    return lambda: over.wait(20)
