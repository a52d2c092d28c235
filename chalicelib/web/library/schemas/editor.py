"""What Jellyfin's metadata editor and dashboard are told."""

from typing import TypedDict

from chalicelib.web.library.schemas.localization import CountryInfo, CultureDto, ParentalRating
from chalicelib.web.protocol.declarations.schemas import Guid


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
