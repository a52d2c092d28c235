"""The first administrator and the first key."""

import pytest

from chalicelib.domain.accounts.accounts import User
from chalicelib.errors import InvalidInputError
from chalicelib.services.accounts.authentication import Authentication
from chalicelib.services.accounts.bootstrap import Bootstrap
from tests.support.fakes.accounts import NOON, FakeAccounts, FakeClock, FakePasswords, FakeTokens


class Setting:
    """An empty service."""

    def __init__(self) -> None:
        self.accounts, self.tokens, self.passwords = FakeAccounts(), FakeTokens(), FakePasswords()
        self.bootstrap = Bootstrap(self.accounts, self.tokens, self.passwords, FakeClock())
        self.access = Authentication(self.accounts, self.tokens, FakeClock())


@pytest.fixture
def setting() -> Setting:
    return Setting()


def test_an_administrator_and_a_key_come_into_being(setting: Setting) -> None:
    made = setting.bootstrap.run("admin", app="operator")
    assert setting.passwords.check(made.user.password_hash, made.password).is_right
    assert made.user.policy.is_administrator
    identity = setting.access.identify(made.api_key)
    assert identity is not None
    assert identity.is_api_key


def test_no_two_deployments_share_a_secret() -> None:
    first, second = (Setting().bootstrap.run("admin", app="operator") for _ in range(2))
    assert first.password != second.password
    assert first.api_key != second.api_key
    assert len(first.password) >= 24
    assert len(first.api_key) == 32


def test_running_again_changes_nothing(setting: Setting) -> None:
    made = setting.bootstrap.run("admin", app="operator")
    again = setting.bootstrap.run("Admin", app="operator", password="other", api_key=made.api_key)
    assert (again.user, again.password, again.api_key) == (made.user, "", made.api_key)
    assert len(setting.tokens.api_keys) == 1


def test_what_is_given_is_used(setting: Setting) -> None:
    made = setting.bootstrap.run("admin", app="operator", password="given", api_key="k" * 32)
    assert setting.passwords.check(made.user.password_hash, "given").is_right
    assert setting.access.identify("k" * 32) is not None


def test_a_key_that_can_be_guessed_is_refused(setting: Setting) -> None:
    with pytest.raises(InvalidInputError, match="shorter than 32"):
        setting.bootstrap.run("admin", app="operator", api_key="admin")


def test_secrets_are_not_printed(setting: Setting) -> None:
    made = setting.bootstrap.run("admin", app="operator")
    assert made.password not in repr(made)
    assert made.api_key not in repr(made)


@pytest.mark.parametrize("name", ["", "a/b", "x" * 65])
def test_a_name_that_nobody_can_sign_in_with_is_refused(setting: Setting, name: str) -> None:
    with pytest.raises(InvalidInputError):
        setting.bootstrap.run(name, app="operator")
    assert not setting.accounts.users
    assert not setting.tokens.api_keys


def test_a_plain_user_of_the_name_is_not_taken_for_the_administrator(setting: Setting) -> None:
    setting.accounts.add(User("a" * 32, "admin", NOON))
    with pytest.raises(InvalidInputError, match="cannot administer"):
        setting.bootstrap.run("admin", app="operator")
