"""What is said of the server in JSON, by Jellyfin's names."""

from typing import TypedDict

from chalicelib.web.protocol.declarations.schemas import Guid, Time


class PublicSystemInfo(TypedDict):
    """Which server this is."""

    ServerName: str
    Version: str
    ProductName: str
    OperatingSystem: str
    Id: Guid
    StartupWizardCompleted: bool


class PrivateSystemInfo(TypedDict):
    """What is said of the server to whoever has signed in alone."""

    OperatingSystemDisplayName: str
    PackageName: str
    HasPendingRestart: bool
    IsShuttingDown: bool
    SupportsLibraryMonitor: bool
    WebSocketPortNumber: int
    CompletedInstallations: list[object]
    CanSelfRestart: bool
    CanLaunchWebBrowser: bool
    ProgramDataPath: str
    WebPath: str
    ItemsByNamePath: str
    CachePath: str
    LogPath: str
    InternalMetadataPath: str
    TranscodingTempPath: str
    CastReceiverApplications: list[object]
    HasUpdateAvailable: bool
    EncoderLocation: str
    SystemArchitecture: str


class SystemInfo(PublicSystemInfo, PrivateSystemInfo):
    """Which server this is, for whoever has signed in."""


class BrandingOptions(TypedDict):
    """What the login screen shows besides the users."""

    LoginDisclaimer: str
    CustomCss: str
    SplashscreenEnabled: bool


class EmptyPage(TypedDict):
    """A page of things of which there are none here."""

    Items: list[object]
    TotalRecordCount: int
    StartIndex: int


class NameIdPair(TypedDict):
    """A name and what it stands for."""

    Name: str
    Id: str


class LiveTvInfo(TypedDict):
    """Whether there is television."""

    Services: list[object]
    IsEnabled: bool
    EnabledUsers: list[str]


class GuideInfo(TypedDict):
    """From when to when programmes are known."""

    StartDate: Time
    EndDate: Time


class ListingsProviderInfo(TypedDict):
    """A source of television programmes."""

    EnabledTuners: list[str]
    EnableAllTuners: bool
    NewsCategories: list[str]
    SportsCategories: list[str]
    KidsCategories: list[str]
    MovieCategories: list[str]
    ChannelMappings: list[object]


class DefaultDirectoryBrowserInfoDto(TypedDict):
    """The folder at which a browser of folders begins."""

    Path: str | None


class EndPointInfo(TypedDict):
    """Where a client is."""

    IsLocal: bool
    IsInNetwork: bool


class FolderStorageDto(TypedDict):
    """A folder and the space on its disk, -1 where there is none to speak of."""

    Path: str
    FreeSpace: int
    UsedSpace: int
    StorageType: str


class SystemStorageDto(TypedDict):
    """The folders of the server."""

    ProgramDataFolder: FolderStorageDto
    WebFolder: FolderStorageDto
    ImageCacheFolder: FolderStorageDto
    CacheFolder: FolderStorageDto
    LogFolder: FolderStorageDto
    InternalMetadataFolder: FolderStorageDto
    TranscodingTempFolder: FolderStorageDto
    Libraries: list[object]


class LibraryOptionsResult(TypedDict):
    """What a library can be told to read and write."""

    MetadataSavers: list[object]
    MetadataReaders: list[object]
    SubtitleFetchers: list[object]
    LyricFetchers: list[object]
    MediaSegmentProviders: list[object]
    TypeOptions: list[object]


class ServerConfiguration(TypedDict):
    """What an administrator would set in Jellyfin's dashboard, as far as it means something here."""

    ServerName: str
    IsStartupWizardCompleted: bool
    QuickConnectAvailable: bool
    EnableLegacyAuthorization: bool
    PreferredMetadataLanguage: str
    MetadataCountryCode: str
    UICulture: str
    CachePath: str
    MetadataPath: str
    MetadataOptions: list[object]
    PluginRepositories: list[object]
    CorsHosts: list[str]
    RemoteClientBitrateLimit: int
    MinResumePct: int
    MaxResumePct: int
    MinResumeDurationSeconds: int


class PlaybackInfoResponse(TypedDict):
    """How an item can be played."""

    MediaSources: list[object]
    ErrorCode: str


class ForgotPasswordResult(TypedDict):
    """What to do about a forgotten password."""

    Action: str


class PinRedeemResult(TypedDict):
    """Whose password a PIN has reset."""

    Success: bool
    UsersReset: list[str]


class UtcTimeResponse(TypedDict):
    """When a request came and when its answer goes."""

    RequestReceptionTime: Time
    ResponseTransmissionTime: Time
