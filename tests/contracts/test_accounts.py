"""What the services rely on in any store of accounts and tokens, the fake one and DynamoDB alike."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from chalicelib.domain.accounts.accounts import ApiKey, Device, Policy, Session, User
from chalicelib.domain.accounts.configuration import UserConfiguration
from chalicelib.domain.accounts.preferences import DisplayPreferences, PreferencesKey
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.errors import ConflictError, LastAdministratorError, NameTakenError
from chalicelib.services.accounts.ports import Accounts, Preferences, Tokens
from tests.support.fakes.accounts import NOON, FakeAccounts, FakePreferences, FakeTokens

ROOT = User("a" * 32, "Root", NOON, Policy(is_administrator=True), "hash")
ANN = User("b" * 32, "Änn", NOON)
PHONE = Device("App", "Phone", "x" * 2_000, "1.0")
KEY = PreferencesKey(ANN.id, "emby", "d" * 32)
TELEVISION = replace(PHONE, name="Television", id="tv")


@dataclass
class Stores:
    """Both ports over the same store, and its view of a user's image list."""

    accounts: Accounts
    tokens: Tokens
    preferences: Preferences
    images: Callable[[str], OwnerImages | None]


def fake_stores() -> Stores:
    tokens = FakeTokens()
    preferences = FakePreferences()
    accounts = FakeAccounts(sessions=tokens, preferences=preferences)
    return Stores(
        accounts, tokens, preferences, lambda user_id: accounts.catalog.find(OwnerKey.user(user_id))
    )


def dynamodb_stores() -> Stores:
    from chalicelib.adapters.dynamodb.accounts.accounts import DynamoAccounts  # noqa: PLC0415  # only where it is there
    from chalicelib.adapters.dynamodb.accounts.preferences import DynamoPreferences  # noqa: PLC0415
    from chalicelib.adapters.dynamodb.accounts.tokens import DynamoTokens  # noqa: PLC0415
    from chalicelib.adapters.dynamodb.images.catalog import DynamoImageCatalog  # noqa: PLC0415

    catalog = DynamoImageCatalog()
    return Stores(
        DynamoAccounts(),
        DynamoTokens(),
        DynamoPreferences(),
        lambda user_id: catalog.find(OwnerKey.user(user_id)),
    )


@pytest.fixture(params=["fake", pytest.param("dynamodb", marks=pytest.mark.emulator)])
def stores(request: pytest.FixtureRequest) -> Stores:
    if request.param == "fake":
        return fake_stores()
    request.getfixturevalue("table")
    return dynamodb_stores()


def session(digest: str, user: User = ANN, device: Device = PHONE) -> Session:
    return Session(digest, user.id, device, user.generation, NOON, NOON + timedelta(days=1))


def test_a_user_is_found_as_it_was_added(stores: Stores) -> None:
    user = replace(ANN, password_hash="h", generation=3, last_login=NOON, policy=Policy(is_hidden=False))
    added = stores.accounts.add(user)
    assert stores.accounts.find(ANN.id) == added == user
    assert added.version == 1


def test_a_user_comes_with_an_empty_image_list(stores: Stores) -> None:
    stores.accounts.add(ANN)
    assert stores.images(ANN.id) == OwnerImages(OwnerKey.user(ANN.id), ANN.name)


@pytest.mark.parametrize("name", ["änn", "ÄNN", "A\u0308nn"])
def test_a_user_is_found_by_name_in_any_form(stores: Stores, name: str) -> None:
    stores.accounts.add(ANN)
    assert stores.accounts.find_named(name) == ANN


def test_an_unknown_user_is_not_found(stores: Stores) -> None:
    assert stores.accounts.find(ANN.id) is None
    assert stores.accounts.find_named("Ann") is None
    assert stores.accounts.list() == ()


def test_a_name_belongs_to_one_user(stores: Stores) -> None:
    stores.accounts.add(ANN)
    with pytest.raises(NameTakenError):
        stores.accounts.add(replace(ANN, id="c" * 32, name="ÄNN"))
    assert stores.accounts.find("c" * 32) is None
    assert stores.images("c" * 32) is None


def test_users_are_listed_by_name(stores: Stores) -> None:
    for number, name in enumerate(["zoe", "Bob", "adam"]):
        stores.accounts.add(replace(ANN, id=f"{number:032}", name=name))
    assert [user.name for user in stores.accounts.list()] == ["adam", "Bob", "zoe"]


def test_a_saved_user_has_the_next_version(stores: Stores) -> None:
    saved = stores.accounts.save(replace(stores.accounts.add(ANN), generation=1))
    assert stores.accounts.find(ANN.id) == saved
    assert (saved.generation, saved.version) == (1, 2)


def test_of_two_writers_one_learns_of_the_other(stores: Stores) -> None:
    added = stores.accounts.add(ANN)
    stores.accounts.save(replace(added, generation=1))
    with pytest.raises(ConflictError):
        stores.accounts.save(replace(added, generation=2))
    with pytest.raises(ConflictError):
        stores.accounts.remove(added, None)


def test_a_removed_user_cannot_be_saved(stores: Stores) -> None:
    added = stores.accounts.add(ANN)
    stores.accounts.remove(added, None)
    with pytest.raises(ConflictError):
        stores.accounts.save(added)


@pytest.mark.parametrize("policy", [Policy(), Policy(is_administrator=True, is_disabled=True)])
def test_the_last_administrator_stays_one(stores: Stores, policy: Policy) -> None:
    root = stores.accounts.add(ROOT)
    stores.accounts.add(ANN)
    with pytest.raises(LastAdministratorError):
        stores.accounts.save(replace(root, policy=policy))
    with pytest.raises(LastAdministratorError):
        stores.accounts.remove(root, stores.images(ROOT.id))
    assert stores.accounts.find(ROOT.id) == root


