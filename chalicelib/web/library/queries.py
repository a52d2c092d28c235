"""What the query of a list may say, in Jellyfin's names.

A list parameter may be repeated, and each value may hold several, parted by commas (names by `|`). An unknown
member of an enumeration is dropped, as Jellyfin does; a Guid or number that is none is a 400.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import zip_longest

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.queries import ItemQuery, Order, SortBy
from chalicelib.web.protocol.parameters import guid, integer, optional_boolean, optional_integer
from chalicelib.web.protocol.request import Request

_SORTS = {sort.value.lower(): sort for sort in SortBy}
_OF_A_USER = ("isFavorite", "isPlayed", "isLiked")
_MENTIONS = ("genreIds", "personIds", "studioIds", "artistIds")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a client wants to know of each item: `fields` in lower case, None for all of them.

    `image_types` of None are all; `images_per_type` of None is no limit.
    """

    fields: frozenset[str] | None = None
    images: bool = True
    image_types: frozenset[ImageType] | None = None
    images_per_type: int | None = None

    def field(self, name: str) -> bool:
        """Tell whether a field is wanted that is only given when asked for."""
        return self.fields is None or name.lower() in self.fields

    def limit(self, image_type: ImageType) -> int | None:
        """Return how many images of a type are wanted, None for all."""
        if not self.images or (self.image_types is not None and image_type not in self.image_types):
            return 0
        return self.images_per_type


EVERYTHING = Wanted()


def wanted(request: Request) -> Wanted:
    """Read `fields`, `enableImages`, `enableImageTypes` and `imageTypeLimit`."""
    types = _words(request, "enableImageTypes")
    limit = optional_integer(request.query, "imageTypeLimit")
    return Wanted(
        fields=frozenset(word.lower() for word in _words(request, "fields")),
        images=optional_boolean(request.query, "enableImages") is not False,
        image_types=_image_types(types) if types else None,
        images_per_type=None if limit is None else max(limit, 0),
    )


def item_query(request: Request) -> ItemQuery:
    """Read all that a list of items takes."""
    query, types = request.query, _words(request, "includeItemTypes")
    return replace(
        _paging(request),
        ids=_guids(request, "ids"),
        parent_id=_optional_guid(request, "parentId"),
        recursive=optional_boolean(query, "recursive") or False,
        types=_item_types(types),
        excluded_types=_item_types(_words(request, "excludeItemTypes")),
        media_types=frozenset(word.capitalize() for word in _words(request, "mediaTypes")),
        search_term=query.get("searchterm", ""),
        name_starts_with=query.get("namestartswith", ""),
        name_from=query.get("namestartswithorgreater", ""),
        name_below=query.get("namelessthan", ""),
        years=frozenset(integer("years", word) for word in _words(request, "years")),
        genres=_names(request, "genres"),
        studios=_names(request, "studios"),
        artists=_names(request, "artists"),
        mentions=tuple(frozenset(ids) for name in _MENTIONS if (ids := _guids(request, name))),
        album_artists=frozenset(_guids(request, "albumArtistIds")),
        image_types=_image_types(_words(request, "imageTypes")),
        impossible=_is_impossible(request, types),
    )


def _paging(request: Request) -> ItemQuery:
    return ItemQuery(
        order=_order(request),
        start_index=optional_integer(request.query, "startIndex") or 0,
        limit=optional_integer(request.query, "limit"),
        count_all=optional_boolean(request.query, "enableTotalRecordCount") is not False,
    )


def _is_impossible(request: Request, types: tuple[str, ...]) -> bool:
    """Tell whether a list asks for types that are not kept, or for what a user did: nobody plays items here."""
    by_user = any(optional_boolean(request.query, name) for name in _OF_A_USER)
    filters = {word.lower() for word in _words(request, "filters")}
    states = {"isfavorite", "isplayed", "isresumable", "likes", "dislikes", "isfavoriteorlikes"}
    unknown_types = bool(types) and not _item_types(types)
    unknown_images = "imagetypes" in request.query and not _image_types(_words(request, "imageTypes"))
    return (
        by_user
        or bool(filters & states)
        or unknown_types
        or (unknown_images and bool(request.query["imagetypes"]))
    )


def _order(request: Request) -> tuple[Order, ...]:
    """Join each level of `sortBy` with its `sortOrder`; the last order given holds for the levels after it."""
    orders = [word.lower().startswith("desc") for word in _words(request, "sortOrder")] or [False]
    levels = zip_longest(_words(request, "sortBy"), orders[:], fillvalue=None)
    return tuple(
        Order(_SORTS[word.lower()], orders[-1] if descending is None else descending)
        for word, descending in levels
        if word and word.lower() in _SORTS
    )


def _item_types(words: Iterable[str]) -> frozenset[ItemType]:
    return frozenset(found for word in words if (found := ItemType.parse(word)))


def _image_types(words: Iterable[str]) -> frozenset[ImageType]:
    return frozenset(found for word in words if (found := ImageType.parse(word)))


def _optional_guid(request: Request, name: str) -> str | None:
    text = request.query.get(name.lower(), "")
    return guid(name, text) if text.strip() else None


def _guids(request: Request, name: str) -> tuple[str, ...]:
    return tuple(guid(name, word) for word in _words(request, name))


def _words(request: Request, name: str) -> tuple[str, ...]:
    return _parts(request, name, ",")


def _names(request: Request, name: str) -> tuple[str, ...]:
    return _parts(request, name, "|")


def _parts(request: Request, name: str, separator: str) -> tuple[str, ...]:
    values = request.lists.get(name.lower(), ())
    words = (word.strip() for value in values for word in value.split(separator))
    return tuple(word for word in words if word)
