"""The authorisation matrix: every route, for every kind of caller, with open and with restricted images."""

import pickle
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import Enum
from typing import Any

import pytest

from app import app
from chalicelib.container import override_container
from chalicelib.domain.accounts.accounts import ApiKey, token_digest
from tests.support.fakes.accounts import NOON
from tests.support.fakes.world import ADMIN, ADMINISTRATOR, SETTINGS, World
from tests.support.gateway import Answer, call

ITEM = "0123456789abcdef0123456789abcdef"
TICKET = "f" * 32
PASSWORDS = {"CurrentPw": "secret", "NewPw": "better"}
CALLERS = ("anonymous", "revoked", "ended key", "user", "other", "administrator", "key", "limited key")
"""`user` is the one whom paths and queries name; `revoked` has the token of a session that was ended."""
UNKNOWN = {"anonymous", "revoked", "ended key"}


class Rule(Enum):
    """Who may call; the values are the callers that are let in."""

    ANYONE = frozenset(CALLERS)
    SIGNED_IN = frozenset({"user", "other", "administrator", "key", "limited key"})
    SELF = frozenset({"user", "administrator", "key"})
    ELEVATED = frozenset({"administrator", "key"})
    IMAGE = "anyone, or where images are restricted whoever is signed in"


@dataclass(frozen=True)
class Row:
    """Who may call, and what a call that is well-formed sends; `refused` is what even then nobody is given."""

    rule: Rule
    query: str = ""
    body: dict[str, str] = field(default_factory=dict)
    refused: int | None = None


NAMED = ("/Artists", "/Genres", "/MusicGenres", "/Persons", "/Studios")
ITEM_IMAGE = "/Items/{item_id}/Images/{image_type}"
USER_IMAGE = "/Users/{user_id}/Images/{image_type}"
LONG = "/{image_index}/{tag}/{format}/{max_width}/{max_height}/{percent_played}/{unplayed_count}"
READ = ("GET", "HEAD")
WRITE = ("POST", "DELETE")
PLAYING = "/PlayingItems/{item_id}"

