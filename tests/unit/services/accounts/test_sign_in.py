"""A name and a password against an access token."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.accounts.accounts import Device, Policy, User, token_digest
from chalicelib.errors import ConflictError, ForbiddenError, UnauthenticatedError
from chalicelib.services.accounts.authentication import Authentication
from chalicelib.services.accounts.password_gate import PasswordGate
from chalicelib.services.accounts.sign_in import SignedIn, SignIn
from tests.support.fakes.accounts import (
    NOON,
    FakeAccounts,
    FakeClock,
    FakeLoginAttempts,
    FakePasswords,
    FakeTokens,
)

PHONE = Device("App", "Phone", "phone", "1.0")
ADDRESS = "203.0.113.7"


class Setting:
    """Root, an administrator, and Ann, whose passwords are `right`."""

    def __init__(self, accounts: FakeAccounts | None = None) -> None:
        self.clock, self.tokens, self.passwords = FakeClock(), FakeTokens(), FakePasswords()
        self.accounts = accounts or FakeAccounts()
        gate = PasswordGate(self.passwords, FakeLoginAttempts(), self.tokens, self.clock)
        self.service = SignIn(
            self.accounts, self.tokens, gate, self.passwords, self.clock, timedelta(days=30)
        )
        self.access = Authentication(self.accounts, self.tokens, self.clock)
        root = User("b" * 32, "Root", NOON, Policy(is_administrator=True), "new:right")
        self.ann = self.accounts.add(User("a" * 32, "Ann", NOON, password_hash="new:right"))
        self.accounts.add(root)

    def sign_in(self, name: str = "Ann", password: str = "right", device: Device = PHONE) -> SignedIn:
        return self.service.sign_in(name, password, device, ADDRESS)

    def is_open(self, signed_in: SignedIn) -> bool:
        return self.access.identify(signed_in.token) is not None


@pytest.fixture
def setting() -> Setting:
    return Setting()


@pytest.mark.parametrize("name", ["Ann", "ANN", "ann"])
def test_the_right_password_opens_a_session(setting: Setting, name: str) -> None:
    signed_in = setting.sign_in(name)
    assert signed_in.user == setting.accounts.find("a" * 32)
    identity = setting.access.identify(signed_in.token)
    assert identity is not None
    assert identity.user_id == "a" * 32


def test_a_token_is_random_and_only_its_digest_is_kept(setting: Setting) -> None:
    first, second = setting.sign_in(), setting.sign_in(device=replace(PHONE, id="other"))
    assert first.token != second.token
    assert len(first.token) == 32
    assert set(setting.tokens.sessions) == {token_digest(first.token), token_digest(second.token)}
    assert first.token not in repr((first, setting.tokens.sessions))


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("Ann", "wrong"),
        ("Ann", ""),
        ("Nobody", "right"),
        ("", ""),
        ("x" * 100_000, "right"),
        ("\ud800", "\ud800"),
    ],
)
def test_every_failure_looks_the_same_and_costs_one_check(setting: Setting, name: str, password: str) -> None:
    with pytest.raises(UnauthenticatedError, match=r"^The user name or the password is wrong\.$"):
        setting.sign_in(name, password)
    assert len(setting.passwords.checks) == 1
    assert setting.tokens.sessions == {}


def test_a_user_without_a_password_cannot_sign_in(setting: Setting) -> None:
    setting.accounts.save(replace(setting.ann, password_hash=""))
    with pytest.raises(UnauthenticatedError):
        setting.sign_in(password="")


def test_that_a_user_is_disabled_is_told_only_to_who_knows_the_password(setting: Setting) -> None:
    setting.accounts.save(replace(setting.ann, policy=Policy(is_disabled=True)))
    with pytest.raises(UnauthenticatedError):
        setting.sign_in(password="wrong")
    with pytest.raises(ForbiddenError):
        setting.sign_in()
    assert setting.tokens.sessions == {}


def test_the_session_before_on_the_same_device_ends(setting: Setting) -> None:
    first = setting.sign_in()
    second = setting.sign_in()
    assert not setting.is_open(first)
    assert setting.is_open(second)


def test_sessions_on_other_devices_and_of_other_users_go_on(setting: Setting) -> None:
    sessions = [setting.sign_in(), setting.sign_in(device=replace(PHONE, id="tv")), setting.sign_in("Root")]
    assert all(setting.is_open(session) for session in sessions)


def test_a_session_can_be_closed(setting: Setting) -> None:
    signed_in = setting.sign_in()
    setting.service.sign_out(signed_in.session)
    assert not setting.is_open(signed_in)


def test_a_session_ends_by_itself(setting: Setting) -> None:
    signed_in = setting.sign_in()
    setting.clock.advance(days=30, seconds=-1)
    assert setting.is_open(signed_in)
    setting.clock.advance(seconds=1)
    assert not setting.is_open(signed_in)


def test_the_time_of_the_login_is_recorded(setting: Setting) -> None:
    setting.clock.advance(hours=1)
    assert setting.sign_in().user.last_login == NOON + timedelta(hours=1)


def test_a_hash_of_old_parameters_is_made_anew(setting: Setting) -> None:
    setting.accounts.save(replace(setting.ann, password_hash="old:right"))
    assert setting.sign_in().user.password_hash == "new:right"
    assert setting.accounts.users["a" * 32].password_hash == "new:right"


class PasswordChanges(FakeAccounts):
    """Accounts of which Ann's password changes just before the login is recorded."""

    def save(self, user: User) -> User:
        found = self.users[user.id]
        self.users[user.id] = replace(found, generation=1, password_hash="new:other", version=9)
        message = "changed meanwhile"
        raise ConflictError(message)


def test_a_login_that_meets_a_change_of_the_password_does_not_undo_it() -> None:
    setting = Setting(PasswordChanges())
    signed_in = setting.sign_in()
    assert setting.accounts.users["a" * 32].password_hash == "new:other"
    assert not setting.is_open(signed_in)
