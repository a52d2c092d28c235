"""What the query of a list may say, in Jellyfin's names.

An unknown member of an enumeration is dropped, as Jellyfin does; a Guid or number that is none is a 400.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import zip_longest

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.queries import ItemQuery, Order, SortBy
from chalicelib.web.protocol.query import (
    LIMIT,
    START_INDEX,
    USER_ID,
    Id,
    Ids,
    Integer,
    Integers,
    Names,
    Text,
    Truth,
    Words,
)
from chalicelib.web.protocol.request import Request

_SORTS = {sort.value.lower(): sort for sort in SortBy}
_ITEM_TYPES = tuple(item_type.value for item_type in ItemType)
_IMAGE_TYPES = tuple(image_type.value for image_type in ImageType)
_STATES = frozenset({"isfavorite", "isplayed", "isresumable", "likes", "dislikes", "isfavoriteorlikes"})

FIELDS = Words("fields", "what to say of each item besides what is always said, such as Overview")
ENABLE_IMAGES = Truth("enableImages", "whether to name images; yes where it is not given")
ENABLE_IMAGE_TYPES = Words("enableImageTypes", "the types of image to name", choices=_IMAGE_TYPES)
IMAGE_TYPE_LIMIT = Integer("imageTypeLimit", "how many images of a type to name at most")
TOLD = (USER_ID, FIELDS, ENABLE_IMAGES, ENABLE_IMAGE_TYPES, IMAGE_TYPE_LIMIT)
"""What decides how much is said of each item."""

IDS = Ids("ids", "the items themselves")
PARENT_ID = Id("parentId", "the item below which to look")
RECURSIVE = Truth("recursive", "whether to look below the children too")
TYPES = Words("includeItemTypes", "the types of item to list", choices=_ITEM_TYPES)
EXCLUDED_TYPES = Words("excludeItemTypes", "the types of item to leave out", choices=_ITEM_TYPES)
MEDIA_TYPES = Words("mediaTypes", "the media to list", choices=("Video", "Audio", "Photo", "Book"))
SEARCH_TERM = Text("searchTerm", "a part of the name, in any letter case, with accents or without")
NAME_STARTS_WITH = Text("nameStartsWith", "what the name to sort by begins with")
NAME_FROM = Text("nameStartsWithOrGreater", "the first name to sort by")
NAME_BELOW = Text("nameLessThan", "what the name to sort by comes before")
YEARS = Integers("years", "the years of production")
GENRES = Names("genres", "names of genres, separated by |")
STUDIOS = Names("studios", "names of studios, separated by |")
ARTISTS = Names("artists", "names of artists, separated by |")
MENTIONS = (
    Ids("genreIds", "genres, of which an item must mention one"),
    Ids("personIds", "persons, of whom an item must credit one"),
    Ids("studioIds", "studios, of which an item must mention one"),
    Ids("artistIds", "artists, of whom an item must mention one"),
)
ALBUM_ARTIST_IDS = Ids("albumArtistIds", "album artists, of whom an item must have one")
HAS_IMAGE_TYPES = Words("imageTypes", "types of image, of which an item must have one", choices=_IMAGE_TYPES)
FILTERS = Words(
    "filters", "what a user has done with an item", choices=("IsFavorite", "IsPlayed", "IsResumable")
)
OF_A_USER = (
    Truth("isFavorite", "whether the item is one of the user's favourites"),
    Truth("isPlayed", "whether the user has played the item"),
    Truth("isLiked", "whether the user likes the item"),
)
SORT_BY = Words(
    "sortBy", "what to sort by, one level after another", choices=tuple(sort.value for sort in SortBy)
)
SORT_ORDER = Words("sortOrder", "the order of each level", choices=("Ascending", "Descending"))
COUNT_ALL = Truth("enableTotalRecordCount", "whether to count the whole list; yes where it is not given")

LISTED = (
    *TOLD,
    *(IDS, PARENT_ID, RECURSIVE, TYPES, EXCLUDED_TYPES, MEDIA_TYPES),
    *(SEARCH_TERM, NAME_STARTS_WITH, NAME_FROM, NAME_BELOW, YEARS),
    *(GENRES, STUDIOS, ARTISTS, *MENTIONS, ALBUM_ARTIST_IDS, HAS_IMAGE_TYPES),
    *(FILTERS, *OF_A_USER, SORT_BY, SORT_ORDER, START_INDEX, LIMIT, COUNT_ALL),
)
"""All that a list of items takes."""

SEARCHED = tuple(parameter for parameter in LISTED if parameter not in TOLD or parameter is USER_ID)
"""All that a search takes: a hint says the same of every item."""


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
    """Read what decides how much is said of each item."""
    types = ENABLE_IMAGE_TYPES.of(request.lists)
    limit = IMAGE_TYPE_LIMIT.of(request.query)
    return Wanted(
        fields=frozenset(word.lower() for word in FIELDS.of(request.lists)),
        images=ENABLE_IMAGES.of(request.query) is not False,
        image_types=_image_types(types) if types else None,
        images_per_type=None if limit is None else max(limit, 0),
    )


def item_query(request: Request) -> ItemQuery:
    """Read all that decides which items a list has."""
    query, lists = request.query, request.lists
    return replace(
        _paging(request),
        ids=IDS.of(lists),
        parent_id=PARENT_ID.of(query),
        recursive=RECURSIVE.of(query) or False,
        types=_item_types(TYPES.of(lists)),
        excluded_types=_item_types(EXCLUDED_TYPES.of(lists)),
        media_types=frozenset(word.capitalize() for word in MEDIA_TYPES.of(lists)),
        search_term=SEARCH_TERM.of(query),
        name_starts_with=NAME_STARTS_WITH.of(query),
        name_from=NAME_FROM.of(query),
        name_below=NAME_BELOW.of(query),
        years=frozenset(YEARS.of(lists)),
        genres=GENRES.of(lists),
        studios=STUDIOS.of(lists),
        artists=ARTISTS.of(lists),
        mentions=tuple(frozenset(ids) for parameter in MENTIONS if (ids := parameter.of(lists))),
        album_artists=frozenset(ALBUM_ARTIST_IDS.of(lists)),
        image_types=_image_types(HAS_IMAGE_TYPES.of(lists)),
        impossible=_is_impossible(request),
    )


def _paging(request: Request) -> ItemQuery:
    return ItemQuery(
        order=_order(request),
        start_index=START_INDEX.of(request.query) or 0,
        limit=LIMIT.of(request.query),
        count_all=COUNT_ALL.of(request.query) is not False,
    )


def _is_impossible(request: Request) -> bool:
    """Tell whether a list asks for types that are not kept, or for what a user did: nobody plays items here."""
    by_user = [parameter.of(request.query) for parameter in OF_A_USER]
    filters = {word.lower() for word in FILTERS.of(request.lists)}
    types, images = TYPES.of(request.lists), HAS_IMAGE_TYPES.of(request.lists)
    unknown_types = bool(types) and not _item_types(types)
    unknown_images = bool(images) and not _image_types(images)
    return any(by_user) or bool(filters & _STATES) or unknown_types or unknown_images


def _order(request: Request) -> tuple[Order, ...]:
    """Join each level of `sortBy` with its `sortOrder`; the last order given holds for the levels after it."""
    orders = [word.lower().startswith("desc") for word in SORT_ORDER.of(request.lists)] or [False]
    levels = zip_longest(SORT_BY.of(request.lists), orders[:], fillvalue=None)
    return tuple(
        Order(_SORTS[word.lower()], orders[-1] if descending is None else descending)
        for word, descending in levels
        if word and word.lower() in _SORTS
    )


def _item_types(words: Iterable[str]) -> frozenset[ItemType]:
    return frozenset(found for word in words if (found := ItemType.parse(word)))


def _image_types(words: Iterable[str]) -> frozenset[ImageType]:
    return frozenset(found for word in words if (found := ImageType.parse(word)))