ABSENT: dict[tuple[str, str], Row] = {
    **{
        ("GET", path): Row(Rule.ANYONE)
        for path in (
            "/QuickConnect/Enabled",
            "/GetUtcTime",
            "/Branding/Css",
            "/Branding/Css.css",
        )
    },
    **{
        ("POST", path): Row(Rule.ANYONE)
        for path in (
            "/Users/ForgotPassword",
            "/Users/ForgotPassword/Pin",
        )
    },
    **{("GET", path): Row(Rule.ANYONE, refused=401) for path in ("/QuickConnect/Connect",)},
    **{
        ("POST", path): Row(Rule.ANYONE, refused=401)
        for path in (
            "/QuickConnect/Initiate",
            "/Users/AuthenticateWithQuickConnect",
        )
    },
    ("GET", "/Videos/{rest}"): Row(Rule.ANYONE),
    ("GET", "/Audio/{rest}"): Row(Rule.ANYONE),
    ("GET", "/Items/{item_id}/Download"): Row(Rule.SIGNED_IN),
    ("GET", "/Items/{item_id}/File"): Row(Rule.SIGNED_IN),
    **{
        ("POST", path): Row(Rule.SIGNED_IN, refused=403)
        for path in (
            "/QuickConnect/Authorize",
            "/SyncPlay/{command}",
            "/ClientLog/Document",
        )
    },
    **{
        ("GET", path): Row(Rule.SIGNED_IN)
        for path in (
            "/SyncPlay/List",
            "/LiveTv/Info",
            "/LiveTv/GuideInfo",
            "/LiveTv/ListingProviders/Default",
            "/LiveTv/ListingProviders/Lineups",
            "/LiveTv/ListingProviders/SchedulesDirect/Countries",
            "/LiveTv/Channels",
            "/LiveTv/Programs",
            "/LiveTv/Programs/Recommended",
            "/LiveTv/Recordings",
            "/LiveTv/Recordings/Folders",
            "/LiveTv/Timers",
            "/LiveTv/SeriesTimers",
            "/Channels",
            "/Channels/Features",
            "/Channels/Items/Latest",
            "/System/Endpoint",
            "/web/ConfigurationPages",
            "/Items/{item_id}/Intros",
            "/Users/{user_id}/Items/{item_id}/Intros",
            "/Items/{item_id}/LocalTrailers",
            "/Users/{user_id}/Items/{item_id}/LocalTrailers",
            "/Items/{item_id}/SpecialFeatures",
            "/Users/{user_id}/Items/{item_id}/SpecialFeatures",
            "/Items/{item_id}/CriticReviews",
            "/MediaSegments/{item_id}",
            "/Years",
            "/Items/{item_id}/PlaybackInfo",
            "/Playback/BitrateTest",
            "/FallbackFont/Fonts",
            "/Items/{item_id}/RemoteSearch/Subtitles/{language}",
        )
    },
    **{
        ("POST", path): Row(Rule.SIGNED_IN)
        for path in (
            "/LiveTv/Programs",
            "/Sessions/Capabilities",
            "/Sessions/Capabilities/Full",
            "/Sessions/Viewing",
            "/Sessions/{session_id}/{rest}",
            "/Items/{item_id}/PlaybackInfo",
            "/Items/{item_id}/RemoteSearch/Subtitles/{language}",
        )
    },
    **{
        (verb, path): Row(Rule.SIGNED_IN, refused=403)
        for verb, path in (
            ("POST", "/Collections"),
            ("POST", "/Collections/{rest}"),
            ("DELETE", "/Collections/{rest}"),
            ("POST", "/Playlists"),
        )
    },
    **{
        (verb, path): Row(Rule.ELEVATED, refused=403)
        for verb in ("POST", "DELETE")
        for path in ("/Library/VirtualFolders", "/Library/VirtualFolders/{rest}")
    },
    **{(verb, "/ScheduledTasks/{rest}"): Row(Rule.ELEVATED) for verb in ("GET", "POST", "DELETE")},
    ("DELETE", "/Devices"): Row(Rule.ELEVATED),
    ("DELETE", "/LiveTv/ListingProviders"): Row(Rule.ELEVATED),
    ("POST", "/Items/{item_id}/ContentType"): Row(Rule.ELEVATED),
    **{
        ("GET", path): Row(Rule.ELEVATED)
        for path in (
            "/System/Logs/Log",
            "/Backup",
            "/Devices/{rest}",
            "/Environment/ParentPath",
            "/Libraries/AvailableOptions",
            "/System/Info/Storage",
            "/System/ActivityLog/Entries",
            "/System/Logs",
            "/ScheduledTasks",
            "/Plugins",
            "/LiveTv/TunerHosts/Types",
            "/Packages",
            "/Repositories",
            "/Devices",
            "/Environment/Drives",
            "/Environment/DirectoryContents",
            "/Environment/DefaultDirectoryBrowser",
            "/Library/PhysicalPaths",
            "/Auth/Providers",
            "/Auth/PasswordResetProviders",
        )
    },
    **{
        ("POST", path): Row(Rule.ELEVATED)
        for path in (
            "/Library/Refresh",
            "/Items/{item_id}/Refresh",
            "/Environment/ValidatePath",
            "/Items/RemoteSearch/{kind}",
        )
    },
    **{
        ("POST", path): Row(Rule.ELEVATED, refused=403)
        for path in (
            "/LiveTv/ListingProviders",
            "/System/Restart",
            "/System/Shutdown",
            "/System/Configuration",
            "/System/Configuration/{key}",
            "/Items/RemoteSearch/Apply/{item_id}",
        )
    },
}
"""What Jellyfin has and this service has not: most of it answers that there is nothing."""

