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

    `language` is an ISO 639-1 code, with the region where it is known (`pt-BR`), None for a picture without text;
    `rating` is a score of 0 to 10 or a number of likes, by `rating_kind`; `width` and `height` are pixels. What the
    provider leaves out is None.
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
    """Keep the images without text, in English and in the preferred language, if there is one."""
    wanted = {_base(preferred or ENGLISH), ENGLISH}
    return tuple(image for image in images if not image.language or _base(image.language) in wanted)


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
    """Rank the preferred language by region, then English, then no text, then other languages."""
    if not language:
        return _WITHOUT_TEXT
    if preferred and _base(language) == _base(preferred):
        return _region_rank(language, preferred)
    return _IN_ENGLISH if _base(language) == ENGLISH else _IN_ANOTHER


_IN_ENGLISH, _WITHOUT_TEXT, _IN_ANOTHER = 3, 4, 5


def _region_rank(language: str, preferred: str) -> int:
    """Rank the wanted region, then no region, then another; where none is wanted all are alike."""
    region, wanted = (tag.lower().partition("-")[2] for tag in (language, preferred))
    if not wanted or region == wanted:
        return 0
    return 2 if region else 1


def _base(tag: str) -> str:
    """Return the language of a tag, without its region: `pt` of `pt-BR`."""
    return tag.lower().partition("-")[0]
