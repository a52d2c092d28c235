"""The server's settings in Jellyfin's shape: what clients read, and nobody sets over HTTP."""

from collections.abc import Mapping

from chalicelib.domain.library.user_data import (
    RESUMABLE_FROM,
    RESUMABLE_UNTIL,
    SHORTEST_RESUMABLE_TICKS,
)
from chalicelib.settings import Settings
from chalicelib.web.server.schemas import BrandingOptions, ServerConfiguration

_TICKS_PER_SECOND = 10_000_000

ABSENT_FEATURES: Mapping[str, Mapping[str, object]] = {
    "metadata": {"UseFileCreationTimeForDateAdded": False},
    "xbmcmetadata": {
        "UserId": None,
        "ReleaseDateFormat": "yyyy-MM-dd",
        "SaveImagePathsInNfo": False,
        "EnablePathSubstitution": False,
        "EnableExtraThumbsDuplication": False,
    },
    "livetv": {
        "GuideDays": None,
        "RecordingPath": "",
        "MovieRecordingPath": "",
        "SeriesRecordingPath": "",
        "TunerHosts": [],
        "ListingProviders": [],
        "PrePaddingSeconds": 0,
        "PostPaddingSeconds": 0,
        "MediaLocationsCreated": [],
        "RecordingPostProcessor": "",
        "RecordingPostProcessorArguments": "",
    },
    "network": {
        "BaseUrl": "",
        "CertificatePath": "",
        "EnableIPv4": True,
        "EnableRemoteAccess": True,
        "LocalNetworkSubnets": [],
        "LocalNetworkAddresses": [],
        "KnownProxies": [],
        "VirtualInterfaceNames": [],
        "PublishedServerUriBySubnet": [],
        "RemoteIPFilter": [],
    },
    "encoding": {
        "HardwareAccelerationType": "none",
        "TranscodingTempPath": "",
        "FallbackFontPath": "",
        "EncoderAppPathDisplay": "",
        "HardwareDecodingCodecs": [],
        "AllowOnDemandMetadataBasedKeyframeExtractionForExtensions": [],
    },
}
"""What Jellyfin's dashboard asks about features that are not here: switched off, and nothing in their lists."""


def branding_options(settings: Settings) -> BrandingOptions:
    """Return what the login screen shows besides the users: strangers see no restricted pictures."""
    shows_pictures = not settings.images_are_restricted
    return {"LoginDisclaimer": "", "CustomCss": "", "SplashscreenEnabled": shows_pictures}


def server_configuration(settings: Settings) -> ServerConfiguration:
    """Return Jellyfin's ServerConfiguration as far as it means something here."""
    return {
        "ServerName": settings.server_name,
        "IsStartupWizardCompleted": True,
        "QuickConnectAvailable": False,
        "EnableLegacyAuthorization": settings.legacy_authorization,
        "PreferredMetadataLanguage": "en",
        "MetadataCountryCode": "US",
        "UICulture": "en-US",
        "CachePath": "",
        "MetadataPath": "",
        "MetadataOptions": [],
        "PluginRepositories": [],
        "CorsHosts": ["*"],
        "RemoteClientBitrateLimit": 0,
        "MinResumePct": round(RESUMABLE_FROM * 100),
        "MaxResumePct": round(RESUMABLE_UNTIL * 100),
        "MinResumeDurationSeconds": SHORTEST_RESUMABLE_TICKS // _TICKS_PER_SECOND,
    }