MATRIX: dict[tuple[str, str], Row] = {
    **ABSENT,
    **{
        ("GET", "/Localization" + path): Row(Rule.SIGNED_IN)
        for path in ("/Cultures", "/Countries", "/ParentalRatings", "/Options")
    },
    **{
        ("GET", path): Row(Rule.ELEVATED)
        for path in (
            "/Items/{item_id}/MetadataEditor",
            "/Items/{item_id}/ExternalIdInfos",
            "/Library/VirtualFolders",
            "/Library/MediaFolders",
        )
    },
    **{
        ("GET", path): Row(Rule.SELF, "?userId={user_id}")
        for path in (
            *(
                "/Shows/NextUp",
                "/Shows/Upcoming",
                "/Shows/{series_id}/Seasons",
                "/Shows/{series_id}/Episodes",
            ),
            *("/Items/Filters", "/Items/Filters2", "/Items/Counts", "/Items/Root", "/Items/Suggestions"),
            *("/Items/{item_id}/Ancestors", "/Items/{item_id}/Collections", "/Movies/Recommendations"),
            "/Trailers",
            "/Playlists/{item_id}/Items",
            "/UserItems/{item_id}/UserData",
            *(
                f"/{kind}/{{item_id}}/Similar"
                for kind in ("Items", "Artists", "Albums", "Movies", "Shows", "Trailers")
            ),
            *(
                f"/{kind}/{{item_id}}/InstantMix"
                for kind in ("Items", "Artists", "Albums", "Songs", "Playlists")
            ),
        )
    },
    **{
        ("GET", "/Users/{user_id}" + path): Row(Rule.SELF)
        for path in ("/Items/Root", "/Suggestions", "/Items/{item_id}/UserData")
    },
    **{
        ("GET", "/Items/{item_id}" + path): Row(Rule.SIGNED_IN)
        for path in ("/ThemeMedia", "/ThemeSongs", "/ThemeVideos")
    },
    **{
        ("GET", "/Playlists/{item_id}" + path): Row(Rule.SIGNED_IN)
        for path in ("", "/Users", "/Users/{user_id}")
    },
    **{
        (verb, path + "/{item_id}"): Row(Rule.SELF, "?userId={user_id}")
        for verb in WRITE
        for path in ("/UserFavoriteItems", "/UserPlayedItems")
    },
    **{
        (verb, "/Users/{user_id}" + path): Row(Rule.SELF)
        for verb in WRITE
        for path in ("/FavoriteItems/{item_id}", "/PlayedItems/{item_id}", "/Items/{item_id}/Rating", PLAYING)
    },
    **{(verb, "/UserItems/{item_id}/Rating"): Row(Rule.SELF, "?userId={user_id}") for verb in WRITE},
    ("POST", "/UserItems/{item_id}/UserData"): Row(Rule.SELF, "?userId={user_id}", {"Key": "x"}),
    ("POST", "/Users/{user_id}/Items/{item_id}/UserData"): Row(Rule.SELF, body={"Key": "x"}),
    ("POST", "/Users/{user_id}" + PLAYING + "/Progress"): Row(Rule.SELF),
    **{(verb, PLAYING): Row(Rule.SIGNED_IN) for verb in WRITE},
    ("POST", PLAYING + "/Progress"): Row(Rule.SIGNED_IN),
    **{
        ("POST", "/Sessions/Playing" + path): Row(Rule.SIGNED_IN, body={"PlaySessionId": "x"})
        for path in ("", "/Progress", "/Stopped")
    },
    ("POST", "/Sessions/Playing/Ping"): Row(Rule.SIGNED_IN),
    ("GET", "/UserViews/GroupingOptions"): Row(Rule.SELF, "?userId={user_id}"),
    ("GET", "/Users/{user_id}/GroupingOptions"): Row(Rule.SELF),
    ("GET", "/System/Info/Public"): Row(Rule.ANYONE),
    ("GET", "/System/Info"): Row(Rule.SIGNED_IN),
    ("GET", "/System/Configuration"): Row(Rule.ELEVATED),
    ("GET", "/System/Configuration/{key}"): Row(Rule.ELEVATED),
    ("GET", "/Sessions"): Row(Rule.SIGNED_IN),
    ("GET", "/DisplayPreferences/{preferences_id}"): Row(Rule.SELF, "?client=emby&userId={user_id}"),
    ("POST", "/DisplayPreferences/{preferences_id}"): Row(
        Rule.SELF, "?client=emby&userId={user_id}", {"SortBy": "Name"}
    ),
    ("GET", "/System/Ping"): Row(Rule.ANYONE),
    ("POST", "/System/Ping"): Row(Rule.ANYONE),
    ("POST", "/Library/Names"): Row(Rule.ELEVATED, body={"Names": "Movies/Dune (2021)/poster.jpg"}),
    ("GET", "/System/Status"): Row(Rule.ELEVATED),
    ("GET", "/System/Storage"): Row(Rule.ELEVATED),
    ("GET", "/System/Upstream"): Row(Rule.SIGNED_IN),
    ("GET", "/Branding/Configuration"): Row(Rule.ANYONE),
    ("GET", "/openapi.json"): Row(Rule.ANYONE),
    **{
        (verb, path): Row(Rule.ANYONE)
        for verb in READ
        for path in ("/", "/favicon.ico", "/page", "/page/{rest}", "/web", "/web/{rest}")
    },
    ("GET", "/Users/Public"): Row(Rule.ANYONE),
    ("POST", "/Users/AuthenticateByName"): Row(Rule.ANYONE),
    ("POST", "/Sessions/Logout"): Row(Rule.SIGNED_IN),
    ("GET", "/Auth/Keys"): Row(Rule.ELEVATED),
    ("POST", "/Auth/Keys"): Row(Rule.ELEVATED, "?app=tests"),
    ("DELETE", "/Auth/Keys/{key}"): Row(Rule.ELEVATED),
    ("GET", "/Users"): Row(Rule.SIGNED_IN),
    ("GET", "/Users/Me"): Row(Rule.SIGNED_IN),
    ("GET", "/Users/{user_id}"): Row(Rule.SIGNED_IN),
    ("DELETE", "/Users/{user_id}"): Row(Rule.ELEVATED),
    ("POST", "/Users/New"): Row(Rule.ELEVATED, body={"Name": "Eve", "Password": "secret"}),
    ("POST", "/Users/Password"): Row(Rule.SELF, "?userId={user_id}", PASSWORDS),
    ("POST", "/Users/{user_id}/Password"): Row(Rule.SELF, body=PASSWORDS),
    ("POST", "/Users/Configuration"): Row(Rule.SELF, "?userId={user_id}", {"SubtitleMode": "Always"}),
    ("POST", "/Users/{user_id}/Configuration"): Row(Rule.SELF, body={"SubtitleMode": "Always"}),
    ("POST", "/Users"): Row(Rule.SELF, "?userId={user_id}", {"Name": "Ann"}),
    ("POST", "/Users/{user_id}"): Row(Rule.SELF, body={"Name": "Ann"}),
    ("POST", "/Users/{user_id}/Policy"): Row(Rule.ELEVATED),
    ("GET", "/Items"): Row(Rule.SELF, "?userId={user_id}"),
    ("DELETE", "/Items"): Row(Rule.ELEVATED, "?ids={item_id}"),
    ("POST", "/Items"): Row(Rule.ELEVATED, body={"Name": "Metropolis", "Type": "Movie"}),
    ("GET", "/Items/Latest"): Row(Rule.SELF, "?userId={user_id}"),
    ("GET", "/Items/Artwork"): Row(Rule.SELF, "?userId={user_id}"),
    ("GET", "/Items/{item_id}"): Row(Rule.SELF, "?userId={user_id}"),
    ("POST", "/Items/{item_id}"): Row(Rule.ELEVATED, body={"Name": "Metropolis"}),
    ("PUT", "/Items/{item_id}"): Row(Rule.ELEVATED, body={"Name": "Metropolis", "Type": "Movie"}),
    ("DELETE", "/Items/{item_id}"): Row(Rule.ELEVATED),
    ("GET", "/UserItems/Resume"): Row(Rule.SELF, "?userId={user_id}"),
    ("GET", "/UserViews"): Row(Rule.SELF, "?userId={user_id}"),
    ("GET", "/Search/Hints"): Row(Rule.SELF, "?userId={user_id}&searchTerm=x"),
    ("GET", "/Users/{user_id}/Items"): Row(Rule.SELF),
    ("GET", "/Users/{user_id}/Items/Latest"): Row(Rule.SELF),
    ("GET", "/Users/{user_id}/Items/Resume"): Row(Rule.SELF),
    ("GET", "/Users/{user_id}/Items/{item_id}"): Row(Rule.SELF),
    ("GET", "/Users/{user_id}/Views"): Row(Rule.SELF),
    ("GET", "/Artists/AlbumArtists"): Row(Rule.SELF, "?userId={user_id}"),
    **{("GET", path): Row(Rule.SELF, "?userId={user_id}") for path in NAMED},
    **{("GET", path + "/{name}"): Row(Rule.SELF, "?userId={user_id}") for path in NAMED},
    ("GET", "/Items/{item_id}/Images"): Row(Rule.SIGNED_IN),
    ("GET", "/Images/Urls"): Row(Rule.SIGNED_IN, "?itemIds={item_id}"),
    **{
        (verb, path + "/Images/{image_type}" + index): Row(Rule.IMAGE)
        for verb in READ
        for path in ("/Items/{item_id}", "/Users/{user_id}", *(named + "/{name}" for named in NAMED))
        for index in ("", "/{image_index}")
    },
    **{(verb, ITEM_IMAGE + LONG): Row(Rule.IMAGE) for verb in READ},
    **{(verb, "/Branding/Splashscreen"): Row(Rule.IMAGE) for verb in READ},
    **{(verb, "/Branding/Splashscreen"): Row(Rule.ELEVATED) for verb in WRITE},
    **{(verb, "/UserImage"): Row(Rule.IMAGE, "?userId={user_id}") for verb in READ},
    **{(verb, ITEM_IMAGE + index): Row(Rule.ELEVATED) for verb in WRITE for index in ("", "/{image_index}")},
    **{(verb, USER_IMAGE + index): Row(Rule.SELF) for verb in WRITE for index in ("", "/{image_index}")},
    **{(verb, "/UserImage"): Row(Rule.SELF, "?userId={user_id}") for verb in WRITE},
    ("POST", ITEM_IMAGE + "/{image_index}/Index"): Row(Rule.ELEVATED, "?newIndex=0"),
    ("POST", ITEM_IMAGE + "/Upload"): Row(Rule.ELEVATED),
    ("GET", ITEM_IMAGE + "/Upload/{ticket_id}"): Row(Rule.ELEVATED),
    ("GET", "/Items/{item_id}/RemoteImages"): Row(Rule.SIGNED_IN),
    ("GET", "/Items/{item_id}/RemoteImages/Providers"): Row(Rule.SIGNED_IN),
    ("POST", "/Items/{item_id}/RemoteImages/Download"): Row(Rule.ELEVATED),
}
CASES = [
    pytest.param(access, verb, path, id=f"{verb} {path} ({access})")
    for (verb, path), row in MATRIX.items()
    for access in ("open", "restricted")
    if access == "open" or row.rule is Rule.IMAGE
]
SETTINGS_BY_ACCESS = {
    "open": SETTINGS,
    "restricted": replace(SETTINGS, image_access="signed", image_url_key="k" * 43),
}


