"""What the services rely on in any library, the fake one and DynamoDB alike."""

import unicodedata
import uuid
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageFacts, ImageType, OwnerImages, StoredImage
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.finding import ANY_KIND
from chalicelib.domain.library.items import Chapter, Credit, Item, ItemType, Mention
from chalicelib.domain.library.listings import ALBUM_ARTISTS, Listing, Sorting, Window
from chalicelib.domain.library.names import name_key
from chalicelib.errors import ConflictError
from chalicelib.services.library.ports import Library
from chalicelib.services.ports import ImageCatalog
from tests.support.fakes.accounts import FakeClock
from tests.support.fakes.library import FakeLibrary

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
PICTURE = StoredImage(ImageType.PRIMARY, "a" * 32, "originals/x", 10, ImageFacts(ImageFormat.JPG, 2, 3), NOON)


@dataclass
class Stores:
    """Both ports over the same store."""

    library: Library
    catalog: ImageCatalog

    def images(self, item: Item) -> OwnerImages:
        found = self.catalog.find(OwnerKey.item(item.id))
        assert found is not None
        return found


def fake_stores() -> Stores:
    library = FakeLibrary()
    return Stores(library, library.catalog)


def dynamodb_stores() -> Stores:
    from chalicelib.adapters.dynamodb.images.catalog import DynamoImageCatalog  # noqa: PLC0415  # only where it is there
    from chalicelib.adapters.dynamodb.library.library import DynamoLibrary  # noqa: PLC0415

    return Stores(DynamoLibrary(FakeClock()), DynamoImageCatalog())


@pytest.fixture(params=["fake", pytest.param("dynamodb", marks=pytest.mark.emulator)])
def stores(request: pytest.FixtureRequest) -> Stores:
    if request.param == "fake":
        return fake_stores()
    request.getfixturevalue("table")
    return dynamodb_stores()


def made(item_type: ItemType = ItemType.MOVIE, name: str = "Heat", ancestors: tuple[str, ...] = ()) -> Item:
    return Item(uuid.uuid4().hex, item_type, name, name.lower(), NOON, ancestors)


def unique(name: str) -> str:
    """Keep named items of one test apart from those of another in a table that all share."""
    return f"{name} {uuid.uuid4().hex}"


def ids(entries: Iterable[Entry]) -> set[str]:
    return {entry.id for entry in entries}


def test_an_item_comes_back_as_it_was_written(stores: Stores) -> None:
    item = replace(
        made(),
        year=1995,
        index_number=0,
        overview="Two men.",
        language="en",
        provider_ids={"Tmdb": "949"},
        people=(Credit("Al Pacino", "p" * 32, "Hanna", "Actor"),),
        genres=(Mention("Crime", "c" * 32),),
        chapters=(Chapter("One", 0),),
    )
    assert stores.library.add(item).version == 1
    assert stores.library.find(item.id) == item


def test_a_name_of_accents_alone_that_sorts_by_nothing_is_kept(stores: Stores) -> None:
    shelf = stores.library.add(made(ItemType.COLLECTION_FOLDER, "Films"))
    film = replace(made(name="\u0301", ancestors=(shelf.id,)), sort_name="")
    stores.library.add(film)
    assert stores.library.find(film.id) == film
    assert stores.library.children(shelf.id) == (Entry.of(film),)


def test_an_unknown_item_is_none(stores: Stores) -> None:
    assert stores.library.find("0" * 32) is None


def test_a_new_item_has_a_row_for_its_images(stores: Stores) -> None:
    item = stores.library.add(made())
    assert stores.images(item) == OwnerImages(OwnerKey.item(item.id), "Heat")


def test_an_id_can_be_taken_once(stores: Stores) -> None:
    item = stores.library.add(made())
    with pytest.raises(ConflictError):
        stores.library.add(replace(item, name="Ronin"))
    assert stores.library.find(item.id) == item


def test_many_are_read_at_once_and_the_unknown_left_out(stores: Stores) -> None:
    items = [stores.library.add(made(name=f"Film {n}")) for n in range(3)]
    wanted = [item.id for item in items]
    found = stores.library.find_many([*wanted, *wanted, "0" * 32])
    assert found == {item.id: item for item in items}
    owners = stores.catalog.find_many(OwnerKey.item(item_id) for item_id in [*wanted, "0" * 32])
    assert {owner.id for owner in owners} == set(wanted)


