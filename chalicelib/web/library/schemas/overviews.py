"""Answers about whole lists, and about what belongs to an item."""

from typing import TypedDict

from chalicelib.web.library.schemas.editor import NameValuePair
from chalicelib.web.library.schemas.items import BaseItemDto, NameGuidPair
from chalicelib.web.protocol.declarations.schemas import Guid


class QueryFiltersLegacy(TypedDict):
    """The words by which a list can be narrowed."""

    Genres: list[str]
    Tags: list[str]
    OfficialRatings: list[str]
    Years: list[int]


class QueryFilters(TypedDict):
    """The words by which a list can be narrowed, genres with their ids."""

    Genres: list[NameGuidPair]
    Tags: list[str]
    AudioLanguages: list[NameValuePair]
    SubtitleLanguages: list[NameValuePair]


class LibraryCounts(TypedDict):
    """How many items of each type there are."""

    MovieCount: int
    SeriesCount: int
    EpisodeCount: int
    ArtistCount: int
    ProgramCount: int
    TrailerCount: int
    SongCount: int
    AlbumCount: int
    MusicVideoCount: int
    BoxSetCount: int
    BookCount: int
    ItemCount: int


class ThemeMediaResult(TypedDict):
    """The theme songs or videos of an item."""

    Items: list[BaseItemDto]
    TotalRecordCount: int
    StartIndex: int
    OwnerId: Guid


class AllThemeMediaResult(TypedDict):
    """All theme media of an item."""

    ThemeVideosResult: ThemeMediaResult
    ThemeSongsResult: ThemeMediaResult
    SoundtrackSongsResult: ThemeMediaResult


class RecommendationDto(TypedDict):
    """Items that a user may like, and why."""

    Items: list[BaseItemDto]
    RecommendationType: str
    BaselineItemName: str
    CategoryId: Guid