@dataclass
class Scene:
    """A world with one of each caller."""

    world: World
    is_restricted: bool

    def __post_init__(self) -> None:
        self.world.add_item(ITEM)
        user, other = self.world.add_user("Ann"), self.world.add_user("Bob")
        self.user_id = user.id
        revoked = self.world.token_of(user, "lost")
        call("POST", "/Sessions/Logout", headers=revoked)
        self.headers = {
            "anonymous": {},
            "revoked": revoked,
            "user": self.world.token_of(user),
            "other": self.world.token_of(other),
            "administrator": self.world.token_of(self.world.add_user("Root", ADMINISTRATOR)),
            "key": ADMIN,
            "limited key": self._key("limited", is_administrator=False),
            "ended key": self._key("ended", expires=NOON - timedelta(seconds=1)),
        }

    def _key(self, token: str, **facts: Any) -> dict[str, str]:  # noqa: ANN401  # of ApiKey
        self.world.tokens.add_key(ApiKey(token_digest(token), "tests", NOON, **facts))
        return {"X-Emby-Token": token}

    def allows(self, rule: Rule, caller: str) -> bool:
        if rule is Rule.IMAGE:
            rule = Rule.SIGNED_IN if self.is_restricted else Rule.ANYONE
        return caller in rule.value

    def url(self, path: str, query: str) -> str:
        return (path + query).format(
            **dict.fromkeys(("percent_played", "unplayed_count", "image_index"), "0"),
            **dict.fromkeys(("max_width", "max_height"), "10"),
            item_id=ITEM,
            user_id=self.user_id,
            name="Somebody",
            preferences_id="usersettings",
            image_type="Primary",
            ticket_id=TICKET,
            key="unknown",
            tag="tag",
            rest="app.js",
            command="NewGroup",
            kind="Movie",
            language="eng",
            session_id="0",
            series_id=ITEM,
            format="Png",
        )

    def state(self) -> bytes:
        world = self.world
        tokens = (world.credentials.sessions, world.credentials.api_keys)
        kept = (world.blobs_of_originals.kept, world.kept_preferences.kept, world.books.kept)
        return pickle.dumps((world.rows.rows, world.people.users, tokens, *kept))


