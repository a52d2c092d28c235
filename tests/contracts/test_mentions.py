"""What any library keeps of mentions: who mentions a named item, in order, and which names a library mentions."""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.library.items import Item, ItemType, Mention
from chalicelib.domain.library.listings import Listing, Window
from chalicelib.domain.library.mentions import mentioning_listing, names_listing, tag_id
from chalicelib.domain.library.metadata import Metadata
from chalicelib.errors import BusyError, ConflictError
from tests.contracts.test_library import Stores, dynamodb_stores, listed, made, unique
from tests.contracts.test_library import stores as stores  # noqa: PLC0414  # the fixture
from tests.support.fakes.library import FakeLibrary

MOVIE, SERIES, GENRE = ItemType.MOVIE, ItemType.SERIES, ItemType.GENRE
ALL = Window(0, 99)


def genre(stores: Stores, name: str) -> Item:
    return stores.library.add(made(GENRE, unique(name)))


def shelf(stores: Stores) -> Item:
    return stores.library.add(made(ItemType.COLLECTION_FOLDER, "Films"))


def about(*genres: Item) -> tuple[Mention, ...]:
    return tuple(Mention(its.name, its.id) for its in genres)


def remove(stores: Stores, *items: Item) -> None:
    for item in items:
        stores.library.remove(item, stores.images(item))


def names(stores: Stores, top: Item, kind: str = "") -> list[str]:
    found, total = listed(stores, ALL, names_listing(top.id, GENRE, kind))
    assert len(found) == total
    return found


def counted(stores: Stores, named: Item, top: Item) -> dict[str, int]:
    found = stores.library.mention_counts([named.id])
    assert found is not None
    return {kind: count for (scope, kind), count in found[named.id].items() if scope == top.id}


def test_a_library_lists_the_names_that_its_items_mention_by_type(stores: Stores) -> None:
    top, other = shelf(stores), shelf(stores)
    noir, western = genre(stores, "Noir"), genre(stores, "Western")
    film = stores.library.add(replace(made(ancestors=(top.id,)), genres=about(western, noir)))
    second = stores.library.add(replace(made(name="Ronin", ancestors=(top.id,)), genres=about(noir)))
    series = stores.library.add(replace(made(SERIES, "Fargo", (top.id,)), genres=about(noir)))
    assert names(stores, top) == names(stores, top, MOVIE) == [noir.id, western.id]
    assert names(stores, top, SERIES) == [noir.id]
    assert names(stores, other) == []
    assert counted(stores, noir, top) == {MOVIE: 2, SERIES: 1}
    film = stores.library.update(replace(film, genres=about(noir)))
    assert names(stores, top) == [noir.id]
    series = stores.library.update(replace(series, ancestors=(other.id,)))
    assert (names(stores, top, SERIES), names(stores, other, SERIES)) == ([], [noir.id])
    assert (counted(stores, noir, top), counted(stores, noir, other)) == ({MOVIE: 2}, {SERIES: 1})
    remove(stores, film, second)
    assert names(stores, top) == names(stores, top, MOVIE) == []
    assert names(stores, other) == [noir.id]


def test_names_follow_the_named_item(stores: Stores) -> None:
    top = shelf(stores)
    noir, western = genre(stores, "Noir"), genre(stores, "Western")
    film = replace(made(ancestors=(top.id,)), genres=about(western, noir))
    film = stores.library.add(film)
    western = stores.library.update(replace(western, name=unique("Adventure"), sort_name="adventure"))
    assert names(stores, top) == names(stores, top, MOVIE) == [western.id, noir.id]
    remove(stores, western)
    assert names(stores, top) == names(stores, top, MOVIE) == [noir.id]
    remove(stores, film)
    assert names(stores, top) == []


def test_what_mentions_a_named_item_stands_in_order(stores: Stores) -> None:
    top, other = shelf(stores), shelf(stores)
    noir = genre(stores, "Noir")
    films = [
        stores.library.add(replace(made(name=name, ancestors=(top.id,)), genres=about(noir)))
        for name in ("Heat", "Alien", "Ronin")
    ]
    elsewhere = stores.library.add(replace(made(name="Blue", ancestors=(other.id,)), genres=about(noir)))
    here, there = (mentioning_listing(noir.id, its.id, MOVIE) for its in (top, other))
    heat, alien, ronin = (film.id for film in films)
    assert listed(stores, ALL, here) == ([alien, heat, ronin], 3)
    assert listed(stores, ALL, here, there) == ([alien, elsewhere.id, heat, ronin], 4)
    assert listed(stores, Window(1, 1, descending=True), here) == ([heat], 3)
    assert listed(stores, Window(0, 9, first="b", below="i"), here) == ([heat], 1)
    assert listed(stores, Window(0, 2, is_counted=False), here, there) == ([alien, elsewhere.id], 0)
    stores.library.update(replace(films[1], sort_name="zodiac"))
    assert listed(stores, ALL, here) == ([heat, ronin, alien], 3)


