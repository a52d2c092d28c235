"""Users made, changed and removed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.accounts.accounts import (
    MAX_PASSWORD_LENGTH,
    ApiKey,
    Device,
    Identity,
    Policy,
    Session,
    User,
    token_digest,
)
from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageFacts, ImageType, OwnerImages, StoredImage
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.errors import (
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    LastAdministratorError,
    NameTakenError,
    NotFoundError,
    TooManyAttemptsError,
)
from chalicelib.services.accounts.authentication import Authentication
from chalicelib.services.accounts.password_gate import PAIR, PasswordGate
from chalicelib.services.accounts.users import Users
from tests.support.fakes.accounts import (
    NOON,
    FakeAccounts,
    FakeClock,
    FakeLoginAttempts,
    FakePasswords,
    FakeTokens,
)
from tests.support.fakes.catalog import FakeImageCatalog
from tests.support.fakes.queue import FakeOriginalsQueue

ADMINISTRATOR = Policy(is_administrator=True)
ADDRESS = "203.0.113.7"
KEY = Identity.of_api_key(ApiKey("digest", "app", NOON))


class Setting:
    """Root, an administrator, and Ann, whose passwords are `right`; Ann is signed in as `token` and `other`."""

    def __init__(self) -> None:
        self.clock, self.tokens, self.passwords = FakeClock(), FakeTokens(), FakePasswords()
        self.catalog, self.queue = FakeImageCatalog(), FakeOriginalsQueue()
        self.accounts = FakeAccounts(catalog=self.catalog, sessions=self.tokens)
        gate = PasswordGate(self.passwords, FakeLoginAttempts(), self.tokens, self.clock)
        self.users = Users(
            self.accounts, self.tokens, gate, self.passwords, self.catalog, self.queue, self.clock, 4
        )
        self.access = Authentication(self.accounts, self.tokens, self.clock)
        self.root = self.accounts.add(User("b" * 32, "Root", NOON, ADMINISTRATOR, "new:right"))
        self.ann = self.accounts.add(User("a" * 32, "Ann", NOON, password_hash="new:right"))
        for token in ("token", "other"):
            self.open(token, self.ann)
        self.open("root", self.root)

    def open(self, token: str, user: User) -> None:
        device = Device("App", "Phone", token, "1.0")
        self.tokens.open(Session(token_digest(token), user.id, device, 0, NOON, NOON + timedelta(days=1)))

    def identity(self, token: str) -> Identity:
        identity = self.access.identify(token)
        assert identity is not None
        return identity

    def has_password(self, user_id: str, password: str) -> bool:
        return self.passwords.check(self.accounts.users[user_id].password_hash, password).is_right

    def change(self, token: str, user_id: str, current: str, new: str) -> None:
        self.users.change_password(self.identity(token), user_id, current, new, ADDRESS)


@pytest.fixture
def setting() -> Setting:
    return Setting()


def test_a_new_user_is_plain_hidden_and_enabled(setting: Setting) -> None:
    made = setting.users.create("Bob", "secret")
    assert made.policy == Policy(is_administrator=False, is_hidden=True, is_disabled=False)
    assert setting.has_password(made.id, "secret")
    assert setting.catalog.find(OwnerKey.user(made.id)) == OwnerImages(OwnerKey.user(made.id), "Bob")


@pytest.mark.parametrize(
    "name", ["", " ", "\n", "a\nb", "<b>", "a/b", "x" * 65, "\ud800", "a\u200bb", "\ufdfa" * 64]
)
def test_a_name_that_is_none_is_refused(setting: Setting, name: str) -> None:
    with pytest.raises(InvalidInputError, match="A name has") as refusal:
        setting.users.create(name, "secret")
    assert refusal.value.field == "Name"


@pytest.mark.parametrize("name", ["Änn", "A\u0308nn", "安", "a.b-c_d'e@f+g h", "x" * 64])
def test_a_name_may_be_of_any_language(setting: Setting, name: str) -> None:
    assert setting.users.create(name, "secret").name == name


def test_a_name_is_taken_in_any_letter_case(setting: Setting) -> None:
    with pytest.raises(NameTakenError):
        setting.users.create("ANN", "secret")


@pytest.mark.parametrize("length", [1, 3, MAX_PASSWORD_LENGTH + 1])
def test_the_length_of_a_password_is_bounded(setting: Setting, length: int) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        setting.users.create("Bob", "x" * length)
    assert refusal.value.field == "Password"
    assert setting.accounts.find_named("Bob") is None


def test_a_user_may_be_made_without_a_password(setting: Setting) -> None:
    assert setting.users.create("Bob", "").password_hash == ""


def test_an_unknown_user_is_not_found(setting: Setting) -> None:
    for call in (setting.users.find, setting.users.remove):
        with pytest.raises(NotFoundError):
            call("c" * 32)


def test_hidden_users_are_seen_by_administrators_and_themselves(setting: Setting) -> None:
    def names(identity: Identity | None) -> list[str]:
        return [user.name for user in setting.users.seen_by(identity)]

    assert names(None) == []
    assert names(setting.identity("token")) == ["Ann"]
    assert names(setting.identity("root")) == names(KEY) == ["Ann", "Root"]
    setting.users.set_policy(setting.root.id, lambda policy: replace(policy, is_hidden=False))
    assert names(None) == ["Root"]
    assert names(setting.identity("token")) == ["Ann", "Root"]


def test_a_user_changes_its_own_password_and_stays_signed_in_here_only(setting: Setting) -> None:
    setting.change("token", setting.ann.id, "right", "better")
    assert setting.has_password(setting.ann.id, "better")
    assert setting.access.identify("token") is not None
    assert setting.access.identify("other") is None


def test_the_wrong_current_password_changes_nothing(setting: Setting) -> None:
    with pytest.raises(ForbiddenError):
        setting.change("token", setting.ann.id, "wrong", "better")
    assert setting.has_password(setting.ann.id, "right")
    assert setting.access.identify("other") is not None


def test_a_stolen_token_does_not_let_passwords_be_guessed_faster(setting: Setting) -> None:
    for _ in range(PAIR.free):
        with pytest.raises(ForbiddenError):
            setting.change("token", setting.ann.id, "wrong", "better")
    with pytest.raises(TooManyAttemptsError):
        setting.change("token", setting.ann.id, "right", "better")


@pytest.mark.parametrize("user_id", ["b" * 32, "c" * 32])
def test_a_user_changes_nobody_elses_password_and_learns_of_nobody(setting: Setting, user_id: str) -> None:
    with pytest.raises(ForbiddenError):
        setting.change("token", user_id, "right", "better")
    with pytest.raises(ForbiddenError):
        setting.users.reset_password(setting.identity("token"), user_id)


@pytest.mark.parametrize("token", ["root", None])
def test_an_administrator_sets_another_users_password_and_ends_its_sessions(
    setting: Setting, token: str | None
) -> None:
    identity = setting.identity(token) if token else KEY
    setting.users.change_password(identity, setting.ann.id, "", "better", ADDRESS)
    assert setting.has_password(setting.ann.id, "better")
    assert setting.access.identify("token") is None
    assert setting.access.identify("root") is not None


def test_an_administrator_too_needs_its_own_current_password(setting: Setting) -> None:
    with pytest.raises(ForbiddenError):
        setting.change("root", setting.root.id, "", "better")


def test_a_new_password_is_checked_for_its_length(setting: Setting) -> None:
    with pytest.raises(InvalidInputError, match="at least 4"):
        setting.change("token", setting.ann.id, "right", "")


def test_an_administrator_takes_a_password_away(setting: Setting) -> None:
    setting.users.reset_password(KEY, setting.ann.id)
    assert setting.accounts.users[setting.ann.id].password_hash == ""
    assert setting.access.identify("token") is None


@pytest.mark.parametrize(("token", "user"), [("token", "ann"), ("root", "root")])
def test_nobody_takes_its_own_password_away(setting: Setting, token: str, user: str) -> None:
    with pytest.raises(ForbiddenError):
        setting.users.reset_password(setting.identity(token), getattr(setting, user).id)


def test_disabling_a_user_ends_its_sessions(setting: Setting) -> None:
    setting.users.set_policy(setting.ann.id, lambda policy: replace(policy, is_disabled=True))
    assert setting.access.identify("token") is None


@pytest.mark.parametrize(
    "change", [lambda p: replace(p, is_administrator=False), lambda p: replace(p, is_disabled=True)]
)
def test_the_last_administrator_stays(setting: Setting, change: Callable[[Policy], Policy]) -> None:
    with pytest.raises(LastAdministratorError):
        setting.users.set_policy(setting.root.id, change)
    with pytest.raises(LastAdministratorError):
        setting.users.remove(setting.root.id)


def with_image(setting: Setting) -> StoredImage:
    owner = OwnerKey.user(setting.ann.id)
    facts = ImageFacts(ImageFormat.PNG, 8, 8)
    image = StoredImage(ImageType.PRIMARY, "f" * 32, "originals/ff", 99, facts, NOON)
    rows = setting.catalog.find(owner)
    assert rows is not None
    setting.catalog.claim(image.original, owner, NOON)
    setting.catalog.save(Change(rows.with_image(image)))
    return image


def test_a_removed_user_takes_its_image_and_sessions_along(setting: Setting) -> None:
    image = with_image(setting)
    setting.users.remove(setting.ann.id)
    assert setting.accounts.find(setting.ann.id) is None
    assert setting.catalog.find(OwnerKey.user(setting.ann.id)) is None
    assert setting.queue.messages == [image.original]
    assert setting.access.identify("token") is None


class UploadComesBetween(FakeAccounts):
    """Accounts whose first removal meets an upload."""

    met = False

    def remove(self, user: User, images: OwnerImages | None) -> None:
        if not self.met:
            self.met = True
            message = "changed meanwhile"
            raise ConflictError(message)
        super().remove(user, images)


def test_a_removal_that_meets_an_upload_is_repeated(setting: Setting) -> None:
    accounts = UploadComesBetween(setting.accounts.users, setting.catalog, setting.tokens)
    replace(setting.users, accounts=accounts).remove(setting.ann.id)
    assert accounts.find(setting.ann.id) is None
