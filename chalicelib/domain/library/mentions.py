"""The named items that an item mentions, before and after they are known, and its place among those that do."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Self

from chalicelib.domain.library.items import Credit, Item, ItemType, Mention
from chalicelib.domain.library.listings import Listing, Place, name_key_of
from chalicelib.domain.library.names import name_key

type KnownNames = Mapping[ItemType, Mapping[str, str]]
"""The ids of named items, by type and `name_key`."""

_NAMES = "names"

type ScopeAndKind = tuple[str, str]
"""An item at the top, or nothing, and a type of the items below it."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an item stands among those that mention the same: by the item at the top, its type and its name."""

    scope: str
    kind: str
    key: str

    @classmethod
    def of(cls, item: Item) -> Self:
        """Return where an item stands, whatever it mentions."""
        return cls(scope_of(item), item.type, name_key_of(item))

    def among(self, named_id: str) -> Place:
        """Return its place among the items that mention a named item."""
        return Place(mentioning_listing(named_id, self.scope, self.kind), self.key)


def scope_of(item: Item) -> str:
    """Return the id of the item at the top that an item lies below; empty for one that stands there itself."""
    return item.ancestors[0] if item.ancestors else ""


def shared_ids(item: Item) -> frozenset[str]:
    """Return what items can have in common: the ids of the named items that an item mentions, and of its tags."""
    return item.mentioned_ids() - {""} | frozenset(map(tag_id, item.metadata.tags))


def tag_id(tag: str) -> str:
    """Return the id by which the items that have a tag, in any spelling, are kept together."""
    return hashlib.sha256(f"tag {name_key(tag)}".encode()).hexdigest()[:32]


def mentioning_listing(named_id: str, scope: str, kind: str) -> Listing:
    """Return the listing of the items of a type in a scope that mention a named item."""
    return Listing(f"{named_id}/{scope}", kind)


def named_id_of(listing: Listing) -> str:
    """Return the named item whose mentions a listing holds, empty for any other listing."""
    named_id, slash, _ = listing.scope.partition("/")
    return named_id if slash and named_id != _NAMES else ""


def needs_tallies(listing: Listing) -> bool:
    """Tell whether a listing is of what mentions a named item, or of names that are mentioned."""
    return "/" in listing.scope


def names_listing(scope: str, named_type: str, kind: str = "") -> Listing:
    """Return the listing of the named items that items of a scope mention: those of a type, or any."""
    return Listing(names_scope(scope), f"{named_type}/{kind}")


def names_scope(scope: str) -> str:
    """Return the scope of the listings of names that items of a scope mention."""
    return f"{_NAMES}/{scope}"


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