def test_the_last_but_one_administrator_may_go(stores: Stores) -> None:
    root, ann = stores.accounts.add(ROOT), stores.accounts.add(ANN)
    stores.accounts.save(replace(ann, policy=Policy(is_administrator=True)))
    stores.accounts.remove(root, stores.images(ROOT.id))
    assert stores.accounts.list() == (stores.accounts.find(ANN.id),)


def test_nothing_is_left_of_a_removed_user(stores: Stores) -> None:
    stores.tokens.open(session("1"))
    stores.tokens.open(session("2", device=TELEVISION))
    ann = stores.accounts.add(ANN)
    stores.accounts.remove(ann, stores.images(ANN.id))
    assert (stores.accounts.find(ANN.id), stores.images(ANN.id)) == (None, None)
    assert (stores.tokens.find("1"), stores.tokens.find("2")) == (None, None)
    assert stores.accounts.add(replace(ANN, id="c" * 32)).name == ANN.name


def test_preferences_are_kept_per_user_client_and_id_and_the_last_writer_wins(stores: Stores) -> None:
    for key in (
        KEY,
        replace(KEY, user_id=ROOT.id),
        replace(KEY, client="ä" * 300),
        replace(KEY, id="e" * 32),
    ):
        assert stores.preferences.find(key) is None
        stores.preferences.save(key, DisplayPreferences())
        kept = DisplayPreferences(sort_by=key.client, custom={"Ä": "1", "none": None, "": ""})
        stores.preferences.save(key, kept)
        assert stores.preferences.find(key) == kept


def test_preferences_go_with_their_user(stores: Stores) -> None:
    stores.preferences.save(KEY, DisplayPreferences())
    stores.preferences.save(replace(KEY, user_id=ROOT.id), DisplayPreferences())
    ann = stores.accounts.add(ANN)
    stores.accounts.remove(ann, stores.images(ANN.id))
    assert stores.preferences.find(KEY) is None
    assert stores.preferences.find(replace(KEY, user_id=ROOT.id)) is not None


def test_a_session_is_found_as_it_was_opened(stores: Stores) -> None:
    stores.tokens.open(session("1"))
    assert stores.tokens.find("1") == session("1")
    assert stores.tokens.find("2") is None


def test_a_new_session_on_a_device_ends_the_one_before(stores: Stores) -> None:
    stores.tokens.open(session("1"))
    stores.tokens.open(session("2"))
    stores.tokens.open(session("3"))
    assert [stores.tokens.find(digest) is not None for digest in "123"] == [False, False, True]


def test_other_devices_and_other_users_keep_their_sessions(stores: Stores) -> None:
    stores.tokens.open(session("1"))
    stores.tokens.open(session("2", device=TELEVISION))
    stores.tokens.open(session("3", user=ROOT))
    assert all(stores.tokens.find(digest) for digest in "123")


def test_a_closed_session_is_gone_and_its_device_can_sign_in_again(stores: Stores) -> None:
    stores.tokens.open(session("1"))
    stores.tokens.close(session("1"))
    stores.tokens.close(session("1"))
    assert stores.tokens.find("1") is None
    stores.tokens.open(session("2"))
    assert stores.tokens.find("2") is not None


def test_a_device_is_known_once_its_user_has_signed_in_there(stores: Stores) -> None:
    assert not stores.tokens.knows_device(ANN.id, PHONE.id)
    stores.tokens.open(session("1"))
    stores.tokens.close(session("1"))
    assert stores.tokens.knows_device(ANN.id, PHONE.id)
    assert not stores.tokens.knows_device(ROOT.id, PHONE.id)
    assert not stores.tokens.knows_device(ANN.id, TELEVISION.id)


def test_a_session_is_renewed_only_while_it_is_open(stores: Stores) -> None:
    stores.tokens.open(session("1"))
    stores.tokens.renew(replace(session("1"), generation=7))
    assert stores.tokens.find("1") == replace(session("1"), generation=7)
    stores.tokens.renew(session("2"))
    assert stores.tokens.find("2") is None


def test_an_api_key_is_found_and_listed_until_it_is_removed(stores: Stores) -> None:
    later = NOON + timedelta(hours=1)
    newer = ApiKey("1", "b", later, is_administrator=False, expires=later + timedelta(days=7))
    older = ApiKey("2", "a", NOON)
    stores.tokens.add_key(newer)
    stores.tokens.add_key(older)
    stores.tokens.add_key(older)
    assert stores.tokens.find("1") == newer
    assert stores.tokens.keys() == (older, newer)
    assert stores.tokens.remove_key("1")
    assert not stores.tokens.remove_key("1")
    assert (stores.tokens.find("1"), stores.tokens.keys()) == (None, (older,))


def test_a_session_is_no_api_key(stores: Stores) -> None:
    stores.tokens.open(session("1"))
    assert not stores.tokens.remove_key("1")
    assert stores.tokens.find("1") is not None


def test_how_a_user_likes_things_is_kept(stores: Stores) -> None:
    likes = UserConfiguration(subtitle_mode="Always", ordered_views=("a", "b"), cast_receiver_id="x")
    kept = stores.accounts.save(replace(stores.accounts.add(ANN), configuration=likes))
    assert stores.accounts.find(ANN.id) == kept
    assert kept.configuration == likes
    plain = stores.accounts.save(replace(kept, configuration=UserConfiguration()))
    assert stores.accounts.find(ANN.id) == plain
    stores.accounts.remove(plain, stores.images(ANN.id))
