"""A library of music of any size: artists, their albums, the tracks on them; genres, labels and composers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import md5

from chalicelib.domain.library.items import Credit, Item, ItemType, Mention

TRACKS_OF_AN_ALBUM = 10
ALBUMS_OF_AN_ARTIST = 1
"""So few that a page of 100 is full, and shows as many albums and artists, at 1,000 tracks as at 100,000."""

GENRES, LABELS = 5, 5
"""However many items there are: so each is mentioned by more of them in a larger library."""

ALBUMS_OF_A_COMPOSER = 5

_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
_SEEDS = {
    ItemType.MUSIC_ARTIST: "artist",
    ItemType.MUSIC_GENRE: "genre",
    ItemType.STUDIO: "label",
    ItemType.PERSON: "composer",
}
_WORDS = (
    *(
        "Amber",
        "Bright",
        "Cedar",
        "Dawn",
        "Ember",
        "Frost",
        "Golden",
        "Harbour",
        "Iron",
        "Jasmine",
        "Kindred",
    ),
    *("Lantern", "Midnight", "Northern", "Ocean", "Paper", "Quiet", "River", "Silver", "Thunder", "Under"),
    *("Velvet", "Winter", "Yellow", "Zephyr"),
)


def music(tracks: int) -> Iterator[Item]:
    """Yield the items, whatever holds others first; their ids, names and dates are the same every time."""
    top = Item(item_id("top"), ItemType.COLLECTION_FOLDER, "Made-up music", "made-up music", _BEGINNING)
    yield replace(top, collection_type="music")
    for number in range(-(-tracks // TRACKS_OF_AN_ALBUM)):
        artist = named_item(ItemType.MUSIC_ARTIST, number // ALBUMS_OF_AN_ARTIST)
        if number % ALBUMS_OF_AN_ARTIST == 0:
            yield artist
        yield from _newly_mentioned(number)
        named = _named(f"album {number}", ItemType.MUSIC_ALBUM, number, (top.id,), artist)
        composer = named_item(ItemType.PERSON, number // ALBUMS_OF_A_COMPOSER)
        album = replace(
            named,
            genres=(_mention(named_item(ItemType.MUSIC_GENRE, number % GENRES)),),
            studios=(_mention(named_item(ItemType.STUDIO, number % LABELS)),),
            people=(Credit(composer.name, composer.id, type="Composer"),),
        )
        yield album
        first = number * TRACKS_OF_AN_ALBUM
        for track in range(first, min(first + TRACKS_OF_AN_ALBUM, tracks)):
            yield _track(track, album, artist)


def named_item(kind: ItemType, number: int) -> Item:
    """Return an artist, a genre, a label or a composer."""
    seed = f"{_SEEDS[kind]} {number}"
    name = title(seed)
    return Item(item_id(seed), kind, name, name.lower(), _BEGINNING)


def item_id(name: str) -> str:
    """Return the id of an item of this library."""
    return md5(f"growth {name}".encode(), usedforsecurity=False).hexdigest()


def title(seed: str) -> str:
    """Return three words, and a number that makes them the only ones."""
    digest = md5(seed.encode(), usedforsecurity=False).digest()
    return " ".join([*(_WORDS[byte % len(_WORDS)] for byte in digest[:3]), seed.rpartition(" ")[2]])


def _newly_mentioned(number: int) -> Iterator[Item]:
    """Yield what an album is the first to mention, but for its artist."""
    if number < GENRES:
        yield named_item(ItemType.MUSIC_GENRE, number)
    if number < LABELS:
        yield named_item(ItemType.STUDIO, number)
    if number % ALBUMS_OF_A_COMPOSER == 0:
        yield named_item(ItemType.PERSON, number // ALBUMS_OF_A_COMPOSER)


def _mention(item: Item) -> Mention:
    return Mention(item.name, item.id)


def _track(number: int, album: Item, artist: Item) -> Item:
    track = _named(f"track {number}", ItemType.AUDIO, number, (*album.ancestors, album.id), artist)
    numbered = replace(
        track, index_number=number % TRACKS_OF_AN_ALBUM + 1, album_id=album.id, genres=album.genres
    )
    return replace(numbered, sort_name=numbered.natural_sort_name)


def _named(seed: str, kind: ItemType, number: int, ancestors: tuple[str, ...], artist: Item) -> Item:
    name, mention = title(seed), (_mention(artist),)
    return Item(
        item_id(seed),
        kind,
        name,
        name.lower(),
        _BEGINNING + timedelta(minutes=number),
        ancestors,
        year=1960 + number % 60,
        artists=mention,
        album_artists=mention,
    )
