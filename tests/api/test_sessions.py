"""Signing in and out over HTTP, and API keys."""

import logging
from datetime import timedelta

import pytest

from chalicelib.domain.accounts.accounts import Policy, User, token_digest
from chalicelib.services.accounts.password_gate import PAIR
from tests.support.fakes.accounts import NOON
from tests.support.fakes.world import ADMIN, ADMINISTRATOR, World
from tests.support.gateway import Answer, call

LOGIN = "/Users/AuthenticateByName"
CLIENT = {"Authorization": 'MediaBrowser Client="Web", Device="Fire%20fox", DeviceId="d1", Version="1.0"'}


@pytest.fixture(autouse=True)
def ann(world: World) -> User:
    return world.add_user("Ann")


def log_in(name: str = "Ann", password: str = "secret", headers: dict[str, str] | None = None) -> Answer:
    return call("POST", LOGIN, body={"Username": name, "Pw": password}, headers=headers or CLIENT)


def with_token(token: str) -> dict[str, str]:
    return {"Authorization": f'MediaBrowser Token="{token}"'}


def status_of_me(token: str) -> int:
    return call("GET", "/Users/Me", headers=with_token(token)).status


def test_a_login_gives_a_token_a_user_and_a_session(ann: User) -> None:
    result = log_in().json()
    assert status_of_me(result["AccessToken"]) == 200
    assert len(result["AccessToken"]) == 32
    assert result["User"]["Id"] == result["SessionInfo"]["UserId"] == ann.id
    session = result["SessionInfo"]
    assert (session["Client"], session["DeviceName"], session["DeviceId"]) == ("Web", "Fire fox", "d1")
    assert (session["ApplicationVersion"], session["RemoteEndPoint"]) == ("1.0", "203.0.113.7")
    assert result["ServerId"] == result["User"]["ServerId"]


@pytest.mark.parametrize("path", [LOGIN, "/users/authenticatebyname", "/emby/Users/authenticateByName/"])
@pytest.mark.parametrize("names", [("Username", "Pw"), ("username", "pw"), ("USERNAME", "PW")])
def test_path_and_names_may_be_in_any_letter_case(path: str, names: tuple[str, str]) -> None:
    body = dict(zip(names, ("ann", "secret"), strict=True))
    assert call("POST", path, body=body, headers=CLIENT).status == 200


@pytest.mark.parametrize("scheme", ["MediaBrowser", "Emby"])
@pytest.mark.parametrize("header", ["Authorization", "X-Emby-Authorization"])
def test_the_client_may_name_itself_in_the_legacy_header(header: str, scheme: str) -> None:
    named = CLIENT["Authorization"].replace("MediaBrowser", scheme)
    assert log_in(headers={header: named}).status == 200


@pytest.mark.parametrize("missing", ["Client", "Device", "DeviceId", "Version"])
def test_a_client_must_name_itself(missing: str) -> None:
    header = CLIENT["Authorization"].replace(f"{missing}=", "Nothing=")
    answer = log_in(headers={"Authorization": header})
    assert (answer.status, list(answer.json()["errors"])) == (400, ["Authorization"])


@pytest.mark.parametrize(
    ("name", "password"), [("Ann", "wrong"), ("Nobody", "secret"), ("Ann", ""), ("", ""), ("a/b", "x")]
)
def test_every_failed_login_looks_the_same(name: str, password: str) -> None:
    reference, answer = log_in("Ann", "incorrect"), log_in(name, password)
    assert answer.status == 401
    assert (answer.body, answer.headers) == (reference.body, reference.headers)


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"Username": 1}', b'{"Pw": {}}', b'{"Pw": "\\ud800"}', b"\xff", b'{"a":' * 12_000],
)
def test_a_broken_login_is_a_mistake_of_the_client(body: bytes) -> None:
    assert call("POST", LOGIN, body=body, headers=CLIENT).status == 400


@pytest.mark.parametrize("field", ["Device", "DeviceId", "Client", "Version"])
@pytest.mark.parametrize("value", ["x" * 513, "%ED%A0%80%00"])
def test_what_a_client_says_of_itself_is_bounded(field: str, value: str) -> None:
    named = dict.fromkeys(("Client", "Device", "DeviceId", "Version"), "x") | {field: value}
    header = "MediaBrowser " + ", ".join(f'{name}="{text}"' for name, text in named.items())
    assert log_in(headers={"Authorization": header}).status in {200, 400}


def test_a_disabled_user_learns_of_it_with_the_right_password_only(world: World) -> None:
    world.add_user("Gone", Policy(is_disabled=True))
    assert log_in("Gone", "wrong").status == 401
    assert log_in("Gone").status == 403


def test_failed_logins_are_slowed(world: World) -> None:
    for _ in range(PAIR.free):
        assert log_in(password="wrong").status == 401
    answer = log_in()
    assert (answer.status, answer.headers["retry-after"]) == (429, "2")
    assert answer.json()["title"] == "Too Many Requests"
    world.time.advance(seconds=2)
    assert log_in().status == 200


def test_a_forged_address_is_no_way_round() -> None:
    for number in range(PAIR.free):
        log_in(password="wrong", headers=CLIENT | {"X-Forwarded-For": f"198.51.100.{number}"})
    assert log_in(headers=CLIENT | {"X-Forwarded-For": "198.51.100.99"}).status == 429


