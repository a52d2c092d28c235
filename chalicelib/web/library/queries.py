"""What the query of a list may say, in Jellyfin's names.

An unknown member of an enumeration is dropped, as Jellyfin does; a Guid or number that is none is a 400.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import zip_longest

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.queries import ItemQuery, Order, SortBy, States
from chalicelib.web.protocol.declarations.query import (
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

_FILTERS = (
    *("IsFolder", "IsNotFolder", "IsPlayed", "IsUnplayed", "IsFavorite", "IsResumable"),
    *("Likes", "Dislikes", "IsFavoriteOrLikes"),
)
_SORTS = {sort.value.lower(): sort for sort in SortBy}
_ITEM_TYPES = tuple(item_type.value for item_type in ItemType)
_IMAGE_TYPES = tuple(image_type.value for image_type in ImageType)

FIELDS = Words("fields", "what to say of each item besides what is always said, such as Overview")
ENABLE_IMAGES = Truth("enableImages", "whether to name images; yes where it is not given")
ENABLE_IMAGE_TYPES = Words("enableImageTypes", "the types of image to name", choices=_IMAGE_TYPES)
IMAGE_TYPE_LIMIT = Integer("imageTypeLimit", "how many images of a type to name at most")
ENABLE_USER_DATA = Truth("enableUserData", "whether to say what the user has done; yes where it is not given")
TOLD = (USER_ID, FIELDS, ENABLE_IMAGES, ENABLE_IMAGE_TYPES, IMAGE_TYPE_LIMIT, ENABLE_USER_DATA)
"""What decides how much is said of each item."""

IDS = Ids("ids", "the items themselves")
EXCLUDED_IDS = Ids("excludeItemIds", "items to leave out")
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
CONTRIBUTING_ARTIST_IDS = Ids(
    "contributingArtistIds", "artists, of whom an item must mention one that is no album artist"
)
EXCLUDED_ARTIST_IDS = Ids("excludeArtistIds", "artists whom an item must not mention")
ALBUM_IDS = Ids("albumIds", "albums that an item must lie in one of")
TAGS = Names("tags", "tags, separated by |, of which an item must have one")
OFFICIAL_RATINGS = Names("officialRatings", "ratings, separated by |, of which an item must have one")
IS_MISSING = Truth("isMissing", "true asks for episodes without a file; there are none")
ALBUM_ARTIST_IDS = Ids("albumArtistIds", "album artists, of whom an item must have one")
HAS_IMAGE_TYPES = Words("imageTypes", "types of image, of which an item must have one", choices=_IMAGE_TYPES)
FILTERS = Words("filters", "what a user has done with an item", choices=_FILTERS)
IS_FAVORITE = Truth("isFavorite", "whether the item is one of the user's favourites")
IS_PLAYED = Truth("isPlayed", "whether the user has played the item, or all below it")
IS_LIKED = Truth("isLiked", "whether the user likes the item")
OF_A_USER = (IS_FAVORITE, IS_PLAYED, IS_LIKED)
SORT_BY = Words(
    "sortBy", "what to sort by, one level after another", choices=tuple(sort.value for sort in SortBy)
)
SORT_ORDER = Words("sortOrder", "the order of each level", choices=("Ascending", "Descending"))
COUNT_ALL = Truth("enableTotalRecordCount", "whether to count the whole list; yes where it is not given")

LISTED = (
    *TOLD,
    *(IDS, EXCLUDED_IDS, PARENT_ID, RECURSIVE, TYPES, EXCLUDED_TYPES, MEDIA_TYPES),
    *(SEARCH_TERM, NAME_STARTS_WITH, NAME_FROM, NAME_BELOW, YEARS),
    *(GENRES, STUDIOS, ARTISTS, TAGS, OFFICIAL_RATINGS, *MENTIONS),
    *(ALBUM_ARTIST_IDS, CONTRIBUTING_ARTIST_IDS, EXCLUDED_ARTIST_IDS, ALBUM_IDS, HAS_IMAGE_TYPES, IS_MISSING),
    *(FILTERS, *OF_A_USER, SORT_BY, SORT_ORDER, START_INDEX, LIMIT, COUNT_ALL),
)
"""All that a list of items takes."""

SEARCHED = tuple(parameter for parameter in LISTED if parameter not in TOLD or parameter is USER_ID)
"""All that a search takes: a hint says the same of every item."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a client wants to know of each item: `fields` in lower case, None for all of them.

    `image_types` of None are all; `images_per_type` of None is no limit.
    `viewer_id` is the user whose data is shown, None for nobody's.
    """

    fields: frozenset[str] | None = None
    images: bool = True
    image_types: frozenset[ImageType] | None = None
    images_per_type: int | None = None
    viewer_id: str | None = None
    may_delete: bool = False

    def field(self, name: str) -> bool:
        """Tell whether a field is wanted that is only given when asked for."""
        return self.fields is None or name.lower() in self.fields

    def limit(self, image_type: ImageType) -> int | None:
        """Return how many images of a type are wanted, None for all."""
        if not self.images or (self.image_types is not None and image_type not in self.image_types):
            return 0
        return self.images_per_type


def wanted(request: Request, viewer_id: str | None = None) -> Wanted:
    """Read what decides how much is said of each item."""
    types = ENABLE_IMAGE_TYPES.of(request.lists)
    limit = IMAGE_TYPE_LIMIT.of(request.query)
    shows_data = ENABLE_USER_DATA.of(request.query) is not False
    return Wanted(
        fields=frozenset(word.lower() for word in FIELDS.of(request.lists)),
        images=ENABLE_IMAGES.of(request.query) is not False,
        image_types=_image_types(types) if types else None,
        images_per_type=None if limit is None else max(limit, 0),
        viewer_id=viewer_id if shows_data else None,
        may_delete=may_delete(request),
    )


def everything(request: Request, viewer_id: str | None) -> Wanted:
    """Return that all is wanted that is known of an item."""
    return Wanted(viewer_id=viewer_id, may_delete=may_delete(request))


def may_delete(request: Request) -> bool:
    """Tell whether the caller may delete items."""
    return request.identity is not None and request.identity.is_administrator


def item_query(request: Request, viewer_id: str | None = None) -> ItemQuery:
    """Read all that decides which items a list has."""
    query, lists = request.query, request.lists
    filters = frozenset(word.lower() for word in FILTERS.of(lists))
    return replace(
        _paging(request),
        ids=IDS.of(lists),
        excluded_ids=frozenset(EXCLUDED_IDS.of(lists)),
        is_folder=_either("isfolder", "isnotfolder", filters),
        tags=TAGS.of(lists),
        official_ratings=OFFICIAL_RATINGS.of(lists),
        contributing_artists=frozenset(CONTRIBUTING_ARTIST_IDS.of(lists)),
        excluded_artists=frozenset(EXCLUDED_ARTIST_IDS.of(lists)),
        albums=frozenset(ALBUM_IDS.of(lists)),
        user_id=viewer_id,
        states=_states(request, filters),
        parent_id=PARENT_ID.of(query),
        recursive=RECURSIVE.of(query) or False,
        types=_item_types(TYPES.of(lists)),
        excluded_types=_item_types(EXCLUDED_TYPES.of(lists)),
        media_types=_media_types(request),
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


def filter_query(request: Request, viewer_id: str | None) -> ItemQuery:
    """Read of which list the words are wanted by which it can be narrowed."""
    return ItemQuery(
        parent_id=PARENT_ID.of(request.query),
        recursive=True,
        types=_item_types(TYPES.of(request.lists)),
        media_types=_media_types(request),
        user_id=viewer_id,
    )


def suggestion_query(request: Request, page: ItemQuery, types: Iterable[str]) -> ItemQuery:
    """Read what may be suggested."""
    return replace(page, types=_item_types(types), media_types=_media_types(request))


def _media_types(request: Request) -> frozenset[str]:
    return frozenset(word.capitalize() for word in MEDIA_TYPES.of(request.lists))


def _paging(request: Request) -> ItemQuery:
    return ItemQuery(
        order=_order(request),
        start_index=START_INDEX.of(request.query) or 0,
        limit=LIMIT.of(request.query),
        count_all=COUNT_ALL.of(request.query) is not False,
    )


def _states(request: Request, filters: frozenset[str]) -> States:
    """Read what a user must have done with an item; the filters come before the single parameters."""
    query = request.query
    favourite, played, liked = IS_FAVORITE.of(query), IS_PLAYED.of(query), IS_LIKED.of(query)
    is_loved = bool(filters & {"isfavorite", "isfavoriteorlikes"})
    by_play, by_like = _either("isplayed", "isunplayed", filters), _either("likes", "dislikes", filters)
    return States(
        favourite=True if is_loved else favourite,
        played=played if by_play is None else by_play,
        liked=liked if by_like is None else by_like,
        resumable=True if "isresumable" in filters else None,
    )


def _either(yes: str, no: str, filters: frozenset[str]) -> bool | None:
    if yes in filters:
        return True
    return False if no in filters else None


def _is_impossible(request: Request) -> bool:
    """Tell whether a list asks for types that are not kept, or for what has no file: nothing has one."""
    types, images = TYPES.of(request.lists), HAS_IMAGE_TYPES.of(request.lists)
    unknown_types = bool(types) and not _item_types(types)
    unknown_images = bool(images) and not _image_types(images)
    return unknown_types or unknown_images or IS_MISSING.of(request.query) is True


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