def test_items_of_a_tag_are_found_in_any_spelling(stores: Stores) -> None:
    word = unique("Heist")
    film = stores.library.add(replace(made(), metadata=Metadata(tags=(word,))))
    assert stores.library.mentioning(tag_id(word.upper()), (MOVIE,), 9) == (film.id,)
    remove(stores, film)
    assert stores.library.mentioning(tag_id(word), (), 9) == ()


def test_a_write_that_fails_leaves_no_mention(stores: Stores) -> None:
    top, noir = shelf(stores), genre(stores, "Noir")
    with pytest.raises(ConflictError):
        stores.library.add(replace(made(ancestors=("0" * 32,)), genres=about(noir)))
    film = stores.library.add(made(ancestors=(top.id,)))
    stores.library.update(replace(film, overview="Two men."))
    with pytest.raises(ConflictError):
        stores.library.update(replace(film, genres=about(noir)))
    assert stores.library.mention_counts([noir.id]) == {noir.id: {}}
    assert names(stores, top) == []


def test_items_are_counted_by_type(stores: Stores) -> None:
    first, second = shelf(stores), shelf(stores)
    film = stores.library.add(made(ancestors=(first.id,)))
    other = stores.library.add(made(ancestors=(first.id,)))
    stores.library.add(made(SERIES, ancestors=(second.id,)))
    assert item_counts(stores, first) == {MOVIE: 2}
    assert item_counts(stores, first, second) == {MOVIE: 2, SERIES: 1}
    film = stores.library.update(replace(film, ancestors=(second.id,)))
    assert item_counts(stores, second) == {MOVIE: 1, SERIES: 1}
    remove(stores, film, other)
    assert item_counts(stores, first, second) == {SERIES: 1}


def item_counts(stores: Stores, *tops: Item) -> dict[ItemType, int]:
    found = stores.library.item_counts(its.id for its in tops)
    assert found is not None
    return {kind: count for kind, count in found.items() if count}


def test_mentions_are_right_when_many_write_at_once(stores: Stores) -> None:
    top, both = shelf(stores), [genre(stores, "Noir"), genre(stores, "Western")]
    films = [
        replace(made(name=f"Film {n:02}", ancestors=(top.id,)), genres=about(*both[: 1 + n % 2]))
        for n in range(16)
    ]
    with ThreadPoolExecutor(4) as pool:
        added = list(pool.map(stores.library.add, films))
        list(pool.map(lambda film: remove(stores, film), added[:8]))
        list(pool.map(lambda film: stores.library.update(replace(film, genres=())), added[8:12]))
    assert [counted(stores, its, top) for its in both] == [{MOVIE: 4}, {MOVIE: 2}]
    left = mentioning_listing(both[0].id, top.id, MOVIE)
    assert listed(stores, ALL, left) == ([film.id for film in added[12:]], 4)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda film: remove(stores, film), added[12:]))
    assert names(stores, top) == []


