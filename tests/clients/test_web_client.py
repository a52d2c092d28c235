"""Every call that the stock web client makes, sent again and checked with the types of @jellyfin/sdk.

The calls were recorded in a browser: signing in, browsing films, shows and music, editing images, the dashboard.
"""

import base64
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import requests
from PIL import Image

from infra.local.service import Service
from tests.clients.sdk_shapes import Shapes
from tests.clients.web_client_library import WebClientLibrary, words_of

CALLS = (Path(__file__).parent / "web_client_calls.txt").read_text().splitlines()
KINDS = (
    "films",
    "movie",
    "set",
    "series",
    "season",
    "pilot",
    "album",
    "track",
    "artist",
    "person",
    "genre",
    "studio",
)
PASSWORD = "correct horse"
SECONDS_FOR_EVENTS = 120
OURS = {"/Auth/Keys": ("IsAdministrator", "DateExpires")}
"""Fields of members of a list that are ours; docs/compatibility.md has a row for each."""
IDENTITY = 'MediaBrowser Client="Jellyfin Web", Device="Firefox", DeviceId="{}", Version="12.0.0"'
ORIGIN = {"Origin": "https://jellyfin.example"}


@dataclass(frozen=True)
class Call:
    """A call, and the words of the items that its answer holds; None where that does not matter."""

    verb: str
    url: str
    holds: tuple[str, ...] | None = None

    @classmethod
    def parse(cls, line: str) -> "Call":
        call, _, words = line.partition(" => ")
        verb, _, url = call.partition(" ")
        return cls(verb, url, None if not words else () if words == "(none)" else tuple(words.split()))


def _calls(verb: str) -> Iterator[object]:
    for line in CALLS:
        if line.startswith(verb + " "):
            for kind in KINDS if "{any}" in line else [""]:
                call = line.replace("{any}", "{" + kind + "}")
                yield pytest.param(Call.parse(call), id=call.partition(" => ")[0][:120])


class WebClient:
    """A session of the web client in another site's page."""

    def __init__(self, url: str, library: WebClientLibrary, name: str) -> None:
        self.url, self.library = url, library
        self.identity = IDENTITY.format(secrets.token_hex(8))
        self.http = requests.Session()
        self.http.headers.update(ORIGIN | {"Authorization": self.identity, "Accept": "application/json"})
        signed_in = self.send("POST", "/Users/authenticatebyname", {"Username": name, "Pw": PASSWORD})
        self.result: dict[str, Any] = signed_in.json()
        self.token: str = self.result["AccessToken"]
        self.user: str = self.result["User"]["Id"]
        self.http.headers["Authorization"] = f'{self.identity}, Token="{self.token}"'

    def send(self, verb: str, path: str, body: object = None, **headers: str) -> requests.Response:
        """Send one call; a text is sent as it is, anything else as JSON."""
        sent: dict[str, Any] = {"data": body} if isinstance(body, str) else {"json": body}
        return self.http.request(verb, self.url + path, headers=headers, timeout=60, **sent)

    def path(self, call: Call) -> str:
        """Return a call's path and query with the ids of this library and user."""
        words = {**self.library.ids, "user": self.user, "token": self.token, "tag": self._tag(call.url)}
        return re.sub(r"\{(\w+)\}", lambda word: words[word[1]], call.url)

    def _tag(self, url: str) -> str:
        if url.startswith("/Users/"):
            return self.library.tags["avatar"]
        image = re.search(r"/Images/(\w+)(?:/(\d))?", url)
        return self.library.tags[f"{image[1]}/{image[2] or 0}"] if image else ""


@pytest.fixture(scope="session")
def shapes() -> Shapes:
    return Shapes.read()


@pytest.fixture(scope="module")
def library(service: Service, admin: requests.Session, pictures: Path) -> Iterator[WebClientLibrary]:
    library = WebClientLibrary(service.base_url, admin, pictures)
    library.make()
    yield library
    library.remove()


@pytest.fixture(scope="module")
def client(service: Service, library: WebClientLibrary) -> Iterator[WebClient]:
    """Sign in as an administrator who has seen one episode, half of a film, and likes another."""
    name = f"web-{library.suffix}"
    user_id = library.add_administrator(name, PASSWORD)
    library.send_picture(f"/Users/{user_id}/Images/Primary", "avatar.png")
    library.tags["avatar"] = library.json("GET", f"/Users/{user_id}")["PrimaryImageTag"]
    client = WebClient(service.base_url, library, name)
    client.send("POST", client.path(Call("POST", "/Users/{user}/PlayedItems/{pilot}")))
    client.send("POST", client.path(Call("POST", "/Users/{user}/FavoriteItems/{other}")))
    halfway = {"ItemId": library.ids["movie"], "PositionTicks": 36_000_000_000}
    client.send("POST", "/Sessions/Playing/Progress", halfway)
    yield client
    library.remove_user(user_id)