def test_a_stale_writer_is_refused(stores: Stores) -> None:
    item = stores.library.add(made())
    updated = stores.library.update(replace(item, year=1995))
    assert updated.version == 2
    with pytest.raises(ConflictError):
        stores.library.update(replace(item, year=1996))
    assert stores.library.find(item.id) == updated


def test_a_rename_reaches_the_images_and_whoever_is_writing_them_reads_again(stores: Stores) -> None:
    item = stores.library.add(made())
    read_before = stores.images(item)
    stores.library.update(replace(item, name="Heat (1995)"))
    with pytest.raises(ConflictError):
        stores.catalog.save(Change(read_before.with_image(PICTURE)))
    assert stores.images(item).name == "Heat (1995)"


def test_children_stand_below_their_parent(stores: Stores) -> None:
    shelf = stores.library.add(made(ItemType.COLLECTION_FOLDER, "Films"))
    film = stores.library.add(made(ancestors=(shelf.id,)))
    assert ids(stores.library.children(shelf.id)) == {film.id}
    assert shelf.id in ids(stores.library.children(None))
    assert film.id not in ids(stores.library.children(None))


def test_a_moved_item_leaves_its_old_parent(stores: Stores) -> None:
    first = stores.library.add(made(ItemType.COLLECTION_FOLDER, "Films"))
    second = stores.library.add(made(ItemType.COLLECTION_FOLDER, "Old films"))
    film = stores.library.add(made(ancestors=(first.id,)))
    stores.library.update(replace(film, ancestors=(second.id,)))
    assert not stores.library.children(first.id)
    assert ids(stores.library.children(second.id)) == {film.id}
    assert film.id not in ids(stores.library.under(first.id))
    assert film.id in ids(stores.library.under(second.id))


def test_an_entry_has_what_lists_need(stores: Stores) -> None:
    shelf = stores.library.add(made(ItemType.COLLECTION_FOLDER, "Films"))
    film = replace(
        made(ancestors=(shelf.id,)), year=1995, index_number=0, genres=(Mention("Crime", "c" * 32),)
    )
    stores.library.add(film)
    assert stores.library.children(shelf.id) == (Entry.of(film),)


def test_everything_is_found_by_type_and_below_the_top(stores: Stores) -> None:
    shelf = stores.library.add(made(ItemType.COLLECTION_FOLDER, "Shows"))
    series = stores.library.add(made(ItemType.SERIES, "Fargo", (shelf.id,)))
    season = stores.library.add(made(ItemType.SEASON, "Season 1", (shelf.id, series.id)))
    assert ids(stores.library.under(shelf.id)) == {series.id, season.id}
    assert season.id in ids(stores.library.of_type(ItemType.SEASON))
    assert season.id not in ids(stores.library.of_type(ItemType.SERIES))


def test_nothing_can_be_added_below_what_does_not_exist(stores: Stores) -> None:
    film = made(ancestors=("0" * 32,))
    with pytest.raises(ConflictError):
        stores.library.add(film)
    assert stores.library.find(film.id) is None
    assert stores.catalog.find(OwnerKey.item(film.id)) is None


def test_a_closed_item_takes_no_children_and_no_changes(stores: Stores) -> None:
    shelf = stores.library.add(made(ItemType.COLLECTION_FOLDER, "Films"))
    stores.library.close(shelf.id)
    with pytest.raises(ConflictError):
        stores.library.add(made(ancestors=(shelf.id,)))
    with pytest.raises(ConflictError):
        stores.library.update(replace(shelf, name="Movies"))


def test_closing_what_does_not_exist_creates_nothing(stores: Stores) -> None:
    stores.library.close("0" * 32)
    assert stores.library.find("0" * 32) is None


def test_a_removed_item_leaves_nothing(stores: Stores) -> None:
    artist = stores.library.add(made(ItemType.MUSIC_ARTIST, unique("AC/DC")))
    stores.library.remove(artist, stores.images(artist))
    assert stores.library.find(artist.id) is None
    assert stores.catalog.find(OwnerKey.item(artist.id)) is None
    assert artist.id not in ids(stores.library.of_type(ItemType.MUSIC_ARTIST))
    assert stores.library.named(ItemType.MUSIC_ARTIST, artist.name) is None
    assert stores.library.named(ItemType.MUSIC_ARTIST, artist.name.replace("/", "-")) is None


