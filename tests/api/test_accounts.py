"""Users over HTTP."""

import pytest

from chalicelib.domain.accounts.accounts import Policy, User
from tests.support.fakes.world import ADMIN, ADMINISTRATOR, World
from tests.support.gateway import Answer, call

NOBODY = "c" * 32

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def root(world: World) -> User:
    return world.add_user("Root", ADMINISTRATOR)


@pytest.fixture
def ann(world: World) -> User:
    return world.add_user("Ann")


def names(answer: Answer) -> list[str]:
    return [user["Name"] for user in answer.json()]


def test_an_administrator_makes_a_user(world: World) -> None:
    answer = call("POST", "/Users/New", headers=ADMIN, body={"name": "Änn", "password": "x"})
    assert answer.status == 200
    made = world.people.users[answer.json()["Id"]]
    assert (made.name, made.password_hash) == ("Änn", "new:x")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "body"),
        (b"[]", "body"),
        (b"[" * 60_000, "body"),
        ({}, "Name"),
        ({"Name": ""}, "Name"),
        ({"Name": 7}, "Name"),
        ({"Name": "a/b"}, "Name"),
        ({"Name": "\ud800"}, "Name"),
        ({"Name": "Ann", "Password": "p"}, "Name"),
        ({"Name": "Bob", "Password": "x" * 1_025}, "Password"),
        ({"Name": "Bob", "Password": ["x"]}, "Password"),
    ],
)
def test_what_makes_no_user_is_refused_by_field(world: World, ann: User, body: bytes, field: str) -> None:
    answer = call("POST", "/Users/New", headers=ADMIN, body=body)
    assert answer.status == 400
    assert list(answer.json()["errors"]) == [field]
    assert list(world.people.users) == [ann.id]


def test_a_body_that_is_too_large_is_a_413(world: World, ann: User) -> None:
    answer = call("POST", "/Users/New", headers=ADMIN, body=b"{" + b" " * 70_000 + b"}")
    assert (answer.status, list(answer.json()["errors"])) == (413, ["body"])
    assert list(world.people.users) == [ann.id]


def test_nobody_is_made_more_than_the_fields_allow(world: World) -> None:
    body = {
        "Name": "Eve",
        "Password": "x",
        "IsAdministrator": True,
        "Policy": {"IsAdministrator": True, "IsHidden": False},
        "Id": NOBODY,
        "policy": {"is_administrator": True},
        "password_hash": "new:y",
    }
    made = world.people.users[call("POST", "/Users/New", headers=ADMIN, body=body).json()["Id"]]
    assert (made.policy, made.password_hash) == (Policy(), "new:x")
    assert made.id != NOBODY


def test_a_policy_takes_what_it_knows_and_keeps_the_rest(world: World, ann: User) -> None:
    body = {
        "isadministrator": True,
        "IsHidden": False,
        "Name": "Eve",
        "generation": 9,
        "MaxActiveSessions": 3,
    }
    assert call("POST", f"/Users/{ann.id}/Policy", headers=ADMIN, body=body).status == 204
    changed = world.people.users[ann.id]
    assert changed.policy == Policy(is_administrator=True, is_hidden=False)
    assert (changed.name, changed.generation) == ("Ann", 0)


def test_a_policy_of_the_wrong_kind_is_refused(world: World, ann: User) -> None:
    answer = call("POST", f"/Users/{ann.id}/Policy", headers=ADMIN, body={"IsAdministrator": "yes"})
    assert (answer.status, list(answer.json()["errors"])) == (400, ["IsAdministrator"])
    assert world.people.users[ann.id] == ann


def test_the_last_administrator_stays(root: User) -> None:
    answers = [
        call("DELETE", f"/Users/{root.id}", headers=ADMIN),
        call("POST", f"/Users/{root.id}/Policy", headers=ADMIN, body={"IsAdministrator": False}),
        call("POST", f"/Users/{root.id}/Policy", headers=ADMIN, body={"IsDisabled": True}),
    ]
    assert [answer.status for answer in answers] == [400, 400, 400]


def test_a_disabled_user_is_out_at_once(world: World, ann: User) -> None:
    token = world.token_of(ann)
    assert call("GET", "/Users/Me", headers=token).status == 200
    call("POST", f"/Users/{ann.id}/Policy", headers=ADMIN, body={"IsDisabled": True})
    assert call("GET", "/Users/Me", headers=token).status == 401


