"""Where a token may hide, and what a view may ask of its caller."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.accounts.accounts import ApiKey, Identity
from chalicelib.errors import ForbiddenError, UnauthenticatedError
from chalicelib.web.protocol.auth import (
    MAX_HEADER_LENGTH,
    Level,
    authenticated,
    authorize,
    elevated,
    level_of,
    parse_authorization,
    token_of,
)
from tests.support.fakes.accounts import NOON

KEYS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", min_size=1)
VALUES = st.text(st.characters(codec="utf-8"))
SDK = 'MediaBrowser Client="Web", Device="Fire%20fox", DeviceId="d,1", Version="1.0", Token="t"'


@pytest.mark.parametrize(
    ("headers", "query"),
    [
        ({"Authorization": SDK}, {}),
        ({"authorization": "mediabrowser Token=t"}, {}),
        ({"Authorization": "Bearer t2"}, {"ApiKey": "t"}),
        ({}, {"apikey": "t"}),
        ({}, {"APIKEY": "t"}),
    ],
    ids=["header", "letter case", "other scheme falls through", "query", "query in capitals"],
)
def test_a_token_is_found_in_each_current_place(headers: dict[str, str], query: dict[str, str]) -> None:
    assert token_of(headers, query, legacy=False) == "t"
    assert token_of(headers, query, legacy=True) == "t"


@pytest.mark.parametrize(
    ("headers", "query"),
    [
        ({"Authorization": 'Emby Token="t"'}, {}),
        ({"X-Emby-Authorization": 'MediaBrowser Token="t"'}, {}),
        ({"X-Emby-Authorization": 'Emby Token="t"'}, {}),
        ({"X-Emby-Token": "t"}, {}),
        ({"X-MediaBrowser-Token": "t"}, {}),
        ({}, {"api_key": "t"}),
        ({}, {"Api_Key": "t"}),
    ],
)
def test_legacy_places_can_be_switched_off(headers: dict[str, str], query: dict[str, str]) -> None:
    assert token_of(headers, query, legacy=True) == "t"
    assert token_of(headers, query, legacy=False) is None


def test_the_first_place_with_a_token_wins() -> None:
    places = [
        {"Authorization": 'MediaBrowser Token="1"'},
        {"X-Emby-Token": "3"},
        {"X-MediaBrowser-Token": "4"},
    ]
    queries = [{"ApiKey": "5"}, {"api_key": "6"}]
    for first in range(len(places)):
        headers = {name: value for place in places[first:] for name, value in place.items()}
        expected = ["1", "3", "4"][first]
        assert token_of(headers, queries[0] | queries[1], legacy=True) == expected
    assert token_of({}, queries[0] | queries[1], legacy=True) == "5"


def test_x_emby_authorization_counts_only_without_authorization() -> None:
    emby = {"X-Emby-Authorization": 'MediaBrowser Token="2"'}
    assert token_of(emby | {"Authorization": ""}, {}, legacy=True) == "2"
    assert token_of(emby | {"Authorization": "Bearer x"}, {}, legacy=True) is None


def test_the_empty_token_of_an_sdk_before_login_is_none() -> None:
    assert token_of({"Authorization": 'MediaBrowser Client="a", Token=""'}, {}, legacy=True) is None
    assert token_of({"Authorization": 'MediaBrowser Token=""'}, {"api_key": "t"}, legacy=True) == "t"


@given(st.dictionaries(KEYS, VALUES), st.sampled_from(['"', ""]))
def test_what_a_client_writes_is_read_back(fields: dict[str, str], mark: str) -> None:
    pairs = ", ".join(f"{key}={mark}{quote(value, safe='')}{mark}" for key, value in fields.items())
    assert parse_authorization(f"MediaBrowser {pairs}", legacy=False) == fields


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert isinstance(parse_authorization(text, legacy=True), dict)
    assert isinstance(parse_authorization(f"MediaBrowser {text}", legacy=True), dict)


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ('MediaBrowser A="x, y", B="z"', {"A": "x, y", "B": "z"}),
        ("MediaBrowser A=x y,B = z ", {"A": "x y", "B": "z"}),
        ('MediaBrowser A="1+1", a="%2B"', {"A": "1 1", "a": "+"}),
        ('MediaBrowser A="1", A="2"', {"A": "1"}),
        ("MediaBrowser", {}),
        ("Basic QTpC", {}),
        ("MediaBrowser " + "A=b," * MAX_HEADER_LENGTH, {}),
    ],
)
def test_the_grammar_of_the_header(header: str, fields: dict[str, str]) -> None:
    assert parse_authorization(header, legacy=False) == fields


def test_a_hostile_header_is_read_in_linear_time() -> None:
    for hostile in ('A="' * 2_000, "=" * 8_000, " " * 8_000, "A=" + " " * 7_900 + '"', 'A="b" ' * 1_300):
        assert len(parse_authorization(f"MediaBrowser {hostile}"[:MAX_HEADER_LENGTH], legacy=False)) <= 1


KEY = Identity.of_api_key(ApiKey("", "app", NOON))
PLAIN = Identity(
    "Ann", "a" * 32, is_administrator=False, may_change_own_image=True, credential=KEY.credential
)


@pytest.mark.parametrize(
    ("level", "identity"),
    [(Level.ANYONE, None), (Level.AUTHENTICATED, PLAIN), (Level.AUTHENTICATED, KEY), (Level.ELEVATED, KEY)],
)
def test_who_passes(level: Level, identity: Identity | None) -> None:
    authorize(level, identity)


@pytest.mark.parametrize("level", [Level.AUTHENTICATED, Level.ELEVATED])
def test_nobody_passes_where_a_token_is_needed(level: Level) -> None:
    with pytest.raises(UnauthenticatedError):
        authorize(level, None)


def test_a_plain_user_is_no_administrator() -> None:
    with pytest.raises(ForbiddenError):
        authorize(Level.ELEVATED, PLAIN)


def test_a_view_says_what_it_asks() -> None:
    def view() -> None:
        """Stand for a view."""

    assert level_of(view) is Level.ANYONE
    assert level_of(authenticated(view)) is Level.AUTHENTICATED
    assert level_of(elevated(view)) is Level.ELEVATED