def test_a_new_login_on_the_device_revokes_the_token_before() -> None:
    first, second = (log_in().json()["AccessToken"] for _ in range(2))
    assert (status_of_me(first), status_of_me(second)) == (401, 200)


def test_logging_out_revokes_the_token() -> None:
    token = log_in().json()["AccessToken"]
    assert call("POST", "/Sessions/Logout", headers=with_token(token)).status == 204
    assert status_of_me(token) == 401
    assert call("POST", "/Sessions/Logout", headers=with_token(token)).status == 401


def test_an_api_key_has_no_session_to_end() -> None:
    assert call("POST", "/Sessions/Logout", headers=ADMIN).status == 204
    assert call("GET", "/Users", headers=ADMIN).status == 200


def test_an_api_key_is_made_listed_used_and_revoked() -> None:
    made = call("POST", "/Auth/Keys?app=backup", headers=ADMIN).json()
    token = made["AccessToken"]
    assert call("GET", "/Users", headers=with_token(token)).status == 200
    listed = call("GET", "/Auth/Keys", headers=ADMIN).json()
    assert listed["TotalRecordCount"] == 2
    (shown,) = [item["AccessToken"] for item in listed["Items"] if item["AppName"] == "backup"]
    assert token not in str(listed)
    assert call("GET", "/Users", headers=with_token(shown)).status == 401
    assert call("DELETE", f"/Auth/Keys/{shown}", headers=ADMIN).status == 204
    assert call("GET", "/Users", headers=with_token(token)).status == 401


def test_a_key_may_be_limited_and_end() -> None:
    made = call("POST", "/Auth/Keys?app=frame&isAdministrator=false&days=7", headers=ADMIN).json()
    assert (made["IsAdministrator"], made["DateExpires"][:10]) == (
        False,
        f"{NOON + timedelta(days=7):%Y-%m-%d}",
    )
    limited = with_token(made["AccessToken"])
    assert call("GET", "/Items", headers=limited).status == 200
    assert call("POST", "/Auth/Keys?app=more", headers=limited).status == 403
    assert call("POST", "/Users/New", headers=limited, body={"Name": "Eve"}).status == 403


@pytest.mark.parametrize(
    ("query", "field"),
    [("days=0", "days"), ("days=3651", "days"), ("days=x", "days"), ("isAdministrator=2", "isAdministrator")],
)
def test_a_wrong_wish_for_a_key_makes_none(query: str, field: str) -> None:
    answer = call("POST", f"/Auth/Keys?app=frame&{query}", headers=ADMIN)
    assert (answer.status, list(answer.json()["errors"])) == (400, [field])
    assert call("GET", "/Auth/Keys", headers=ADMIN).json()["TotalRecordCount"] == 1


def test_an_api_key_can_be_revoked_by_itself() -> None:
    token = call("POST", "/Auth/Keys?app=backup", headers=ADMIN).json()["AccessToken"]
    assert call("DELETE", f"/Auth/Keys/{token}", headers=with_token(token)).status == 204
    assert call("DELETE", f"/Auth/Keys/{token}", headers=ADMIN).status == 404


def test_a_session_is_not_revoked_as_a_key() -> None:
    token = log_in().json()["AccessToken"]
    for name in (token, token_digest(token)):
        assert call("DELETE", f"/Auth/Keys/{name}", headers=ADMIN).status == 404
    assert status_of_me(token) == 200


def test_a_key_needs_an_app() -> None:
    answer = call("POST", "/Auth/Keys", headers=ADMIN)
    assert (answer.status, list(answer.json()["errors"])) == (400, ["app"])


def test_no_answer_with_a_token_is_kept_by_a_cache() -> None:
    for answer in (log_in(), call("POST", "/Auth/Keys?app=x", headers=ADMIN)):
        assert answer.headers["cache-control"] == "no-store"


def test_no_secret_is_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    root = world.add_user("Root", ADMINISTRATOR)
    with caplog.at_level(logging.DEBUG):
        token = log_in(password="secret").json()["AccessToken"]
        log_in(password="a-wrong-password")
        key = call("POST", "/Auth/Keys?app=x", headers=world.token_of(root)).json()["AccessToken"]
        call("GET", f"/Users?api_key={key}", headers=with_token(token))
        call("GET", f"/Users/Me?ApiKey={token}")
        call("DELETE", f"/Auth/Keys/{key}", headers=ADMIN)
        call("DELETE", f"/auth/keys/{key}/", headers=ADMIN)
    logged = "\n".join(str(record.__dict__) for record in caplog.records)
    assert "AuthenticateByName" in logged
    for secret in (token, key, "secret", "a-wrong-password", ADMIN["X-Emby-Token"]):
        assert secret not in logged


def test_a_session_sees_itself_alone(world: World, ann: User) -> None:
    headers = with_token(log_in().json()["AccessToken"])
    log_in(headers={"Authorization": CLIENT["Authorization"].replace("d1", "d2")})
    sessions = call("GET", "/Sessions?activeWithinSeconds=960", headers=headers).json()
    assert [(session["UserId"], session["DeviceId"]) for session in sessions] == [(ann.id, "d1")]
    assert len(call("GET", "/Sessions?deviceId=d1", headers=headers).json()) == 1
    assert call("GET", "/Sessions?deviceId=d2", headers=headers).json() == []
    assert call("GET", f"/Sessions?controllableByUserId={ann.id}", headers=headers).json() == []
    assert call("GET", "/Sessions", headers=ADMIN).json() == []
    assert world.settings