@contextmanager
def staged(access: str) -> Iterator[Scene]:
    world = World(SETTINGS_BY_ACCESS[access])
    with override_container(world.container):
        yield Scene(world, is_restricted=access == "restricted")


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    routes = {(verb, path) for path, verbs in app.routes.items() for verb in verbs}
    assert set(MATRIX) == routes


@pytest.mark.parametrize(("access", "verb", "path"), CASES)
def test_who_is_let_in(access: str, verb: str, path: str) -> None:
    """Callers share a scene as long as they change nothing; who is let in to write has one of their own."""
    row = MATRIX[verb, path]
    with staged(access) as scene:
        admitted = [caller for caller in CALLERS if scene.allows(row.rule, caller)]
        before = scene.state()
        for caller in (caller for caller in CALLERS if caller not in admitted):
            answer = asked(scene, verb, path, caller)
            assert answer.status == (401 if caller in UNKNOWN else 403), caller
            assert answer.headers["cache-control"] == "no-store", caller
            assert scene.state() == before, caller
        for caller in admitted:
            with nullcontext(scene) if verb in READ else staged(access) as own:
                answer = asked(own, verb, path, caller)
            if row.refused:
                assert answer.status == row.refused, caller
            else:
                assert answer.status not in {401, 403, 405}, caller
                assert answer.status < 500, caller
                assert b"There is nothing at" not in answer.body, caller


