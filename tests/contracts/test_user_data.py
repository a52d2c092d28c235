"""What the services rely on in any store of what users did, the fake one and DynamoDB alike."""

from dataclasses import replace

import pytest

from chalicelib.domain.library.user_data import UNTOUCHED, UserData
from chalicelib.errors import ConflictError
from chalicelib.services.library.ports import UserDataStore
from tests.support.fakes.library import FakeUserData

ANN, BOB = "a" * 32, "b" * 32
PLAYED = UserData(is_played=True, play_count=2, last_played="2026-11-22T12:00:00+00:00")
FULL = replace(PLAYED, is_favourite=True, likes=False, rating=0.0, position_ticks=7)


@pytest.fixture(params=["fake", pytest.param("dynamodb", marks=pytest.mark.emulator)])
def store(request: pytest.FixtureRequest) -> UserDataStore:
    if request.param == "fake":
        return FakeUserData()
    request.getfixturevalue("table")
    from chalicelib.adapters.dynamodb.library.user_data import DynamoUserData  # noqa: PLC0415  # only where it is there

    return DynamoUserData()


def test_what_was_done_is_found_as_it_was_saved(store: UserDataStore) -> None:
    store.save(ANN, "1", UNTOUCHED, FULL)
    store.save(ANN, "2", UNTOUCHED, PLAYED)
    assert store.find(ANN, ["1", "2", "3", "1"]) == {"1": FULL, "2": PLAYED}
    assert store.all(ANN) == {"1": FULL, "2": PLAYED}


def test_each_user_has_its_own(store: UserDataStore) -> None:
    store.save(ANN, "1", UNTOUCHED, FULL)
    assert store.all(BOB) == store.find(BOB, ["1"]) == {}


def test_of_two_writers_one_learns_of_the_other(store: UserDataStore) -> None:
    store.save(ANN, "1", UNTOUCHED, PLAYED)
    with pytest.raises(ConflictError):
        store.save(ANN, "1", UNTOUCHED, FULL)
    store.save(ANN, "1", PLAYED, FULL)
    with pytest.raises(ConflictError):
        store.save(ANN, "1", PLAYED, FULL)
    assert store.find(ANN, ["1"]) == {"1": FULL}


def test_what_was_taken_back_can_be_done_again(store: UserDataStore) -> None:
    store.save(ANN, "1", UNTOUCHED, PLAYED)
    store.save(ANN, "1", PLAYED, UNTOUCHED)
    assert store.find(ANN, ["1"]).get("1", UNTOUCHED) == UNTOUCHED
    store.save(ANN, "1", UNTOUCHED, FULL)
    assert store.all(ANN) == {"1": FULL}


def test_many_are_written_at_once(store: UserDataStore) -> None:
    data = {f"{number}": replace(PLAYED, play_count=number) for number in range(1, 131)}
    store.save(ANN, "1", UNTOUCHED, FULL)
    store.save_many(ANN, data)
    assert store.all(ANN) == data
