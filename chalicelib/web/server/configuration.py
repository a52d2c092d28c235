"""The server's settings in Jellyfin's shape: what clients read, and nobody sets over HTTP."""

from chalicelib.domain.library.user_data import (
    RESUMABLE_FROM,
    RESUMABLE_UNTIL,
    SHORTEST_RESUMABLE_TICKS,
)
from chalicelib.settings import Settings
from chalicelib.web.server.schemas import BrandingOptions, ServerConfiguration

_TICKS_PER_SECOND = 10_000_000


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