def test_a_user_sees_itself_in_full(world: World, ann: User) -> None:
    token = world.token_of(ann)
    me = call("GET", "/Users/Me", headers=token).json()
    assert me == call("GET", f"/Users/{ann.id}", headers=token).json()
    assert (me["Name"], me["Id"], me["HasPassword"]) == ("Ann", ann.id, True)
    assert me["Policy"]["IsAdministrator"] is False
    assert me["Policy"]["AuthenticationProviderId"]
    assert me["LastLoginDate"] == "2026-11-22T12:00:00.0000000Z"
    assert "PrimaryImageTag" not in me


def test_a_user_sees_of_another_what_a_login_screen_shows(world: World, ann: User, root: User) -> None:
    answer = call("GET", f"/Users/{root.id}", headers=world.token_of(ann)).json()
    assert answer["Name"] == "Root"
    assert not {"Policy", "Configuration", "LastLoginDate"} & set(answer)
    assert "Policy" in call("GET", f"/Users/{ann.id}", headers=world.token_of(root)).json()


def test_hidden_and_disabled_users_are_listed_for_administrators_only(world: World, ann: User) -> None:
    world.add_user("Shown", Policy(is_hidden=False))
    world.add_user("Disabled", Policy(is_hidden=False, is_disabled=True))
    assert names(call("GET", "/Users/Public")) == ["Shown"]
    assert names(call("GET", "/Users", headers=world.token_of(ann))) == ["Ann", "Shown"]
    assert names(call("GET", "/Users", headers=ADMIN)) == ["Ann", "Disabled", "Shown"]
    assert names(call("GET", "/Users?isHidden=true", headers=ADMIN)) == ["Ann"]
    assert names(call("GET", "/Users?isdisabled=true", headers=ADMIN)) == ["Disabled"]


def test_a_public_list_holds_no_secrets(world: World) -> None:
    world.add_user("Shown", Policy(is_hidden=False))
    (shown,) = call("GET", "/Users/Public").json()
    assert set(shown) == {
        "Name",
        "ServerId",
        "Id",
        "HasPassword",
        "HasConfiguredPassword",
        "HasConfiguredEasyPassword",
        "EnableAutoLogin",
    }


def test_an_api_key_has_no_user() -> None:
    assert call("GET", "/Users/Me", headers=ADMIN).status == 400


def test_names_come_in_camel_case_when_asked_for(world: World, ann: User) -> None:
    accept = {"Accept": 'application/json; profile="CamelCase"'}
    me = call("GET", "/Users/Me", headers=world.token_of(ann) | accept).json()
    assert me["policy"]["isAdministrator"] is False


@pytest.mark.parametrize("path", ["/Users/Password", "/Users/{id}/Password", "/Users/Password?userId={id}"])
def test_a_user_changes_its_password(world: World, ann: User, path: str) -> None:
    here, elsewhere = world.token_of(ann), world.token_of(ann, "elsewhere")
    body = {"CurrentPw": "secret", "NewPw": "better", "CurrentPassword": "ignored"}
    assert call("POST", path.format(id=ann.id), headers=here, body=body).status == 204
    assert world.people.users[ann.id].password_hash == "new:better"
    assert call("GET", "/Users/Me", headers=here).status == 200
    assert call("GET", "/Users/Me", headers=elsewhere).status == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"CurrentPw": "wrong", "NewPw": "better"}, 403),
        ({"NewPw": "better"}, 403),
        ({"CurrentPw": "secret", "NewPw": ""}, 400),
        ({"CurrentPw": "secret"}, 400),
        ({"CurrentPw": "secret", "NewPw": "x" * 1_025}, 400),
        ({"CurrentPw": "x" * 1_025, "NewPw": "x"}, 400),
        ({"ResetPassword": True}, 403),
        ({"ResetPassword": "yes"}, 400),
    ],
)
def test_a_password_does_not_change_otherwise(
    world: World, ann: User, body: dict[str, object], status: int
) -> None:
    assert call("POST", "/Users/Password", headers=world.token_of(ann), body=body).status == status
    assert world.people.users[ann.id].password_hash == "new:secret"


