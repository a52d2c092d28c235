"""What is said of users, sessions and keys in JSON, by Jellyfin's names."""

from typing import Literal, TypedDict

from chalicelib.web.protocol.declarations.schemas import Guid, Time


class FixedPolicy(TypedDict):
    """What this service has no notion of: the same for all, as a plain media server would say it."""

    EnableCollectionManagement: bool
    EnableSubtitleManagement: bool
    EnableLyricManagement: bool
    BlockedTags: list[str]
    AllowedTags: list[str]
    AccessSchedules: list[object]
    BlockUnratedItems: list[object]
    EnableRemoteControlOfOtherUsers: bool
    EnableSharedDeviceControl: bool
    EnableRemoteAccess: bool
    EnableLiveTvManagement: bool
    EnableLiveTvAccess: bool
    EnableMediaPlayback: bool
    EnableAudioPlaybackTranscoding: bool
    EnableVideoPlaybackTranscoding: bool
    EnablePlaybackRemuxing: bool
    ForceRemoteSourceTranscoding: bool
    EnableContentDeletionFromFolders: list[str]
    EnableContentDownloading: bool
    EnableSyncTranscoding: bool
    EnableMediaConversion: bool
    EnabledDevices: list[str]
    EnableAllDevices: bool
    EnabledChannels: list[str]
    EnableAllChannels: bool
    EnabledFolders: list[str]
    EnableAllFolders: bool
    InvalidLoginAttemptCount: int
    LoginAttemptsBeforeLockout: int
    MaxActiveSessions: int
    EnablePublicSharing: bool
    BlockedMediaFolders: list[str]
    BlockedChannels: list[str]
    RemoteClientBitrateLimit: int
    AuthenticationProviderId: str
    PasswordResetProviderId: str
    SyncPlayAccess: str


class UserPolicy(FixedPolicy):
    """What a user may do."""

    IsAdministrator: bool
    IsHidden: bool
    IsDisabled: bool
    EnableUserPreferenceAccess: bool
    EnableContentDeletion: bool


class UserConfiguration(TypedDict):
    """How a user likes things shown and played."""

    AudioLanguagePreference: str | None
    PlayDefaultAudioTrack: bool
    SubtitleLanguagePreference: str
    DisplayMissingEpisodes: bool
    GroupedFolders: list[str]
    SubtitleMode: str
    DisplayCollectionsView: bool
    EnableLocalPassword: bool
    OrderedViews: list[str]
    LatestItemsExcludes: list[str]
    MyMediaExcludes: list[str]
    HidePlayedInLatest: bool
    RememberAudioSelections: bool
    RememberSubtitleSelections: bool
    EnableNextEpisodeAutoPlay: bool
    CastReceiverId: str | None


class UserConfigurationBody(UserConfiguration, total=False):
    """What a user wants changed; what is left out is Jellyfin's default."""


class UserChange(TypedDict, total=False):
    """What a client sends back of a user that it has read."""

    Name: str
    Configuration: UserConfigurationBody


class PublicUserDto(TypedDict):
    """A user as a login screen shows it."""

    Name: str
    ServerId: Guid
    Id: Guid
    PrimaryImageTag: str | None
    HasPassword: bool
    HasConfiguredPassword: bool
    HasConfiguredEasyPassword: bool
    EnableAutoLogin: bool


class UserDto(PublicUserDto):
    """A user as it sees itself, and as administrators see it."""

    LastLoginDate: Time | None
    LastActivityDate: Time | None
    Configuration: UserConfiguration
    Policy: UserPolicy


class PlayerStateInfo(TypedDict):
    """What plays in a session."""

    CanSeek: bool
    IsPaused: bool
    IsMuted: bool
    RepeatMode: str
    PlaybackOrder: str


class ClientCapabilitiesDto(TypedDict):
    """What a client can do."""

    PlayableMediaTypes: list[str]
    SupportedCommands: list[str]
    SupportsMediaControl: bool
    SupportsPersistentIdentifier: bool


class SessionInfoDto(TypedDict):
    """A session."""

    PlayState: PlayerStateInfo
    AdditionalUsers: list[object]
    Capabilities: ClientCapabilitiesDto
    RemoteEndPoint: str
    PlayableMediaTypes: list[str]
    Id: str
    UserId: Guid
    UserName: str
    Client: str
    LastActivityDate: Time
    LastPlaybackCheckIn: Time
    DeviceName: str
    DeviceId: str
    ApplicationVersion: str
    IsActive: bool
    SupportsMediaControl: bool
    SupportsRemoteControl: bool
    NowPlayingQueue: list[object]
    HasCustomDeviceName: bool
    ServerId: Guid
    UserPrimaryImageTag: str | None
    SupportedCommands: list[str]


class AuthenticationResult(TypedDict):
    """Who has signed in, and the token to go on with."""

    User: UserDto
    SessionInfo: SessionInfoDto
    AccessToken: str
    ServerId: Guid


class AuthenticationInfo(TypedDict):
    """An API key."""

    Id: int
    AccessToken: str
    DeviceId: str
    AppName: str
    AppVersion: str
    DeviceName: str
    UserId: Guid
    IsActive: bool
    DateCreated: Time
    DateLastActivity: Time
    IsAdministrator: bool
    DateExpires: Time | None


class AuthenticationInfoQueryResult(TypedDict):
    """All API keys."""

    Items: list[AuthenticationInfo]
    TotalRecordCount: int
    StartIndex: int


class DisplayPreferencesBody(TypedDict):
    """What a client keeps of one thing for a user; what is left out is Jellyfin's default."""

    ViewType: str | None
    SortBy: str | None
    IndexBy: str | None
    RememberIndexing: bool | None
    PrimaryImageHeight: int | None
    PrimaryImageWidth: int | None
    CustomPrefs: dict[str, str | None] | None
    ScrollDirection: Literal["Horizontal", "Vertical"] | None
    ShowBackdrop: bool | None
    RememberSorting: bool | None
    SortOrder: Literal["Ascending", "Descending"] | None
    ShowSidebar: bool | None


class DisplayPreferencesDto(TypedDict):
    """What a client keeps of one thing for a user."""

    Id: Guid
    ViewType: str | None
    SortBy: str
    IndexBy: str | None
    RememberIndexing: bool
    PrimaryImageHeight: int
    PrimaryImageWidth: int
    CustomPrefs: dict[str, str | None]
    ScrollDirection: str
    ShowBackdrop: bool
    RememberSorting: bool
    SortOrder: str
    ShowSidebar: bool
    Client: str


class Login(TypedDict):
    """A name and a password."""

    Username: str
    Pw: str | None


class NewUser(TypedDict):
    """A user to be made."""

    Name: str
    Password: str | None


class NewPassword(TypedDict):
    """A change of a password; with `ResetPassword` it is taken away."""

    CurrentPw: str | None
    NewPw: str | None
    ResetPassword: bool | None


class PolicyChange(TypedDict):
    """What a user may do from now on; what is left out stays."""

    IsAdministrator: bool | None
    IsDisabled: bool | None
    IsHidden: bool | None
    EnableUserPreferenceAccess: bool | None
