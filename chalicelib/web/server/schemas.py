"""What is said of the server in JSON, by Jellyfin's names."""

from typing import TypedDict

from chalicelib.web.protocol.schemas import Guid


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