def test_an_administrator_resets_a_password(world: World, ann: User, root: User) -> None:
    token = world.token_of(root)
    body = {"ResetPassword": True}
    assert call("POST", f"/Users/{ann.id}/Password", headers=token, body=body).status == 204
    assert world.people.users[ann.id].password_hash == ""
    assert call("POST", f"/Users/{root.id}/Password", headers=token, body=body).status == 403


def test_a_deleted_user_leaves_nothing(world: World, ann: User) -> None:
    token = world.token_of(ann)
    assert call("DELETE", f"/Users/{ann.id}", headers=ADMIN).status == 204
    assert call("GET", "/Users/Me", headers=token).status == 401
    assert call("GET", f"/Users/{ann.id}", headers=ADMIN).status == 404
    assert call("GET", f"/UserImage?userId={ann.id}").status == 404
    assert call("DELETE", f"/Users/{ann.id}", headers=ADMIN).status == 404


@pytest.mark.parametrize("user_id", ["you", "0", "%2e%2e", "%00", "x" * 2_000])
@pytest.mark.parametrize("verb", ["GET", "DELETE"])
def test_an_id_that_is_none_is_refused(verb: str, user_id: str) -> None:
    answer = call(verb, f"/Users/{user_id}", headers=ADMIN)
    assert (answer.status, list(answer.json()["errors"])) == (400, ["userId"])


LIKES = {
    "SubtitleMode": "always",
    "AudioLanguagePreference": "de",
    "OrderedViews": ["a" * 32, "b" * 32],
    "HidePlayedInLatest": False,
}
LIKED = LIKES | {"SubtitleMode": "Always"}


@pytest.mark.parametrize("path", ["/Users/Configuration?userId={}", "/Users/{}/Configuration", "/Users/{}"])
def test_how_a_user_likes_things_is_kept_for_it_alone(world: World, path: str) -> None:
    ann, bob = world.add_user("Ann"), world.add_user("Bob")
    headers = world.token_of(ann)
    body = {"Name": "Ann", "Configuration": LIKES} if path == "/Users/{}" else LIKES
    assert call("POST", path.format(ann.id), body=body, headers=headers).status == 204
    shown = call("GET", "/Users/Me", headers=headers).json()["Configuration"]
    assert shown.items() >= LIKED.items()
    assert shown["RememberAudioSelections"] is True
    other = call("GET", f"/Users/{bob.id}", headers=ADMIN).json()["Configuration"]
    assert (other["SubtitleMode"], other["OrderedViews"]) == ("Default", [])
    assert call("POST", path.format(bob.id), body=body, headers=headers).status == 403
    assert call("POST", path.format("c" * 32), body=body, headers=ADMIN).status == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"SubtitleMode": "Sometimes"}, "SubtitleMode"),
        ({"OrderedViews": "all"}, "OrderedViews"),
        ({"HidePlayedInLatest": "yes"}, "HidePlayedInLatest"),
        ({"CastReceiverId": "x" * 2_000}, "CastReceiverId"),
    ],
)
def test_a_configuration_that_is_none_changes_nothing(
    world: World, body: dict[str, object], field: str
) -> None:
    headers = world.token_of(world.add_user("Ann"))
    call("POST", "/Users/Configuration", body=LIKES, headers=headers)
    before = call("GET", "/Users/Me", headers=headers).json()
    refused = call("POST", "/Users/Configuration", body=body, headers=headers)
    assert refused.status in {400, 413}
    assert list(refused.json()["errors"]) == [field]
    large = call("POST", "/Users/Configuration", body={"OrderedViews": ["x" * 500] * 200}, headers=headers)
    assert large.status == 413
    assert call("GET", "/Users/Me", headers=headers).json() == before


def test_a_user_keeps_its_name(world: World) -> None:
    ann = world.add_user("Ann")
    headers = world.token_of(ann)
    renamed = call("POST", f"/Users/{ann.id}", body={"Name": "Eve", "Configuration": LIKES}, headers=headers)
    assert (renamed.status, list(renamed.json()["errors"])) == (400, ["Name"])
    assert call("GET", "/Users/Me", headers=headers).json()["Configuration"]["SubtitleMode"] == "Default"