def test_an_item_whose_images_changed_meanwhile_stays(stores: Stores) -> None:
    item = stores.library.add(made())
    read_before = stores.images(item)
    stores.catalog.save(Change(read_before.with_image(PICTURE)))
    with pytest.raises(ConflictError):
        stores.library.remove(item, read_before)
    assert stores.library.find(item.id) == item


def test_an_upload_to_a_removed_item_fails(stores: Stores) -> None:
    item = stores.library.add(made())
    read_before = stores.images(item)
    stores.library.remove(item, read_before)
    with pytest.raises(ConflictError):
        stores.catalog.save(Change(read_before.with_image(PICTURE)))
    assert stores.catalog.find(OwnerKey.item(item.id)) is None


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_a_name_is_found_in_any_spelling(stores: Stores, form: str) -> None:
    item = stores.library.add(made(ItemType.MUSIC_ARTIST, unique("Björk Guðmundsdóttir ½")))
    spelt = unicodedata.normalize(form, f"  {item.name.upper()} ")  # type: ignore[arg-type]
    assert stores.library.named(ItemType.MUSIC_ARTIST, spelt) == item.id
    assert stores.library.named(ItemType.PERSON, spelt) is None


def test_a_name_is_found_as_the_older_client_writes_it(stores: Stores) -> None:
    item = stores.library.add(made(ItemType.STUDIO, unique("What? & Who/Where")))
    dashed = item.name.replace("?", "-").replace("&", "-").replace("/", "-")
    assert stores.library.named(ItemType.STUDIO, dashed) == item.id


def test_an_exact_name_comes_before_a_dashed_one_and_of_those_the_lowest_id(stores: Stores) -> None:
    name = unique("AC")
    slash, ampersand = (stores.library.add(made(ItemType.GENRE, f"{name}{c}DC")) for c in "/&")
    likeness = f"{name}-DC"
    assert stores.library.named(ItemType.GENRE, likeness) == min(slash.id, ampersand.id)
    exact = stores.library.add(made(ItemType.GENRE, likeness))
    assert stores.library.named(ItemType.GENRE, likeness) == exact.id


def test_a_name_belongs_to_one_item_of_a_type(stores: Stores) -> None:
    name = unique("Drama")
    stores.library.add(made(ItemType.GENRE, name))
    again = made(ItemType.GENRE, name.upper())
    with pytest.raises(ConflictError):
        stores.library.add(again)
    assert stores.library.find(again.id) is None
    stores.library.add(made(ItemType.MUSIC_GENRE, name))


def test_a_renamed_item_is_found_by_its_new_name_only(stores: Stores) -> None:
    first, second = unique("Prince/One"), unique("Symbol/Two")
    item = stores.library.add(made(ItemType.MUSIC_ARTIST, first))
    stores.library.update(replace(item, name=second))
    assert stores.library.named(ItemType.MUSIC_ARTIST, second) == item.id
    assert stores.library.named(ItemType.MUSIC_ARTIST, first) is None
    assert stores.library.named(ItemType.MUSIC_ARTIST, first.replace("/", "-")) is None


def test_a_name_can_change_its_spelling_but_not_become_anothers(stores: Stores) -> None:
    item = stores.library.add(made(ItemType.PERSON, unique("bjork")))
    other = stores.library.add(made(ItemType.PERSON, unique("Other")))
    item = stores.library.update(replace(item, name=item.name.upper()))
    assert stores.library.named(ItemType.PERSON, item.name) == item.id
    with pytest.raises(ConflictError):
        stores.library.update(replace(item, name=other.name))


def test_known_names_are_told_by_their_keys(stores: Stores) -> None:
    name = unique("Noir")
    item = stores.library.add(made(ItemType.GENRE, name))
    known = stores.library.known_names(ItemType.GENRE, [name.upper(), unique("Western")])
    assert known == {name_key(name): item.id}


def listed(stores: Stores, window: Window, *listings: Listing) -> tuple[list[str], int]:
    found = stores.library.listed(listings, window)
    assert found is not None
    return list(found.item_ids), found.total


