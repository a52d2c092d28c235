"""Features of Jellyfin that this service does not have, and what clients are told where they ask for them.

A list is empty, a switch is off, a thing is not found, and what would have to be done is refused. Clients ask for
all of this without being told to, and a 404 or a spinner would be theirs to explain.
"""

from dataclasses import dataclass, field
from typing import Any

from chalicelib.errors import ForbiddenError, NotFoundError, ServiceError, UnauthenticatedError
from chalicelib.web.protocol.auth import Level
from chalicelib.web.server import schemas

_EMPTY_PAGE: schemas.EmptyPage = {"Items": [], "TotalRecordCount": 0, "StartIndex": 0}
_NO_FOLDER: schemas.FolderStorageDto = {"Path": "", "FreeSpace": -1, "UsedSpace": -1, "StorageType": ""}
_STORAGE: schemas.SystemStorageDto = {
    "ProgramDataFolder": _NO_FOLDER,
    "WebFolder": _NO_FOLDER,
    "ImageCacheFolder": _NO_FOLDER,
    "CacheFolder": _NO_FOLDER,
    "LogFolder": _NO_FOLDER,
    "InternalMetadataFolder": _NO_FOLDER,
    "TranscodingTempFolder": _NO_FOLDER,
    "Libraries": [],
}
_NO_OPTIONS: schemas.LibraryOptionsResult = {
    "MetadataSavers": [],
    "MetadataReaders": [],
    "SubtitleFetchers": [],
    "LyricFetchers": [],
    "MediaSegmentProviders": [],
    "TypeOptions": [],
}
_NO_LISTINGS: schemas.ListingsProviderInfo = {
    "EnabledTuners": [],
    "EnableAllTuners": True,
    "NewsCategories": ["news", "journalism", "documentary", "current affairs"],
    "SportsCategories": ["sports", "basketball", "baseball", "football"],
    "KidsCategories": ["kids", "family", "children", "childrens", "disney"],
    "MovieCategories": ["movie"],
    "ChannelMappings": [],
}
"""What Jellyfin's form for a new source of programmes begins with."""

_PROVIDER = "Jellyfin.Server.Implementations.Users."
_SIGN_IN: list[schemas.NameIdPair] = [{"Name": "Default", "Id": _PROVIDER + "DefaultAuthenticationProvider"}]
_RESET: list[schemas.NameIdPair] = [{"Name": "Default", "Id": _PROVIDER + "DefaultPasswordResetProvider"}]

NO_MEDIA = "This service has images and metadata, and no media files. Play the item from its media server."
_NO_QUICK_CONNECT = "Quick Connect is not available. Sign in with a name and a password."
_NO_GROUPS = "Playing together is not available."
_NO_TELEVISION = "There is no television here, and so no programmes to list."
_NO_DISK = "The service has no disk of its own."
_NO_TASK = "There are no tasks; what has to be done is done by event and by the daily sweep."
NO_LIBRARY = (
    "A library is a folder at the top. Create it with POST /Items, change it with POST /Items/{itemId}."
)
_NO_IDENTIFYING = "Items are not identified here. Set ProviderIds with POST /Items/{itemId}."
_NO_PLAYLIST = "Collections and playlists are items. Create one with POST /Items, of type BoxSet or Playlist."

ANYONE, SIGNED_IN, ELEVATED = Level.ANYONE, Level.AUTHENTICATED, Level.ELEVATED


@dataclass(frozen=True, slots=True)
class Absent:
    """One route: an answer with its type, or the error that it is refused with; neither is a 204."""

    verb: str
    path: str
    level: Level
    about: str
    value: Any = None
    shape: object = None
    error: type[ServiceError] | None = field(default=None)


def _empty_page(path: str, about: str, level: Level = SIGNED_IN) -> Absent:
    return Absent("GET", path, level, f"List no {about}.", _EMPTY_PAGE, schemas.EmptyPage)


def _empty_list(path: str, about: str, level: Level = SIGNED_IN) -> Absent:
    return Absent("GET", path, level, f"List no {about}.", [], list[object])


def _nothing(path: str, about: str, level: Level = SIGNED_IN) -> Absent:
    return Absent("POST", path, level, about)


def _refused(
    verb: str, path: str, reason: str, level: Level = SIGNED_IN, error: type[ServiceError] = ForbiddenError
) -> Absent:
    return Absent(verb, path, level, f"Refuse: {reason[0].lower()}{reason[1:]}", reason, None, error)


_ITEM = "/Items/{item_id}"
_USERS_ITEM = "/Users/{user_id}/Items/{item_id}"

