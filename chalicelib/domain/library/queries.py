"""What a client asks a list for."""

from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType


class SortBy(StrEnum):
    """What a list can be sorted by, of Jellyfin's names."""

    SORT_NAME = "SortName"
    NAME = "Name"
    SERIES_SORT_NAME = "SeriesSortName"
    ALBUM_ARTIST = "AlbumArtist"
    ARTIST = "Artist"
    DATE_CREATED = "DateCreated"
    DATE_LAST_CONTENT_ADDED = "DateLastContentAdded"
    PREMIERE_DATE = "PremiereDate"
    PRODUCTION_YEAR = "ProductionYear"
    COMMUNITY_RATING = "CommunityRating"
    OFFICIAL_RATING = "OfficialRating"
    RUNTIME = "Runtime"
    INDEX_NUMBER = "IndexNumber"
    PARENT_INDEX_NUMBER = "ParentIndexNumber"
    AIRED_EPISODE_ORDER = "AiredEpisodeOrder"
    IS_FOLDER = "IsFolder"
    RANDOM = "Random"
    DATE_PLAYED = "DatePlayed"
    PLAY_COUNT = "PlayCount"
    IS_FAVORITE_OR_LIKED = "IsFavoriteOrLiked"
    IS_PLAYED = "IsPlayed"
    IS_UNPLAYED = "IsUnplayed"


OF_A_USER = frozenset(
    {
        SortBy.DATE_PLAYED,
        SortBy.PLAY_COUNT,
        SortBy.IS_FAVORITE_OR_LIKED,
        SortBy.IS_PLAYED,
        SortBy.IS_UNPLAYED,
    }
)
"""What differs from user to user."""


@dataclass(frozen=True, slots=True)
class Order:
    """One level of a list's order."""

    by: SortBy
    descending: bool = False


BY_NAME = (Order(SortBy.SORT_NAME),)


@dataclass(frozen=True, slots=True)
class States:
    """What a user must, or must not, have done with an item; None asks nothing."""

    favourite: bool | None = None
    liked: bool | None = None
    played: bool | None = None
    resumable: bool | None = None

    @property
    def name_items(self) -> bool:
        """Tell whether every item that is asked for is in the user's book: it has few, the library many."""
        return bool(self.favourite or self.liked or self.resumable)


NO_STATE = States()


@dataclass(frozen=True, slots=True)
class ItemQuery:
    """What a client asks a list for; whatever is empty asks nothing.

    Each of `mentions` is a group of ids of named items: an entry must mention one of each group. `genres`,
    `studios` and `artists` are names, in any spelling. A `limit` of None is no limit. `user_id` is whose `states`
    count. `impossible` when it asks for what this library never has, such as a type of item that it does not keep.
    """

    ids: tuple[str, ...] = ()
    excluded_ids: frozenset[str] = frozenset()
    parent_id: str | None = None
    recursive: bool = False
    types: frozenset[ItemType] = frozenset()
    excluded_types: frozenset[ItemType] = frozenset()
    media_types: frozenset[str] = frozenset()
    is_folder: bool | None = None
    search_term: str = ""
    name_starts_with: str = ""
    name_from: str = ""
    name_below: str = ""
    years: frozenset[int] = frozenset()
    tags: tuple[str, ...] = ()
    official_ratings: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    studios: tuple[str, ...] = ()
    artists: tuple[str, ...] = ()
    mentions: tuple[frozenset[str], ...] = ()
    album_artists: frozenset[str] = frozenset()
    contributing_artists: frozenset[str] = frozenset()
    excluded_artists: frozenset[str] = frozenset()
    albums: frozenset[str] = frozenset()
    image_types: frozenset[ImageType] = frozenset()
    user_id: str | None = None
    states: States = NO_STATE
    order: tuple[Order, ...] = ()
    start_index: int = 0
    limit: int | None = None
    count_all: bool = True
    impossible: bool = False

    @property
    def is_about_a_user(self) -> bool:
        """Tell whether the answer differs from user to user."""
        return self.states != NO_STATE or any(level.by in OF_A_USER for level in self.order)


@dataclass(frozen=True, slots=True)
class Page[T]:
    """A part of a list; `total` counts the whole, 0 when that was not wanted."""

    items: tuple[T, ...]
    total: int
    start_index: int
