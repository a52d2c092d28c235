"""Items as they are shown: what GET answers."""

from typing import TypedDict

from chalicelib.domain.library.items import ItemType
from chalicelib.web.protocol.declarations.schemas import Guid, Ticks, Time

type TagByType = dict[str, str]
"""The tag of the image of each type that an item has one of."""

type HashesByType = dict[str, dict[str, str]]
"""BlurHashes by image type and tag."""


class NameGuidPair(TypedDict):
    """A named item as another item mentions it."""

    Name: str
    Id: Guid


class BaseItemPerson(TypedDict):
    """A person as an item credits it."""

    Name: str
    Id: Guid
    Role: str | None
    Type: str
    PrimaryImageTag: str | None
    ImageBlurHashes: HashesByType | None


class ChapterInfo(TypedDict):
    """A chapter of a video."""

    StartPositionTicks: Ticks
    Name: str
    ImageTag: str | None
    ImageDateModified: Time | None


class ItemIdentity(TypedDict):
    """What is always said of an item."""

    Name: str
    ServerId: Guid
    Id: Guid
    Type: ItemType
    MediaType: str
    IsFolder: bool
    CollectionType: str | None
    ProductionYear: int | None
    IndexNumber: int | None
    ParentIndexNumber: int | None


class ItemMetadata(TypedDict):
    """What an editor says of an item."""

    OfficialRating: str | None
    CommunityRating: float | None
    CriticRating: float | None
    PremiereDate: Time | None
    EndDate: Time | None
    RunTimeTicks: Ticks | None
    Status: str | None
    AirDays: list[str] | None
    AirTime: str | None


class UserItemData(TypedDict):
    """What a user has done with an item; for a folder, what is left below it."""

    Rating: float | None
    PlayedPercentage: float | None
    UnplayedItemCount: int | None
    PlaybackPositionTicks: Ticks
    PlayCount: int
    IsFavorite: bool
    Likes: bool | None
    LastPlayedDate: Time | None
    Played: bool
    Key: str
    ItemId: Guid


class ItemOfUser(TypedDict, total=False):
    """What differs from user to user."""

    UserData: UserItemData
    CanDelete: bool
    CanDownload: bool
    RecursiveItemCount: int


class ItemCounts(TypedDict, total=False):
    """How many items of a type mention a named item."""

    MovieCount: int
    SeriesCount: int
    EpisodeCount: int
    TrailerCount: int
    SongCount: int
    AlbumCount: int
    ArtistCount: int
    MusicVideoCount: int
    ProgramCount: int
    ChildCount: int


class ItemFamily(TypedDict, total=False):
    """The items above: the series, season or album that an item belongs to."""

    SeriesId: Guid | None
    SeriesName: str
    SeasonId: Guid | None
    SeasonName: str
    AlbumId: Guid | None
    Album: str


class ItemFields(TypedDict, total=False):
    """What is only said of items in lists when `fields` names it; of a single item all of it is."""

    ParentId: Guid | None
    SortName: str
    DateCreated: Time
    Overview: str | None
    PreferredMetadataLanguage: str | None
    PreferredMetadataCountryCode: str | None
    OriginalTitle: str | None
    ForcedSortName: str | None
    CustomRating: str | None
    DisplayOrder: str | None
    Tags: list[str]
    Taglines: list[str]
    ProductionLocations: list[str]
    LockData: bool
    LockedFields: list[str]
    ProviderIds: dict[str, str]
    Studios: list[NameGuidPair]
    Genres: list[str]
    GenreItems: list[NameGuidPair]
    People: list[BaseItemPerson]
    Chapters: list[ChapterInfo]


class ItemMusic(TypedDict, total=False):
    """Who made an album, a song or a music video."""

    Artists: list[str]
    ArtistItems: list[NameGuidPair]
    AlbumArtist: str | None
    AlbumArtists: list[NameGuidPair]


class ItemPictures(TypedDict, total=False):
    """The tags of an item's images, and of those that it borrows from the items above it."""

    ImageTags: TagByType
    BackdropImageTags: list[str]
    ImageBlurHashes: HashesByType
    PrimaryImageAspectRatio: float
    ParentPrimaryImageItemId: Guid | None
    ParentPrimaryImageTag: str | None
    ParentLogoItemId: Guid | None
    ParentLogoImageTag: str | None
    ParentThumbItemId: Guid | None
    ParentThumbImageTag: str | None
    ParentBackdropItemId: Guid | None
    ParentBackdropImageTags: list[str] | None
    SeriesPrimaryImageTag: str | None
    SeriesThumbImageTag: str | None
    AlbumPrimaryImageTag: str | None


class BaseItemDto(
    ItemIdentity, ItemMetadata, ItemOfUser, ItemCounts, ItemFamily, ItemFields, ItemMusic, ItemPictures
):
    """An item."""


class BaseItemDtoQueryResult(TypedDict):
    """A page of items; `TotalRecordCount` counts all of them."""

    Items: list[BaseItemDto]
    TotalRecordCount: int
    StartIndex: int


class SearchHint(TypedDict):
    """An item as a search shows it."""

    ItemId: Guid
    Id: Guid
    Name: str
    Type: ItemType
    MediaType: str
    IsFolder: bool
    ProductionYear: int | None
    IndexNumber: int | None
    ParentIndexNumber: int | None
    PrimaryImageTag: str | None
    PrimaryImageAspectRatio: float | None
    ThumbImageTag: str | None
    ThumbImageItemId: Guid | None
    BackdropImageTag: str | None
    BackdropImageItemId: Guid | None
    Artists: list[str]
    AlbumArtist: str | None
    AlbumId: Guid | None
    Album: str | None
    Series: str | None


class SearchHintResult(TypedDict):
    """What a search found."""

    SearchHints: list[SearchHint]
    TotalRecordCount: int