def asked(scene: Scene, verb: str, path: str, caller: str) -> Answer:
    row = MATRIX[verb, path]
    return call(verb, scene.url(path, row.query), headers=scene.headers[caller], body=row.body or b"")


@pytest.mark.parametrize(
    "token", ["", "unknown", "administrator-key ", "ADMINISTRATOR-KEY", "%00", "x" * 5_000]
)
def test_no_other_token_is_a_key(token: str) -> None:
    with staged("open"):
        assert call("GET", "/Auth/Keys", headers={"X-Emby-Token": token}).status == 401


@pytest.mark.parametrize(
    ("headers", "query"),
    [
        ({"Authorization": 'MediaBrowser Token="administrator-key"'}, ""),
        ({"Authorization": 'Emby Token="administrator-key"'}, ""),
        ({"X-Emby-Authorization": 'MediaBrowser Token="administrator-key"'}, ""),
        ({"X-Emby-Token": "administrator-key"}, ""),
        ({"X-MediaBrowser-Token": "administrator-key"}, ""),
        ({}, "?ApiKey=administrator-key"),
        ({}, "?api_key=administrator-key"),
    ],
)
@pytest.mark.parametrize("legacy", [True, False])
def test_a_token_may_come_in_six_ways_of_which_four_are_legacy(
    headers: dict[str, str], query: str, *, legacy: bool
) -> None:
    is_current = query.startswith("?ApiKey") or headers.get("Authorization", "").startswith("MediaBrowser")
    with override_container(World(replace(SETTINGS, legacy_authorization=legacy)).container):
        status = call("GET", f"/Auth/Keys{query}", headers=headers).status
    assert status == (200 if legacy or is_current else 401)
