"""The named items that an item mentions, before and after they are known."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from chalicelib.domain.library.items import Credit, Item, ItemType, Mention
from chalicelib.domain.library.names import name_key

type KnownNames = Mapping[ItemType, Mapping[str, str]]
"""The ids of named items, by type and `name_key`."""


def mentioned_names(item: Item) -> Mapping[ItemType, Mapping[str, str]]:
    """Return the names that an item mentions, by type and key; of several spellings the first."""
    return {
        item.genre_type: _by_key(item.genres),
        ItemType.STUDIO: _by_key(item.studios),
        ItemType.MUSIC_ARTIST: _by_key((*item.album_artists, *item.artists)),
        ItemType.PERSON: _by_key(item.people),
    }


def with_known(item: Item, known: KnownNames) -> Item:
    """Write into each mention the id of the named item."""
    artists = known[ItemType.MUSIC_ARTIST]
    return replace(
        item,
        genres=_resolved(item.genres, known[item.genre_type]),
        studios=_resolved(item.studios, known[ItemType.STUDIO]),
        artists=_resolved(item.artists, artists),
        album_artists=_resolved(item.album_artists, artists),
        people=_resolved(item.people, known[ItemType.PERSON]),
    )


def _by_key(mentions: Iterable[Mention | Credit]) -> Mapping[str, str]:
    names: dict[str, str] = {}
    for mention in mentions:
        names.setdefault(name_key(mention.name), mention.name)
    return names


def _resolved[M: (Mention, Credit)](mentions: tuple[M, ...], known: Mapping[str, str]) -> tuple[M, ...]:
    return tuple(replace(mention, id=known[name_key(mention.name)]) for mention in mentions)