@pytest.mark.parametrize("call", list(_calls("GET")))
def test_a_read_is_answered_in_jellyfins_shape(call: Call, client: WebClient, shapes: Shapes) -> None:
    path = client.path(call)
    answer = client.send("GET", path)
    assert answer.status_code == 200, answer.text[:500]
    assert answer.headers["Access-Control-Allow-Origin"]
    shape = shapes.of("GET", urlsplit(path).path)
    if shape.kind == "file":
        _check_file(answer, path)
        return
    value = answer.json()
    assert shape.faults_of(_without_ours(path, value)) == []
    if call.holds is not None:
        listed = value["Items"] if isinstance(value, dict) else value
        assert tuple(words_of(client.library, listed)) == call.holds


def _without_ours(path: str, answer: Any) -> Any:  # noqa: ANN401  # any JSON value
    """Return an answer without the fields that Jellyfin's has not."""
    if ours := OURS.get(path):
        members = answer["Items"]
        answer["Items"] = [{n: v for n, v in member.items() if n not in ours} for member in members]
    return answer


def _check_file(answer: requests.Response, path: str) -> None:
    if sizes := parse_qs(urlsplit(path).query).get("Size"):
        assert len(answer.content) == int(sizes[0])
    else:
        assert answer.headers["Content-Type"].startswith("image/")
        assert len(answer.content) == int(answer.headers["Content-Length"]) > 0


@pytest.mark.parametrize("call", list(_calls("OPTIONS")))
def test_a_preflight_is_granted(call: Call, client: WebClient) -> None:
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}
    answer = requests.options(client.url + client.path(call), headers=ORIGIN | asked, timeout=60)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] in {"*", ORIGIN["Origin"]}
    assert "authorization" in answer.headers["Access-Control-Allow-Headers"].lower()


def test_the_web_socket_is_refused_at_once(client: WebClient) -> None:
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    answer = client.send(
        "GET", f"/socket?ApiKey={client.token}", **upgrade, **{"Sec-WebSocket-Key": "a" * 22}
    )
    assert answer.status_code == 404


def test_a_user_signs_in_and_out(client: WebClient, library: WebClientLibrary, shapes: Shapes) -> None:
    name = f"guest-{library.suffix}"
    user_id = library.add_administrator(name, PASSWORD)
    signed_in = WebClient(client.url, library, name)
    assert shapes.of("POST", "/Users/authenticatebyname").faults_of(signed_in.result) == []
    capabilities = {"PlayableMediaTypes": ["Audio", "Video"], "SupportsMediaControl": True}
    assert signed_in.send("POST", "/Sessions/Capabilities/Full", capabilities).status_code == 204
    sessions = signed_in.send("GET", "/Sessions?activeWithinSeconds=960").json()
    assert [session["UserName"] for session in sessions] == [name]
    password = {"CurrentPw": PASSWORD, "NewPw": PASSWORD}
    assert signed_in.send("POST", f"/Users/{user_id}/Password", password).status_code == 204
    again = WebClient(client.url, library, name)
    assert again.send("POST", "/Sessions/Logout").status_code == 204
    assert again.send("POST", "/Sessions/Logout").status_code == 401
    assert again.send("GET", "/UserViews").status_code == 401
    library.remove_user(user_id)


def test_a_wrong_password_is_a_401(client: WebClient) -> None:
    wrong = {"Username": client.result["User"]["Name"], "Pw": "wrong"}
    answer = requests.post(
        f"{client.url}/Users/authenticatebyname",
        json=wrong,
        headers={"Authorization": client.identity},
        timeout=60,
    )
    assert answer.status_code == 401


