"""What is said of items in JSON, by Jellyfin's names.

BaseItemDto comes in parts: what is always said, what is said only when asked for, and what only some types of item
have. `total=False` marks parts of which any member may be missing.
"""

from typing import NotRequired, TypedDict

from chalicelib.domain.images import images
from chalicelib.domain.library.items import ItemType
from chalicelib.web.protocol.declarations.schemas import Bytes, Guid, Ticks, Time

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


class ImageFacts(TypedDict):
    """An image of an item, with what decides whether it is good enough."""

    ImageType: images.ImageType
    ImageTag: str
    Width: int
    Height: int
    Size: Bytes
    ContentType: str
    BlurHash: str | None


class ItemArtwork(TypedDict):
    """An item and the artwork that it has; ours."""

    Id: Guid
    Name: str
    SortName: str
    Type: ItemType
    ProductionYear: int | None
    Album: str | None
    SeriesName: str | None
    Images: list[ImageFacts]


class ItemArtworkQueryResult(TypedDict):
    """A page of items with the artwork that they have."""

    Items: list[ItemArtwork]
    TotalRecordCount: int
    StartIndex: int


class NamesBody(TypedDict):
    """Paths of files below a folder, one a line, and the folder's name; ours."""

    Names: str
    Root: NotRequired[str]


class NamedImage(TypedDict):
    """A file that is an image of an item, by its name."""

    ImageType: images.ImageType
    ImageIndex: int
    Name: str


class NamedItem(TypedDict):
    """An item as names tell of it; `Parent` is the place of another in the list."""

    Type: ItemType
    Name: str
    ProductionYear: int | None
    ProviderIds: dict[str, str]
    Parent: int | None
    IndexNumber: int | None
    AlbumArtist: str | None
    CollectionType: str | None
    Images: list[NamedImage]


class NameLeftOut(TypedDict):
    """A picture that is no image of an item, and why."""

    Name: str
    Reason: str


class NamesResult(TypedDict):
    """What names mean: every picture among them is in one of the two lists."""

    Items: list[NamedItem]
    LeftOut: list[NameLeftOut]


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


class NamedMember(TypedDict):
    """A named item that an item is to mention."""

    Name: str


class PersonMember(TypedDict):
    """A person whom an item is to credit."""

    Name: str
    Role: str | None
    Type: str | None


class ChapterMember(TypedDict):
    """A chapter that a video is to have."""

    Name: str | None
    StartPositionTicks: Ticks | None


class ItemText(TypedDict):
    """What a client may say of an item, by the names of BaseItemDto; what else it says is ignored."""

    SortName: str | None
    DateCreated: Time | None
    ProductionYear: int | None
    IndexNumber: int | None
    ParentIndexNumber: int | None
    Overview: str | None
    CollectionType: str | None
    PreferredMetadataLanguage: str | None
    PreferredMetadataCountryCode: str | None
    OriginalTitle: str | None
    Taglines: list[str] | None
    Tags: list[str] | None
    ProductionLocations: list[str] | None
    OfficialRating: str | None
    CustomRating: str | None
    CommunityRating: float | None
    CriticRating: float | None
    PremiereDate: Time | None
    EndDate: Time | None
    RunTimeTicks: Ticks | None
    Status: str | None
    AirDays: list[str] | None
    AirTime: str | None
    DisplayOrder: str | None
    LockData: bool | None
    LockedFields: list[str] | None
    ProviderIds: dict[str, str] | None
    People: list[PersonMember | str] | None
    Genres: list[NamedMember | str] | None
    Studios: list[NamedMember | str] | None
    Artists: list[NamedMember | str] | None
    AlbumArtists: list[NamedMember | str] | None
    Chapters: list[ChapterMember] | None


class ItemBody(ItemText):
    """An item to be made, or to be put in another's place."""

    Id: Guid | None
    Type: ItemType
    Name: str
    ParentId: Guid | None


class ItemChange(ItemText):
    """A change of an item as Jellyfin's metadata editor sends it; what is left out stays."""

    Name: str | None
    ForcedSortName: str | None
    ArtistItems: list[NamedMember] | None


class CultureDto(TypedDict):
    """A language."""

    Name: str
    DisplayName: str
    TwoLetterISOLanguageName: str
    ThreeLetterISOLanguageName: str
    ThreeLetterISOLanguageNames: list[str]


class CountryInfo(TypedDict):
    """A country."""

    Name: str
    DisplayName: str
    TwoLetterISORegionName: str
    ThreeLetterISORegionName: str


class ParentalRatingScore(TypedDict):
    """How old somebody has to be."""

    score: int


class ParentalRating(TypedDict):
    """A rating and the age that it asks for."""

    Name: str
    Value: int
    RatingScore: ParentalRatingScore


class LocalizationOption(TypedDict):
    """A language that the service speaks."""

    Name: str
    Value: str


class ExternalIdInfo(TypedDict):
    """An identifier that another site may have given an item."""

    Name: str
    Key: str
    Type: str | None


class NameValuePair(TypedDict):
    """A value and what it is called."""

    Name: str
    Value: str


class MetadataEditorInfo(TypedDict):
    """What an editor of an item offers."""

    ParentalRatingOptions: list[ParentalRating]
    Countries: list[CountryInfo]
    Cultures: list[CultureDto]
    ExternalIdInfos: list[ExternalIdInfo]
    ContentTypeOptions: list[NameValuePair]


class LibraryOptions(TypedDict):
    """How a folder at the top of the library is kept; Jellyfin's options of files mean nothing here."""

    Enabled: bool
    EnablePhotos: bool
    EnableRealtimeMonitor: bool
    EnableInternetProviders: bool
    PathInfos: list[object]
    TypeOptions: list[object]


class VirtualFolderInfo(TypedDict):
    """A folder at the top of the library."""

    Name: str
    Locations: list[str]
    CollectionType: str | None
    LibraryOptions: LibraryOptions
    ItemId: Guid
    PrimaryImageItemId: Guid | None
    RefreshStatus: str


class SpecialViewOption(TypedDict):
    """A folder at the top of the library by its name and id."""

    Name: str
    Id: Guid


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


class UserDataChange(TypedDict):
    """What a user has done with an item from now on; what is left out stays."""

    Rating: float | None
    PlaybackPositionTicks: Ticks | None
    PlayCount: int | None
    IsFavorite: bool | None
    Likes: bool | None
    LastPlayedDate: Time | None
    Played: bool | None


class PlaybackReport(TypedDict):
    """What a client says of the item that it plays."""

    ItemId: Guid | None
    PositionTicks: Ticks | None
    Failed: bool | None
