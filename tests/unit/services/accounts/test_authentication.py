"""From a token to an identity."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.accounts.accounts import ApiKey, Device, Policy, Session, User, token_digest
from chalicelib.services.accounts.authentication import MAX_TOKEN_LENGTH, Authentication
from tests.support.fakes.accounts import NOON, FakeAccounts, FakeClock, FakeTokens

USER = User("a" * 32, "Ann", NOON)
DEVICE = Device("Web", "Firefox", "d1", "1.0")


class Setting:
    """Ann, signed in with the token `t`, and the API key `k`."""

    def __init__(self) -> None:
        self.clock, self.accounts, self.tokens = FakeClock(), FakeAccounts(), FakeTokens()
        self.accounts.add(USER)
        self.tokens.open(Session(token_digest("t"), USER.id, DEVICE, 0, NOON, NOON + timedelta(days=1)))
        self.tokens.add_key(ApiKey(token_digest("k"), "backup", NOON))
        self.access = Authentication(self.accounts, self.tokens, self.clock)

    def change(self, **changes: object) -> None:
        self.accounts.save(replace(self.accounts.users[USER.id], **changes))  # type: ignore[arg-type]  # any field


@pytest.fixture
def setting() -> Setting:
    return Setting()


def test_a_token_stands_for_its_user(setting: Setting) -> None:
    identity = setting.access.identify("t")
    assert identity is not None
    assert (identity.user_id, identity.name, identity.is_administrator) == (USER.id, "Ann", False)


def test_an_api_key_stands_for_an_administrator(setting: Setting) -> None:
    identity = setting.access.identify("k")
    assert identity is not None
    assert (identity.user_id, identity.name, identity.is_administrator) == (None, "backup", True)


def test_a_limited_key_stands_for_no_administrator(setting: Setting) -> None:
    setting.tokens.add_key(ApiKey(token_digest("l"), "frame", NOON, is_administrator=False))
    identity = setting.access.identify("l")
    assert identity is not None
    assert (identity.is_administrator, identity.may_act_for(USER.id)) == (False, False)


def test_a_key_ends_at_its_time(setting: Setting) -> None:
    setting.tokens.add_key(ApiKey(token_digest("e"), "guest", NOON, expires=NOON + timedelta(days=1)))
    setting.clock.advance(hours=23)
    assert setting.access.identify("e") is not None
    setting.clock.advance(hours=1)
    assert setting.access.identify("e") is None


@pytest.mark.parametrize("token", [None, "", "unknown", "T", "\ud800"])
def test_any_other_token_is_anonymous(setting: Setting, token: str | None) -> None:
    assert setting.access.identify(token) is None


def test_a_huge_token_is_not_looked_up(setting: Setting) -> None:
    assert setting.access.identify("x" * (MAX_TOKEN_LENGTH + 1)) is None
    assert setting.tokens.reads == 0


def test_the_stored_digest_is_no_token(setting: Setting) -> None:
    assert setting.access.identify(token_digest("t")) is None


def test_an_expired_session_is_anonymous(setting: Setting) -> None:
    setting.clock.advance(days=1)
    assert setting.access.identify("t") is None


@pytest.mark.parametrize("changes", [{"generation": 1}, {"policy": Policy(is_disabled=True)}])
def test_revoking_takes_effect_at_the_next_request(setting: Setting, changes: dict[str, object]) -> None:
    setting.accounts.add(replace(USER, id="b" * 32, name="Root", policy=Policy(is_administrator=True)))
    assert setting.access.identify("t") is not None
    setting.change(**changes)
    assert setting.access.identify("t") is None


def test_a_promotion_takes_effect_at_the_next_request(setting: Setting) -> None:
    setting.change(policy=Policy(is_administrator=True))
    identity = setting.access.identify("t")
    assert identity is not None
    assert identity.is_administrator


def test_a_token_of_a_removed_user_is_anonymous(setting: Setting) -> None:
    setting.accounts.add(replace(USER, id="b" * 32, name="Root", policy=Policy(is_administrator=True)))
    setting.accounts.remove(setting.accounts.users[USER.id], None)
    assert setting.access.identify("t") is None