def test_a_new_item_has_its_place_by_name_and_by_date(stores: Stores) -> None:
    shelf = stores.library.add(made(ItemType.COLLECTION_FOLDER, "Films"))
    films = [
        stores.library.add(replace(made(name=name, ancestors=(shelf.id,)), created=NOON + timedelta(days=n)))
        for n, name in enumerate(("Heat", "Alien", "Ronin"))
    ]
    heat, alien, ronin = (film.id for film in films)
    by_name, by_date = (Listing(shelf.id, ItemType.MOVIE, sorting) for sorting in Sorting)
    assert listed(stores, Window(0, 10), by_name) == ([alien, heat, ronin], 3)
    assert listed(stores, Window(1, 1), by_name) == ([heat], 3)
    assert listed(stores, Window(0, 2, descending=True), by_name) == ([ronin, heat], 3)
    assert listed(stores, Window(0, 2, descending=True), by_date) == ([ronin, alien], 3)
    assert listed(stores, Window(3, 2), by_name) == ([], 3)
    assert listed(stores, Window(0, 0), by_name) == ([], 3)
    assert listed(stores, Window(0, 9), Listing(shelf.id, ItemType.AUDIO)) == ([], 0)


def test_places_of_several_listings_are_one_order(stores: Stores) -> None:
    shelves = [stores.library.add(made(ItemType.COLLECTION_FOLDER, name)) for name in "AB"]
    films = [stores.library.add(made(name=f"{n}", ancestors=(shelves[n % 2].id,))) for n in range(9)]
    listings = [Listing(shelf.id, ItemType.MOVIE) for shelf in shelves]
    assert listed(stores, Window(2, 4), *listings) == ([film.id for film in films[2:6]], 9)


def test_what_nobody_counts_is_read_from_the_kinds_that_there_are(stores: Stores) -> None:
    shelf = stores.library.add(made(ItemType.COLLECTION_FOLDER, "All"))
    kinds = (ItemType.BOOK, ItemType.MOVIE, ItemType.AUDIO, ItemType.MUSIC_ALBUM)
    items = [stores.library.add(made(kind, f"{n}", (shelf.id,))) for n, kind in enumerate(kinds)]
    asked = (ItemType.BOX_SET, ItemType.AUDIO, ItemType.AUDIO_BOOK, ItemType.BOOK, ItemType.MUSIC_ALBUM)
    listings = [Listing(shelf.id, kind, sorting) for sorting in Sorting for kind in asked]
    for sorting in Sorting:
        its = [listing for listing in listings if listing.sorting is sorting]
        found = listed(stores, Window(0, 9, is_counted=False), *its)
        assert found == ([items[0].id, items[2].id, items[3].id], 0)
    totals = stores.library.totals(listings)
    assert totals
    assert {listing.kind for listing, total in totals.items() if total == 1} == set(asked[1:2] + asked[3:])


def test_a_change_moves_an_item_and_its_end_takes_it_away(stores: Stores) -> None:
    first = stores.library.add(made(ItemType.COLLECTION_FOLDER, "Films"))
    second = stores.library.add(made(ItemType.COLLECTION_FOLDER, "Old films"))
    old, new = Listing(first.id, ItemType.MOVIE), Listing(second.id, ItemType.MOVIE)
    film = stores.library.add(made(ancestors=(first.id,)))
    other = stores.library.add(made(name="Manhunter", ancestors=(first.id,)))
    film = stores.library.update(replace(film, sort_name="zodiac"))
    assert listed(stores, Window(0, 9), old) == ([other.id, film.id], 2)
    film = stores.library.update(replace(film, ancestors=(second.id,)))
    assert listed(stores, Window(0, 9), old) == ([other.id], 1)
    assert listed(stores, Window(0, 9), new) == ([film.id], 1)
    stores.library.remove(film, stores.images(film))
    assert listed(stores, Window(0, 9), new) == ([], 0)


