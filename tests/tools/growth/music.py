"""A library of music of any size: artists, their albums, the tracks on them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import md5

from chalicelib.domain.library.items import Item, ItemType, Mention

TRACKS_OF_AN_ALBUM = 10
ALBUMS_OF_AN_ARTIST = 1
"""So few that a page of 100 is full, and shows as many albums and artists, at 1,000 tracks as at 100,000."""

_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
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
        artist = _artist(number // ALBUMS_OF_AN_ARTIST)
        if number % ALBUMS_OF_AN_ARTIST == 0:
            yield artist
        album = _named(f"album {number}", ItemType.MUSIC_ALBUM, number, (top.id,), artist)
        yield album
        first = number * TRACKS_OF_AN_ALBUM
        for track in range(first, min(first + TRACKS_OF_AN_ALBUM, tracks)):
            yield _track(track, album, artist)


def item_id(name: str) -> str:
    """Return the id of an item of this library."""
    return md5(f"growth {name}".encode(), usedforsecurity=False).hexdigest()


def title(seed: str) -> str:
    """Return three words, and a number that makes them the only ones."""
    digest = md5(seed.encode(), usedforsecurity=False).digest()
    return " ".join([*(_WORDS[byte % len(_WORDS)] for byte in digest[:3]), seed.rpartition(" ")[2]])


def _artist(number: int) -> Item:
    name = title(f"artist {number}")
    return Item(item_id(f"artist {number}"), ItemType.MUSIC_ARTIST, name, name.lower(), _BEGINNING)


def _track(number: int, album: Item, artist: Item) -> Item:
    track = _named(f"track {number}", ItemType.AUDIO, number, (*album.ancestors, album.id), artist)
    numbered = replace(track, index_number=number % TRACKS_OF_AN_ALBUM + 1, album_id=album.id)
    return replace(numbered, sort_name=numbered.natural_sort_name)


def _named(seed: str, kind: ItemType, number: int, ancestors: tuple[str, ...], artist: Item) -> Item:
    name, mention = title(seed), (Mention(artist.name, artist.id),)
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