def test_a_long_list_of_mentions_is_read_from_where_a_page_begins(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.adapters.dynamodb.library.counting.MOST_PLACES", 4)
    top, noir = shelf(stores), genre(stores, "Noir")
    films = [
        stores.library.add(replace(made(name=f"{n * 7 % 24:02}", ancestors=(top.id,)), genres=about(noir)))
        for n in range(24)
    ]
    listing = mentioning_listing(noir.id, top.id, MOVIE)
    for start in (0, 7, 20):
        assert listed(stores, Window(start, 5), listing) == (order(films)[start : start + 5], 24)
    assert counted(stores, noir, top) == {MOVIE: 24}
    remove(stores, *films[::2])
    for start in (0, 3, 10):
        assert listed(stores, Window(start, 5), listing) == (order(films[1::2])[start:][:5], 12)


def test_many_names_of_one_library_come_and_go_in_one_write(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.adapters.dynamodb.library.counting.MOST_PLACES", 3)
    top, genres = shelf(stores), [genre(stores, f"{n * 7 % 12:02}") for n in range(12)]
    groups = (genres[:6], genres[4:9], genres[6:])
    films = [stores.library.add(replace(made(ancestors=(top.id,)), genres=about(*its))) for its in groups]
    assert names(stores, top) == names(stores, top, MOVIE) == order(genres)
    for start in (0, 5, 11):
        found = listed(stores, Window(start, 3), names_listing(top.id, GENRE))
        assert found == (order(genres)[start : start + 3], 12)
    remove(stores, films[0])
    assert names(stores, top) == names(stores, top, MOVIE) == order(genres[4:])
    films[2] = stores.library.update(replace(films[2], genres=about(*genres[:3])))
    assert names(stores, top) == names(stores, top, MOVIE) == order([*genres[:3], *genres[4:9]])
    remove(stores, *films[1:])
    assert names(stores, top) == names(stores, top, MOVIE) == []


def order(items: Iterable[Item]) -> list[str]:
    return [item.id for item in sorted(items, key=lambda item: item.name)]


def test_a_listing_of_mentions_that_nobody_makes_is_empty(stores: Stores) -> None:
    shelf(stores)
    assert listed(stores, ALL, mentioning_listing("0" * 32, "1" * 32, MOVIE)) == ([], 0)
    assert listed(stores, ALL, Listing("names/" + "1" * 32, "Genre/")) == ([], 0)


class KilledError(BaseException):
    """The process ends."""


@contextmanager
def killed_at(monkeypatch: pytest.MonkeyPatch, where: object, name: str) -> Iterator[None]:
    """Let a function end the process."""

    def kill(*_: object) -> None:
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(where, name, kill)
        with pytest.raises(KilledError):
            yield


@pytest.mark.emulator
def test_what_a_writer_left_half_done_is_settled_by_the_sweep(
    table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chalicelib.adapters.dynamodb.library.listings import DynamoListings  # noqa: PLC0415  # only where it is there
    from chalicelib.adapters.dynamodb.library.mentions import intents  # noqa: PLC0415
    from chalicelib.adapters.dynamodb.sweep.scan import DynamoTableScan  # noqa: PLC0415
    from chalicelib.adapters.dynamodb.table.models import Row  # noqa: PLC0415

    assert table
    stores, scan = dynamodb_stores(), DynamoTableScan()
    top, noir, western = shelf(stores), genre(stores, "Noir"), genre(stores, "Western")
    film = stores.library.add(replace(made(ancestors=(top.id,)), genres=about(noir)))
    with killed_at(monkeypatch, DynamoListings, "_write"):
        stores.library.add(replace(made(name="Ronin", ancestors=(top.id,)), genres=about(noir, western)))
    with killed_at(monkeypatch, intents, "drop_mentions"):
        stores.library.update(replace(film, genres=about()))
    assert (counted(stores, noir, top), names(stores, top)) == ({MOVIE: 2}, [noir.id, western.id])
    assert scan.outdated("").rows == ()  # they may still be at work
    monkeypatch.setattr("chalicelib.adapters.dynamodb.sweep.outdated.ABANDONED", timedelta(0))
    for row in scan.outdated("").rows:
        scan.rewrite(row)
        scan.rewrite(row)
    assert (counted(stores, noir, top), names(stores, top)) == ({}, [])
    assert [row.pk for row in Row.scan() if row.pk.startswith(intents.PENDING)] == []


@pytest.mark.emulator
@pytest.mark.parametrize("error", [ConflictError("Taken."), BusyError("Throttled.")])
def test_an_item_is_written_though_its_places_cannot_follow_it_yet(
    table: str, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    from chalicelib.adapters.dynamodb.library.mentions import intents  # noqa: PLC0415  # only where it is there
    from chalicelib.adapters.dynamodb.sweep.scan import DynamoTableScan  # noqa: PLC0415

    assert table
    stores, scan = dynamodb_stores(), DynamoTableScan()
    top, noir = shelf(stores), genre(stores, "Noir")
    films = [
        stores.library.add(replace(made(name=name, ancestors=(top.id,)), genres=about(noir)))
        for name in ("Heat", "Ronin")
    ]

    def fail(*_: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(intents, "drop_mentions", fail)
        remove(stores, films[0])
        changed = stores.library.update(replace(films[1], genres=()))
        with pytest.raises(ConflictError, match="changed"):  # of the item itself, as before
            stores.library.update(replace(films[1], genres=()))
    assert [stores.library.find(film.id) for film in films] == [None, changed]
    assert counted(stores, noir, top) == {MOVIE: 2}
    monkeypatch.setattr("chalicelib.adapters.dynamodb.sweep.outdated.ABANDONED", timedelta(0))
    for row in scan.outdated("").rows:
        scan.rewrite(row)
    assert (counted(stores, noir, top), names(stores, top)) == ({}, [])
    assert not [row for row in scan.outdated("").rows if row.pk.startswith(intents.PENDING)]


def without_tallies(stores: Stores) -> Stores:
    """Return the stores as a release leaves them that knew places and no tallies."""
    if isinstance(stores.library, FakeLibrary):
        stores.library.is_tallied = False
        return stores
    from chalicelib.adapters.dynamodb.library.places import ListingsRow  # noqa: PLC0415  # only where it is there

    ListingsRow("library", "listings", is_complete=True).save()
    return dynamodb_stores()


def test_what_needs_tallies_is_not_told_before_all_items_are_counted(stores: Stores) -> None:
    top, noir = shelf(stores), genre(stores, "Noir")
    film = stores.library.add(replace(made(ancestors=(top.id,)), genres=about(noir)))
    plain, of_names = Listing(top.id, MOVIE), names_listing(top.id, GENRE, MOVIE)
    assert stores.library.totals([plain, of_names]) == {plain: 1, of_names: 1}
    stores = without_tallies(stores)
    assert listed(stores, ALL, plain) == ([film.id], 1)
    assert stores.library.totals([plain]) == {plain: 1}
    for listings in ([of_names], [plain, of_names], [mentioning_listing(noir.id, top.id, MOVIE)]):
        assert stores.library.listed(iter(listings), ALL) is None
        assert stores.library.totals(iter(listings)) is None
    assert stores.library.mentioning(noir.id, [MOVIE], 9) is None
    assert stores.library.mention_counts([noir.id]) is None
    assert stores.library.item_counts([top.id]) is None


@pytest.mark.emulator
def test_items_of_an_earlier_release_are_counted_by_the_sweep_or_whoever_writes_them(table: str) -> None:
    from chalicelib.adapters.dynamodb.library.mentions.old_keys import OldMentionRow  # noqa: PLC0415
    from chalicelib.adapters.dynamodb.library.places import ListingsRow  # noqa: PLC0415
    from chalicelib.adapters.dynamodb.library.rows import DetailsRow  # noqa: PLC0415
    from chalicelib.adapters.dynamodb.sweep.scan import DynamoTableScan  # noqa: PLC0415
    from chalicelib.adapters.dynamodb.table.models import Row  # noqa: PLC0415

    assert table
    stores, scan = dynamodb_stores(), DynamoTableScan()
    top, noir, western = shelf(stores), genre(stores, "Noir"), genre(stores, "Western")
    films = [
        stores.library.add(replace(made(name=f"Film {n}", ancestors=(top.id,)), genres=about(noir)))
        for n in range(4)
    ]
    for row in list(Row.scan()):  # what the last release knew is all that is left
        if row.pk.startswith(("tally#", "totals#", "list#names", f"list#{noir.id}/", "segments#names")):
            row.delete()
        elif row.sk == "details":
            DetailsRow(row.pk, row.sk).update(
                [DetailsRow.is_tallied.remove(), DetailsRow.is_mentioning.set(True)]
            )
    for film in films:
        OldMentionRow(f"mention#{noir.id}", f"Movie#{film.id}").save()
    ListingsRow("library", "listings", is_complete=True).save()
    stores = dynamodb_stores()
    assert stores.library.mention_counts([noir.id]) is None
    assert stores.library.item_counts([top.id]) is None
    films[0] = stores.library.update(replace(films[0], genres=about(western)))
    remove(stores, films[1])
    for outdated in scan.outdated("").rows:
        scan.rewrite(outdated)
        scan.rewrite(outdated)
    scan.all_rewritten()
    assert (counted(stores, noir, top), counted(stores, western, top)) == ({MOVIE: 2}, {MOVIE: 1})
    assert names(stores, top, MOVIE) == [noir.id, western.id]
    assert item_counts(stores, top) == {MOVIE: 3}
    assert scan.outdated("").rows == ()
    assert [row.pk for row in Row.scan() if row.pk.startswith("mention#")] == []


@pytest.mark.emulator
def test_the_last_mention_goes_while_another_comes(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.adapters.dynamodb.library.mentions import places  # noqa: PLC0415  # only where it is there
    from chalicelib.adapters.dynamodb.library.mentions.tallies import Tally, read_tallies  # noqa: PLC0415

    assert table
    stores = dynamodb_stores()
    top, noir = shelf(stores), genre(stores, "Noir")
    film = stores.library.add(replace(made(ancestors=(top.id,)), genres=about(noir)))
    others = [replace(made(name="Ronin", ancestors=(top.id,)), genres=about(noir))]

    def read_then_write(named_ids: Iterable[str]) -> Mapping[str, Tally]:
        found = read_tallies(named_ids)
        while others:
            stores.library.add(others.pop())
        return found

    monkeypatch.setattr(places, "read_tallies", read_then_write)
    remove(stores, film)
    assert (counted(stores, noir, top), names(stores, top, MOVIE)) == ({MOVIE: 1}, [noir.id])