ABSENT = (
    Absent("GET", "/QuickConnect/Enabled", ANYONE, "Say that Quick Connect is off.", value=False, shape=bool),
    _refused("POST", "/QuickConnect/Initiate", _NO_QUICK_CONNECT, ANYONE, UnauthenticatedError),
    _refused("GET", "/QuickConnect/Connect", _NO_QUICK_CONNECT, ANYONE, UnauthenticatedError),
    _refused("POST", "/QuickConnect/Authorize", _NO_QUICK_CONNECT),
    _refused("POST", "/Users/AuthenticateWithQuickConnect", _NO_QUICK_CONNECT, ANYONE, UnauthenticatedError),
    _empty_list("/SyncPlay/List", "groups that play together"),
    _refused("POST", "/SyncPlay/{command}", _NO_GROUPS),
    Absent(
        "GET",
        "/LiveTv/Info",
        SIGNED_IN,
        "Say that there is no television.",
        {"Services": [], "IsEnabled": False, "EnabledUsers": []},
        schemas.LiveTvInfo,
    ),
    Absent(
        "GET",
        "/LiveTv/ListingProviders/Default",
        SIGNED_IN,
        "Describe a source of programmes before anybody fills it in.",
        _NO_LISTINGS,
        schemas.ListingsProviderInfo,
    ),
    _empty_list("/LiveTv/ListingProviders/Lineups", "line-ups of channels"),
    Absent(
        "GET",
        "/LiveTv/ListingProviders/SchedulesDirect/Countries",
        SIGNED_IN,
        "List no countries that a source of programmes knows.",
        {},
        dict[str, object],
    ),
    _refused("POST", "/LiveTv/ListingProviders", _NO_TELEVISION, ELEVATED),
    Absent("DELETE", "/LiveTv/ListingProviders", ELEVATED, "Remove no source of programmes: there is none."),
    _empty_page("/LiveTv/Channels", "television channels"),
    _empty_page("/LiveTv/Programs", "television programmes"),
    Absent(
        "POST",
        "/LiveTv/Programs",
        SIGNED_IN,
        "List no television programmes.",
        _EMPTY_PAGE,
        schemas.EmptyPage,
    ),
    _empty_page("/LiveTv/Programs/Recommended", "television programmes"),
    _empty_page("/LiveTv/Recordings", "recordings"),
    _empty_page("/LiveTv/Recordings/Folders", "recordings"),
    _empty_page("/LiveTv/Timers", "recordings to come"),
    _empty_page("/LiveTv/SeriesTimers", "recordings to come"),
    _empty_list("/LiveTv/TunerHosts/Types", "tuners", ELEVATED),
    _empty_page("/Channels", "channels"),
    _empty_list("/Channels/Features", "channels"),
    _empty_page("/Channels/Items/Latest", "items of channels"),
    _nothing(
        "/Sessions/Capabilities", "Take note that a client can be controlled, which nobody can do here."
    ),
    _nothing(
        "/Sessions/Capabilities/Full", "Take note of what a client can play, which is not ours to know."
    ),
    _nothing("/Sessions/Viewing", "Take note of what a client shows, which nobody asks for."),
    _refused(
        "POST",
        "/Sessions/{session_id}/{rest}",
        "No session can be controlled from another.",
        error=NotFoundError,
    ),
    Absent(
        "GET",
        "/System/Endpoint",
        SIGNED_IN,
        "Say that the client is not in the server's network.",
        {"IsLocal": False, "IsInNetwork": False},
        schemas.EndPointInfo,
    ),
    Absent(
        "GET",
        "/System/Info/Storage",
        ELEVATED,
        "Say that there are no disks to fill.",
        _STORAGE,
        schemas.SystemStorageDto,
    ),
    _empty_page("/System/ActivityLog/Entries", "entries: the log is the function's own", ELEVATED),
    _empty_list("/System/Logs", "files of a log: it is the function's own", ELEVATED),
    _refused("POST", "/System/Restart", "There is no process to restart.", ELEVATED),
    _refused("POST", "/System/Shutdown", "There is no process to stop.", ELEVATED),
    _empty_list("/ScheduledTasks", "tasks", ELEVATED),
    _empty_list("/web/ConfigurationPages", "pages of plugins"),
    _empty_list("/Plugins", "plugins", ELEVATED),
    _empty_list("/Packages", "packages", ELEVATED),
    _empty_list("/Repositories", "repositories of packages", ELEVATED),
    _empty_page("/Devices", "devices: sessions are kept by token", ELEVATED),
    _empty_list("/Environment/Drives", "drives", ELEVATED),
    _empty_list("/Environment/DirectoryContents", "files", ELEVATED),
    Absent(
        "GET",
        "/Environment/DefaultDirectoryBrowser",
        ELEVATED,
        "Say that no folder is a place to begin at: there is no disk.",
        {"Path": None},
        schemas.DefaultDirectoryBrowserInfoDto,
    ),
    _empty_list("/Library/PhysicalPaths", "folders", ELEVATED),
    _nothing("/Library/Refresh", "Scan nothing: the library has no files.", ELEVATED),
    _nothing(f"{_ITEM}/Refresh", "Scan nothing: an item has no files.", ELEVATED),
    _empty_page(f"{_ITEM}/Intros", "intros"),
    _empty_page(f"{_USERS_ITEM}/Intros", "intros"),
    _empty_list(f"{_ITEM}/LocalTrailers", "trailers"),
    _empty_list(f"{_USERS_ITEM}/LocalTrailers", "trailers"),
    _empty_list(f"{_ITEM}/SpecialFeatures", "special features"),
    _empty_list(f"{_USERS_ITEM}/SpecialFeatures", "special features"),
    _empty_page(f"{_ITEM}/CriticReviews", "reviews"),
    _empty_page("/MediaSegments/{item_id}", "segments"),
    _empty_page("/Years", "years"),
    Absent(
        "GET",
        f"{_ITEM}/PlaybackInfo",
        SIGNED_IN,
        "Say that an item cannot be played here.",
        {"MediaSources": [], "ErrorCode": "NotAllowed"},
        schemas.PlaybackInfoResponse,
    ),
    Absent(
        "POST",
        f"{_ITEM}/PlaybackInfo",
        SIGNED_IN,
        "Say that an item cannot be played here.",
        {"MediaSources": [], "ErrorCode": "NotAllowed"},
        schemas.PlaybackInfoResponse,
    ),
    _refused("GET", f"{_ITEM}/Download", NO_MEDIA, error=NotFoundError),
    _refused("GET", f"{_ITEM}/File", NO_MEDIA, error=NotFoundError),
    _refused("GET", "/Videos/{rest}", NO_MEDIA, ANYONE, NotFoundError),
    _refused("GET", "/Audio/{rest}", NO_MEDIA, ANYONE, NotFoundError),
    Absent(
        "GET", "/Auth/Providers", ELEVATED, "List the one way to sign in.", _SIGN_IN, list[schemas.NameIdPair]
    ),
    Absent(
        "GET",
        "/Auth/PasswordResetProviders",
        ELEVATED,
        "List the one way to reset a password.",
        _RESET,
        list[schemas.NameIdPair],
    ),
    Absent(
        "POST",
        "/Users/ForgotPassword",
        ANYONE,
        "Say that an administrator resets passwords.",
        {"Action": "ContactAdmin"},
        schemas.ForgotPasswordResult,
    ),
    Absent(
        "POST",
        "/Users/ForgotPassword/Pin",
        ANYONE,
        "Say that no PIN resets a password.",
        {"Success": False, "UsersReset": []},
        schemas.PinRedeemResult,
    ),
    _refused("GET", "/System/Logs/Log", "There are no files of a log.", ELEVATED, NotFoundError),
    _refused("GET", "/ScheduledTasks/{rest}", _NO_TASK, ELEVATED, NotFoundError),
    _refused("POST", "/ScheduledTasks/{rest}", _NO_TASK, ELEVATED, NotFoundError),
    _refused("DELETE", "/ScheduledTasks/{rest}", _NO_TASK, ELEVATED, NotFoundError),
    _empty_list("/Backup", "backups: the stores keep versions of themselves", ELEVATED),
    _empty_list("/FallbackFont/Fonts", "fonts"),
    _refused("GET", "/Devices/{rest}", "Devices are not kept.", ELEVATED, NotFoundError),
    _refused("DELETE", "/Devices", "Devices are not kept.", ELEVATED, NotFoundError),
    _refused("GET", "/Environment/ParentPath", _NO_DISK, ELEVATED, NotFoundError),
    _refused("POST", "/Environment/ValidatePath", _NO_DISK, ELEVATED, NotFoundError),
    Absent(
        "GET",
        "/Libraries/AvailableOptions",
        ELEVATED,
        "List no readers or savers of metadata: there are no files.",
        _NO_OPTIONS,
        schemas.LibraryOptionsResult,
    ),
    _refused("POST", "/Library/VirtualFolders/{rest}", NO_LIBRARY, ELEVATED),
    _refused("DELETE", "/Library/VirtualFolders/{rest}", NO_LIBRARY, ELEVATED),
    Absent("POST", "/Items/RemoteSearch/{kind}", ELEVATED, "Find no items on other sites.", [], list[object]),
    _refused("POST", "/Items/RemoteSearch/Apply/{item_id}", _NO_IDENTIFYING, ELEVATED),
    _empty_list(f"{_ITEM}/RemoteSearch/Subtitles/{{language}}", "subtitles on other sites"),
    _refused("POST", f"{_ITEM}/RemoteSearch/Subtitles/{{language}}", NO_MEDIA, error=NotFoundError),
    _refused("POST", "/Collections", _NO_PLAYLIST),
    _refused("POST", "/Collections/{rest}", _NO_PLAYLIST),
    _refused("DELETE", "/Collections/{rest}", _NO_PLAYLIST),
    _refused("POST", "/Playlists", _NO_PLAYLIST),
    _refused("POST", "/ClientLog/Document", "Logs of clients are not kept."),
)