def test_an_artist_is_an_album_artist_while_something_names_it(stores: Stores) -> None:
    shelf = stores.library.add(made(ItemType.COLLECTION_FOLDER, "Music"))
    artist = stores.library.add(made(ItemType.MUSIC_ARTIST, unique("Zappa")))
    other = stores.library.add(made(ItemType.MUSIC_ARTIST, unique("Abba")))
    here = Listing(shelf.id, ALBUM_ARTISTS)
    named = (Mention(artist.name, artist.id),)
    tracks = [
        stores.library.add(
            replace(made(ItemType.AUDIO, f"Track {n}", (shelf.id,)), album_artists=named, artists=named)
        )
        for n in range(3)
    ]
    assert listed(stores, Window(0, 9), here) == ([artist.id], 1)
    both = (*named, Mention(other.name, other.id))
    tracks[0] = stores.library.update(replace(tracks[0], album_artists=both))
    assert listed(stores, Window(0, 9), here) == ([other.id, artist.id], 2)
    stores.library.update(replace(artist, name=unique("Aaron"), sort_name="aaron"))
    assert listed(stores, Window(0, 9), here) == ([artist.id, other.id], 2)
    for track in tracks:
        stores.library.remove(track, stores.images(track))
    assert listed(stores, Window(0, 9), here) == ([], 0)


def test_an_artist_that_is_gone_is_no_album_artist(stores: Stores) -> None:
    shelf = stores.library.add(made(ItemType.COLLECTION_FOLDER, "Music"))
    artist = stores.library.add(made(ItemType.MUSIC_ARTIST, unique("Zappa")))
    album = replace(
        made(ItemType.MUSIC_ALBUM, "Apostrophe", (shelf.id,)), album_artists=(Mention("Z", artist.id),)
    )
    album = stores.library.add(album)
    stores.library.remove(artist, stores.images(artist))
    here = Listing(shelf.id, ALBUM_ARTISTS)
    assert listed(stores, Window(0, 9), here) == ([], 0)
    stores.library.remove(album, stores.images(album))
    assert listed(stores, Window(0, 9), here) == ([], 0)


def test_a_named_item_knows_what_mentions_it(stores: Stores) -> None:
    genre, other = (stores.library.add(made(ItemType.GENRE, unique(name))) for name in ("Noir", "Western"))
    named, both = (Mention(genre.name, genre.id),), (Mention(genre.name, genre.id), Mention("W", other.id))
    film = stores.library.add(replace(made(), genres=both))
    series = stores.library.add(replace(made(ItemType.SERIES, "Fargo"), genres=named))
    find, counts = stores.library.mentioning, stores.library.mention_counts
    assert set(find(genre.id, (), 9) or ()) == {film.id, series.id}
    assert find(genre.id, (ItemType.MOVIE, ItemType.EPISODE), 9) == find(other.id, (), 9) == (film.id,)
    assert len(find(genre.id, (), 1) or ()) == 1
    movies, shows = ("", ItemType.MOVIE.value), ("", ItemType.SERIES.value)
    assert counts([genre.id, other.id, "0" * 32]) == {
        genre.id: {movies: 1, shows: 1},
        other.id: {movies: 1},
        "0" * 32: {},
    }
    film = stores.library.update(replace(film, genres=named))
    assert find(other.id, (), 9) == ()
    film = stores.library.update(replace(film, genres=both))
    assert find(other.id, (), 9) == (film.id,)
    with pytest.raises(ConflictError):
        stores.library.add(replace(series, id=uuid.uuid4().hex, ancestors=("0" * 32,)))
    stores.library.remove(film, stores.images(film))
    assert (find(genre.id, (), 9), find(other.id, (), 9)) == ((series.id,), ())


def test_a_term_finds_names_before_words_and_each_item_once(stores: Stores) -> None:
    word = f"z{uuid.uuid4().hex}"
    shelf = stores.library.add(made(ItemType.COLLECTION_FOLDER, "Films"))
    behind = stores.library.add(made(name=f"The {word} {word}", ancestors=(shelf.id,)))
    before = stores.library.add(made(name=f"{word} Two", ancestors=(shelf.id,)))
    elsewhere = stores.library.add(made(name=f"{word} Three"))
    artist = stores.library.add(made(ItemType.MUSIC_ARTIST, f"{word} Four"))
    find = stores.library.found
    assert find(word, [ANY_KIND], shelf.id, 9) == (before.id, behind.id)
    assert find(word, [ANY_KIND], None, 9) == (elsewhere.id, before.id, behind.id)
    assert find(word, [ANY_KIND, ItemType.MUSIC_ARTIST], None, 2) == (artist.id, elsewhere.id)
    assert find(word, [ItemType.AUDIO], None, 9) == ()
    renamed = stores.library.update(replace(before, name="Heat"))
    stores.library.remove(elsewhere, stores.images(elsewhere))
    assert find(word, [ItemType.MOVIE], None, 9) == (behind.id,)
    assert renamed.id in (find("heat", [ItemType.MOVIE], shelf.id, 9) or ())


