"""Rules about users, sessions and identities."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.accounts.accounts import (
    ApiKey,
    Device,
    Identity,
    Policy,
    Session,
    User,
    folded_name,
    token_digest,
)
from tests.support.fakes.accounts import NOON

USER = User("a" * 32, "Ann", NOON)
SESSION = Session("digest", USER.id, Device("Web", "Firefox", "d1", "1.0"), 0, NOON, NOON + timedelta(days=1))


def test_a_session_is_valid_for_its_user() -> None:
    assert SESSION.is_valid_for(USER, NOON)


@pytest.mark.parametrize(
    "user",
    [
        replace(USER, generation=1),
        replace(USER, policy=Policy(is_disabled=True)),
        replace(USER, id="b" * 32),
    ],
    ids=["revoked", "disabled", "another user"],
)
def test_a_session_is_valid_for_nobody_else(user: User) -> None:
    assert not SESSION.is_valid_for(user, NOON)


def test_a_session_ends_at_its_expiry() -> None:
    assert SESSION.is_valid_for(USER, SESSION.expires - timedelta(microseconds=1))
    assert not SESSION.is_valid_for(USER, SESSION.expires)


def test_a_plain_user_acts_for_itself_only() -> None:
    identity = Identity.of_user(USER, SESSION)
    assert identity.may_act_for(USER.id)
    assert not identity.may_act_for("b" * 32)


def test_an_administrator_acts_for_anybody() -> None:
    assert Identity.of_user(replace(USER, policy=Policy(is_administrator=True)), SESSION).may_act_for(
        "b" * 32
    )


def test_an_api_key_is_an_administrator_without_a_user() -> None:
    identity = Identity.of_api_key(ApiKey("digest", "backup", NOON))
    assert (identity.is_administrator, identity.is_api_key, identity.user_id) == (True, True, None)


@pytest.mark.parametrize(
    ("is_administrator", "preference", "may"),
    [(True, False, True), (False, False, False), (False, True, True)],
)
def test_who_may_change_their_own_image(*, is_administrator: bool, preference: bool, may: bool) -> None:
    policy = Policy(is_administrator=is_administrator, enable_user_preference_access=preference)
    assert Identity.of_user(replace(USER, policy=policy), SESSION).may_change_own_image is may


def test_a_printed_account_shows_no_secret() -> None:
    user = replace(USER, password_hash="$argon2id$hash")
    assert "argon2id" not in repr(user)
    assert "digest" not in repr(Identity.of_user(user, SESSION))
    assert "'digest'" not in repr(SESSION)


def test_a_token_is_kept_as_its_sha_256() -> None:
    assert token_digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize("name", ["straße", "STRASSE", " Strasse ", "\uff33trasse"])
def test_names_are_one_whatever_their_letter_case_and_unicode_form(name: str) -> None:
    assert folded_name(name) == "strasse"
