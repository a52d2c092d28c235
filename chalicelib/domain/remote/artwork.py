"""Images that other sites offer: what is known of one, and the order in which Jellyfin lists them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType

ENGLISH = "en"
URL_FIELD = "imageUrl"
"""The parameter that names what to download."""


class RatingKind(StrEnum):
    """What a community rating counts."""

    SCORE = "Score"
    LIKES = "Likes"


@dataclass(frozen=True, slots=True)
class RemoteImage:
    """One image that a provider offers.

    `language` is an ISO 639-1 code, None for a picture without text; `rating` is a score of 0 to 10 or a
    number of likes, by `rating_kind`; `width` and `height` are pixels. What the provider leaves out is None.
    """

    provider: str
    image_type: ImageType
    url: str
    thumbnail_url: str | None = None
    width: int | None = None
    height: int | None = None
    language: str | None = None
    rating: float | None = None
    votes: int | None = None
    rating_kind: RatingKind = RatingKind.SCORE


@dataclass(frozen=True, slots=True)
class Subject:
    """What providers are asked about: an item as other sites know it.

    The ids are by Jellyfin's name of the site that gave them. A season or an episode is found through the ids
    of its series and its numbers.
    """

    type: ItemType
    name: str
    ids: frozenset[tuple[str, str]] = frozenset()
    series_ids: frozenset[tuple[str, str]] = frozenset()
    season: int | None = None
    episode: int | None = None

    def id_from(self, site: str) -> str | None:
        """Return the id that a site gave to the item."""
        return dict(self.ids).get(site)

    def series_id_from(self, site: str) -> str | None:
        """Return the id that a site gave to the series of a season or an episode."""
        return dict(self.series_ids).get(site)

    @property
    def fingerprint(self) -> str:
        """Return 64 hex digits that change with anything a provider may ask by."""
        parts = (
            self.type.value,
            self.name,
            sorted(self.ids),
            sorted(self.series_ids),
            self.season,
            self.episode,
        )
        return sha256(repr(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ProviderInfo:
    """A provider by name, and the image types that it may have for an item."""

    name: str
    image_types: tuple[ImageType, ...]


@dataclass(frozen=True, slots=True)
class RemoteImageQuery:
    """What a client asks for: None and False narrow nothing."""

    image_type: ImageType | None = None
    provider: str | None = None
    all_languages: bool = False
    start: int = 0
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class RemoteImagePage:
    """A page of images, how many there are on all pages, and the names of the providers."""

    images: tuple[RemoteImage, ...]
    total: int
    providers: tuple[str, ...]


def ordered(images: Iterable[RemoteImage], preferred: str | None) -> tuple[RemoteImage, ...]:
    """Sort one provider's images by language, then rating to one decimal, then votes, the best first."""
    return tuple(sorted(images, key=lambda image: _rank(image, preferred)))


def readable(images: Iterable[RemoteImage], preferred: str | None) -> tuple[RemoteImage, ...]:
    """Keep the images without text, in the preferred language or in English; all when none is preferred."""
    if not preferred:
        return tuple(images)
    return tuple(
        image
        for image in images
        if not image.language or _is(image.language, preferred) or _is(image.language, ENGLISH)
    )


def selected(
    images: Iterable[RemoteImage], query: RemoteImageQuery, preferred: str | None
) -> tuple[RemoteImage, ...]:
    """Return what a query wants of one provider's images, in Jellyfin's order."""
    wanted = [image for image in images if query.image_type in (None, image.image_type)]
    return ordered(wanted if query.all_languages else readable(wanted, preferred), preferred)


def page(images: Sequence[RemoteImage], query: RemoteImageQuery) -> tuple[RemoteImage, ...]:
    """Cut one page: a negative start is 0, a limit below 1 gives nothing."""
    start = max(query.start, 0)
    return tuple(images[start:] if query.limit is None else images[start : start + max(query.limit, 0)])


def _rank(image: RemoteImage, preferred: str | None) -> tuple[int, float, int]:
    return (_language_rank(image.language, preferred), -round(image.rating or 0.0, 1), -(image.votes or 0))


def _language_rank(language: str | None, preferred: str | None) -> int:
    if not language:
        return 2
    if preferred and _is(language, preferred):
        return 0
    return 1 if _is(language, ENGLISH) else 3


def _is(language: str, other: str) -> bool:
    """Compare the languages of two tags: providers know `pt` where an item says `pt-BR`."""
    return language.lower().partition("-")[0] == other.lower().partition("-")[0]
