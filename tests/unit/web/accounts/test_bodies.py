"""What a client may say about accounts."""

import json

import pytest

from chalicelib.domain.accounts.accounts import Device, Policy
from chalicelib.errors import InvalidInputError
from chalicelib.web.accounts.bodies import credentials, new_password, new_user, policy_change
from chalicelib.web.protocol.request import Request

HEADER = 'MediaBrowser Client="Web", Device="Firefox", DeviceId="d1", Version="1.0"'


def request(body: object, header: str = HEADER) -> Request:
    return Request("POST", "/", headers={"authorization": header}, raw_body=json.dumps(body))


def test_a_login_is_read_in_any_letter_case() -> None:
    said = credentials(request({"username": "Ann", "PW": "secret"}), legacy=False)
    assert (said.name, said.password, said.device) == ("Ann", "secret", Device("Web", "Firefox", "d1", "1.0"))


def test_passwords_are_taken_as_they_are_and_not_printed() -> None:
    said = credentials(request({"Username": "Ann", "Pw": " a\tb "}), legacy=False)
    assert said.password == " a\tb "
    change = new_password(request({"CurrentPw": "first one", "NewPw": "second one"}))
    for secret in (said.password, change.current, change.new):
        assert secret not in repr((said, change))


@pytest.mark.parametrize("header", ["", "MediaBrowser", 'MediaBrowser Token="t"', "Bearer x"])
def test_a_login_without_a_device_is_refused(header: str) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        credentials(request({"Username": "Ann", "Pw": "x"}, header), legacy=True)
    assert refusal.value.field == "Authorization"


@pytest.mark.parametrize("name", ["Client", "Device", "DeviceId", "Version"])
def test_what_a_device_says_of_itself_is_bounded(name: str) -> None:
    fields = dict.fromkeys(("Client", "Device", "DeviceId", "Version"), "x") | {name: "x" * 513}
    header = "MediaBrowser " + ", ".join(f'{key}="{value}"' for key, value in fields.items())
    with pytest.raises(InvalidInputError) as refusal:
        credentials(request({"Username": "Ann", "Pw": "x"}, header), legacy=True)
    assert refusal.value.field == name


def test_a_new_user_needs_a_name_alone() -> None:
    assert new_user(request({"Name": " Ann "})) == ("Ann", "")
    with pytest.raises(InvalidInputError, match="Name field is required"):
        new_user(request({"Password": "x"}))


def test_a_policy_changes_where_it_is_given() -> None:
    before = Policy(is_administrator=True, is_hidden=True)
    assert policy_change(request({}))(before) == before
    change = policy_change(request({"IsHidden": False, "enableuserpreferenceaccess": False, "Else": 1}))
    assert change(before) == Policy(True, False, False, False)  # noqa: FBT003  # in the order of its fields


@pytest.mark.parametrize("value", ["true", 1, [], {}])
def test_a_truth_that_is_none_is_refused(value: object) -> None:
    with pytest.raises(InvalidInputError, match="true or false"):
        policy_change(request({"IsDisabled": value}))