def test_images_are_edited(client: WebClient, pictures: Path) -> None:
    images = f"/Items/{client.library.ids['other']}/Images"
    picture = base64.b64encode((pictures / "poster.png").read_bytes()).decode()
    for image_type in ("Logo", "Primary", "Thumb", "Backdrop", "Backdrop", "Backdrop"):
        answer = client.send("POST", f"{images}/{image_type}", picture, **{"Content-Type": "image/png"})
        assert answer.status_code == 204
    for edit in (
        "POST {}/Backdrop/0/Index?newIndex=1",
        "POST {}/Backdrop/2/Index?newIndex=1",
        "DELETE {}/Backdrop/0",
        "DELETE {}/Primary",
        "DELETE {}/Thumb",
    ):
        verb, _, path = edit.format(images).partition(" ")
        assert client.send(verb, path).status_code == 204
    left = [image["ImageType"] for image in client.send("GET", images).json()]
    assert sorted(left) == ["Backdrop", "Backdrop", "Logo"]
    empty = client.send("POST", f"{images}/Primary", "", **{"Content-Type": "image/png"})
    assert empty.status_code == 400
    assert client.send("GET", f"{images}/Primary?tag=gone").status_code == 404


@pytest.mark.parametrize("image_type", ["Primary", "Backdrop"])
def test_artwork_is_downloaded(client: WebClient, image_type: str) -> None:
    item = f"/Items/{client.library.ids['member']}"
    facts = {"Name": "Second Launch", "Type": "Movie", "ProviderIds": {"Tmdb": "19"}}
    assert client.send("POST", item, facts).status_code == 204
    offers = client.send("GET", f"{item}/RemoteImages?type={image_type}&startIndex=0&limit=30").json()[
        "Images"
    ]
    url = quote(offers[0]["Url"], safe="")
    download = f"{item}/RemoteImages/Download?Type={image_type}&ImageUrl={url}&ProviderName=TheMovieDb"
    assert client.send("POST", download).status_code == 204
    assert image_type in {image["ImageType"] for image in client.send("GET", f"{item}/Images").json()}


def test_a_user_picture_is_changed(client: WebClient, library: WebClientLibrary, pictures: Path) -> None:
    user = library.add_administrator(f"portrait-{library.suffix}", PASSWORD)
    picture = base64.b64encode((pictures / "avatar.png").read_bytes()).decode()
    image = f"/Users/{user}/Images/Primary"
    assert client.send("POST", image, picture, **{"Content-Type": "image/png"}).status_code == 204
    assert client.send("GET", image).status_code == 200
    assert client.send("DELETE", image).status_code == 204
    assert client.send("GET", image).status_code == 404
    library.remove_user(user)


def test_an_item_is_marked_as_played(client: WebClient, shapes: Shapes) -> None:
    path = f"/Users/{client.user}/PlayedItems/{client.library.ids['track']}"
    answer = client.send("POST", f"{path}?DatePlayed=2026-11-25T16%3A28%3A46.286Z")
    assert shapes.of("POST", path).faults_of(answer.json()) == []
    assert answer.json()["Played"]
    assert answer.json()["LastPlayedDate"].startswith("2026-11-25T16:28:46")


def test_preferences_are_kept(client: WebClient, shapes: Shapes) -> None:
    path = f"/DisplayPreferences/usersettings?userId={client.user}&client=emby"
    before = client.send("GET", path).json()
    assert shapes.of("GET", "/DisplayPreferences/usersettings").faults_of(before) == []
    kept = before | {"SortBy": "DateCreated", "CustomPrefs": {"homesection0": "resume"}}
    assert client.send("POST", path, kept).status_code == 204
    assert client.send("GET", path).json()["CustomPrefs"]["homesection0"] == "resume"


def test_the_login_screen_has_a_picture_soon_after_the_first_poster(
    client: WebClient, shapes: Shapes
) -> None:
    options = client.send("GET", "/Branding/Configuration").json()
    assert options["SplashscreenEnabled"]
    assert shapes.of("GET", "/Branding/Splashscreen").kind == "file"
    until = monotonic() + SECONDS_FOR_EVENTS
    while (shown := client.send("GET", "/Branding/Splashscreen?tag=x")).status_code == 404:
        assert monotonic() < until, "no event has made the splash screen"
        sleep(1)
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert Image.open(BytesIO(shown.content)).size == (1920, 1080)


def test_the_splash_screen_can_be_replaced(client: WebClient, pictures: Path) -> None:
    picture = (pictures / "red.jpg").read_bytes()
    path, sent = "/Branding/Splashscreen", base64.b64encode(picture).decode()
    assert client.send("POST", path, sent, **{"Content-Type": "image/jpeg"}).status_code == 204
    assert client.send("GET", path).content == picture
    assert client.send("DELETE", path).status_code == 204
    assert client.send("GET", path).content != picture
