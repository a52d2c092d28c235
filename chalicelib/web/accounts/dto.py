"""Users, sessions and API keys in the shape that Jellyfin gives them in JSON.

What this service has no notion of (playback, television, parental control) says what a plain media server would,
so that clients that insist on a field find one.
"""

from dataclasses import dataclass

from chalicelib.domain.accounts.accounts import ApiKey, Policy, Session, User
from chalicelib.web.accounts.configuration import configuration_dto
from chalicelib.web.accounts.schemas import (
    AuthenticationInfo,
    ClientCapabilitiesDto,
    FixedPolicy,
    PlayerStateInfo,
    PublicUserDto,
    SessionInfoDto,
    UserDto,
    UserPolicy,
)
from chalicelib.web.protocol.declarations.shapes import date_time

_NOWHERE = "0" * 32
_PROVIDER = "Jellyfin.Server.Implementations.Users."
_POLICY: FixedPolicy = {
    "EnableCollectionManagement": False,
    "EnableSubtitleManagement": False,
    "EnableLyricManagement": False,
    "BlockedTags": [],
    "AllowedTags": [],
    "AccessSchedules": [],
    "BlockUnratedItems": [],
    "EnableRemoteControlOfOtherUsers": False,
    "EnableSharedDeviceControl": False,
    "EnableRemoteAccess": True,
    "EnableLiveTvManagement": False,
    "EnableLiveTvAccess": False,
    "EnableMediaPlayback": False,
    "EnableAudioPlaybackTranscoding": False,
    "EnableVideoPlaybackTranscoding": False,
    "EnablePlaybackRemuxing": False,
    "ForceRemoteSourceTranscoding": False,
    "EnableContentDeletionFromFolders": [],
    "EnableContentDownloading": False,
    "EnableSyncTranscoding": False,
    "EnableMediaConversion": False,
    "EnabledDevices": [],
    "EnableAllDevices": True,
    "EnabledChannels": [],
    "EnableAllChannels": True,
    "EnabledFolders": [],
    "EnableAllFolders": True,
    "InvalidLoginAttemptCount": 0,
    "LoginAttemptsBeforeLockout": -1,
    "MaxActiveSessions": 0,
    "EnablePublicSharing": False,
    "BlockedMediaFolders": [],
    "BlockedChannels": [],
    "RemoteClientBitrateLimit": 0,
    "AuthenticationProviderId": _PROVIDER + "DefaultAuthenticationProvider",
    "PasswordResetProviderId": _PROVIDER + "DefaultPasswordResetProvider",
    "SyncPlayAccess": "None",
}
_PLAY_STATE: PlayerStateInfo = {
    "CanSeek": False,
    "IsPaused": False,
    "IsMuted": False,
    "RepeatMode": "RepeatNone",
    "PlaybackOrder": "Default",
}
_CAPABILITIES: ClientCapabilitiesDto = {
    "PlayableMediaTypes": [],
    "SupportedCommands": [],
    "SupportsMediaControl": False,
    "SupportsPersistentIdentifier": True,
}


@dataclass(frozen=True, slots=True)
class Portrait:
    """A user with the tag of its image, None when it has none."""

    user: User
    tag: str | None


def public_user_dto(portrait: Portrait, server_id: str) -> PublicUserDto:
    """Return the part of Jellyfin's UserDto that strangers may see: what a login screen shows."""
    user = portrait.user
    return {
        "Name": user.name,
        "ServerId": server_id,
        "Id": user.id,
        "PrimaryImageTag": portrait.tag,
        "HasPassword": bool(user.password_hash),
        "HasConfiguredPassword": bool(user.password_hash),
        "HasConfiguredEasyPassword": False,
        "EnableAutoLogin": False,
    }


def user_dto(portrait: Portrait, server_id: str) -> UserDto:
    """Return Jellyfin's UserDto; there is no record of activity but logins."""
    user = portrait.user
    last_login = date_time(user.last_login) if user.last_login else None
    return {
        **public_user_dto(portrait, server_id),
        "LastLoginDate": last_login,
        "LastActivityDate": last_login,
        "Configuration": configuration_dto(user.configuration),
        "Policy": _policy(user.policy),
    }


def session_dto(portrait: Portrait, session: Session, address: str, server_id: str) -> SessionInfoDto:
    """Return Jellyfin's SessionInfoDto of a session just opened."""
    device, opened = session.device, date_time(session.created)
    return {
        "PlayState": _PLAY_STATE,
        "AdditionalUsers": [],
        "Capabilities": _CAPABILITIES,
        "RemoteEndPoint": address,
        "PlayableMediaTypes": [],
        "Id": session.digest[:32],
        "UserId": session.user_id,
        "UserName": portrait.user.name,
        "Client": device.client,
        "LastActivityDate": opened,
        "LastPlaybackCheckIn": "0001-01-01T00:00:00.0000000Z",
        "DeviceName": device.name,
        "DeviceId": device.id,
        "ApplicationVersion": device.version,
        "IsActive": True,
        "SupportsMediaControl": False,
        "SupportsRemoteControl": False,
        "NowPlayingQueue": [],
        "HasCustomDeviceName": False,
        "ServerId": server_id,
        "UserPrimaryImageTag": portrait.tag,
        "SupportedCommands": [],
    }


def key_dto(key: ApiKey, number: int, shown: str) -> AuthenticationInfo:
    """Return Jellyfin's AuthenticationInfo of an API key; `shown` stands where Jellyfin shows the key itself."""
    created = date_time(key.created)
    return {
        "Id": number,
        "AccessToken": shown,
        "DeviceId": "",
        "AppName": key.app,
        "AppVersion": "",
        "DeviceName": "",
        "UserId": _NOWHERE,
        "IsActive": True,
        "DateCreated": created,
        "DateLastActivity": created,
        "IsAdministrator": key.is_administrator,
        "DateExpires": date_time(key.expires) if key.expires else None,
    }


def _policy(policy: Policy) -> UserPolicy:
    return {
        **_POLICY,
        "IsAdministrator": policy.is_administrator,
        "IsHidden": policy.is_hidden,
        "IsDisabled": policy.is_disabled,
        "EnableUserPreferenceAccess": policy.enable_user_preference_access,
        "EnableContentDeletion": policy.is_administrator,
    }
