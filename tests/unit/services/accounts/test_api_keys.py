"""Keys by which programs act as administrators."""

from datetime import timedelta

import pytest

from chalicelib.domain.accounts.accounts import Device, Session, token_digest
from chalicelib.services.accounts.api_keys import ApiKeys
from tests.support.fakes.accounts import NOON, FakeClock, FakeTokens


@pytest.fixture
def tokens() -> FakeTokens:
    return FakeTokens()


@pytest.fixture
def keys(tokens: FakeTokens) -> ApiKeys:
    return ApiKeys(tokens, FakeClock())


def test_a_key_is_random_and_only_its_digest_is_kept(keys: ApiKeys, tokens: FakeTokens) -> None:
    (first, token), (_, other) = keys.create("backup"), keys.create("backup")
    assert token != other
    assert (first.digest, first.app, first.created) == (token_digest(token), "backup", NOON)
    assert token not in repr((tokens, keys.list()))


def test_a_key_is_revoked_by_its_digest_or_itself(keys: ApiKeys) -> None:
    (first, _), (_, second) = keys.create("a"), keys.create("b")
    assert keys.revoke(first.digest)
    assert keys.revoke(second)
    assert keys.list() == ()


@pytest.mark.parametrize("name", ["", "unknown", "x" * 5_000, "\ud800", "f" * 64])
def test_what_names_no_key_revokes_none(keys: ApiKeys, name: str) -> None:
    keys.create("a")
    assert not keys.revoke(name)
    assert len(keys.list()) == 1


def test_a_session_is_no_key(keys: ApiKeys, tokens: FakeTokens) -> None:
    device = Device("App", "Phone", "phone", "1.0")
    tokens.open(Session(token_digest("t"), "a" * 32, device, 0, NOON, NOON + timedelta(days=1)))
    assert not keys.revoke("t")
    assert not keys.revoke(token_digest("t"))
    assert tokens.find(token_digest("t"))
