"""What clients send: items, changes of them, and what users do with them."""

from typing import TypedDict

from chalicelib.domain.library.items import ItemType
from chalicelib.web.library.schemas.items import ItemMetadata
from chalicelib.web.protocol.declarations.schemas import Guid, Ticks, Time


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


class ItemText(ItemMetadata):
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
    CustomRating: str | None
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