def test_totals_are_right_when_many_write_at_once(stores: Stores) -> None:
    shelf = stores.library.add(made(ItemType.COLLECTION_FOLDER, "Films"))
    films = [made(name=f"Film {n}", ancestors=(shelf.id,)) for n in range(24)]
    with ThreadPoolExecutor(4) as pool:
        added = list(pool.map(stores.library.add, films))
        list(pool.map(lambda film: stores.library.remove(film, stores.images(film)), added[:8]))
    ids_, total = listed(stores, Window(0, 99), Listing(shelf.id, ItemType.MOVIE))
    assert total == 16
    assert ids_ == [film.id for film in sorted(added[8:], key=lambda film: film.sort_name)]


def test_a_long_listing_is_read_from_where_a_page_begins(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.adapters.dynamodb.library.counting.MOST_PLACES", 4)
    shelf = stores.library.add(made(ItemType.COLLECTION_FOLDER, "Films"))
    names = sorted(uuid.uuid4().hex for _ in range(24))
    films = {name: stores.library.add(made(name=name, ancestors=(shelf.id,))) for name in reversed(names)}
    order = [films[name].id for name in names]
    listing = Listing(shelf.id, ItemType.MOVIE)
    for start in range(0, 25, 5):
        assert listed(stores, Window(start, 5), listing) == (order[start : start + 5], 24)
        backwards = order[::-1][start : start + 5]
        assert listed(stores, Window(start, 5, descending=True), listing) == (backwards, 24)
    for first, below in (("", "5"), ("3", "b"), ("3", "4"), ("c", None), ("b", "3"), ("zz", None)):
        part = [films[name].id for name in names if first <= name and (below is None or name < below)]
        for start, descending in ((0, False), (0, True), (2, False), (2, True)):
            shown = (part[::-1] if descending else part)[start : start + 3]
            window = Window(start, 3, descending, first, below)
            assert listed(stores, window, listing) == (shown, len(part))
            assert listed(stores, replace(window, is_counted=False), listing)[0] == shown
    assert stores.library.totals([listing]) == {listing: 24}
    for name in names[::2]:
        stores.library.remove(films[name], stores.images(films[name]))
    assert listed(stores, Window(2, 5), listing) == (order[1::2][2:7], 12)


def test_many_places_of_one_listing_come_and_go_in_one_write(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.adapters.dynamodb.library.counting.MOST_PLACES", 3)
    shelf = stores.library.add(made(ItemType.COLLECTION_FOLDER, "Music"))
    artists = [stores.library.add(made(ItemType.MUSIC_ARTIST, uuid.uuid4().hex)) for _ in range(10)]
    albums = [
        replace(
            made(ItemType.MUSIC_ALBUM, f"Album {n}", (shelf.id,)),
            album_artists=tuple(Mention(artist.name, artist.id) for artist in artists[n : n + 5]),
        )
        for n in range(0, 10, 5)
    ]
    listing = Listing(shelf.id, ALBUM_ARTISTS)

    def check(credited: Iterable[Item]) -> None:
        order = [artist.id for artist in sorted(credited, key=lambda artist: artist.name)]
        assert stores.library.totals([listing]) == {listing: len(order)}
        for start in (0, 3, 7):
            assert listed(stores, Window(start, 3), listing) == (order[start : start + 3], len(order))

    for n, album in enumerate(albums):
        albums[n] = stores.library.add(album)
        check(artists[: 5 * n + 5])
    moved = stores.library.update(replace(albums[0], album_artists=albums[1].album_artists))
    check(artists[5:])
    moved = stores.library.update(replace(moved, album_artists=albums[0].album_artists))
    check(artists)
    stores.library.remove(albums[1], stores.images(albums[1]))
    check(artists[:5])
    stores.library.remove(moved, stores.images(moved))
    check([])


def test_named_items_stand_in_no_tree(stores: Stores) -> None:
    item = stores.library.add(made(ItemType.GENRE, unique("Noir")))
    assert item.id not in ids(stores.library.children(None))
    assert item.id in ids(stores.library.of_type(ItemType.GENRE))
