"""Whom a name means in the upstream server: it alone knows, so a name is all there is."""

from dataclasses import dataclass

from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.library.items import ItemType

_RESOURCES = {
    ItemType.MUSIC_ARTIST: "Artists",
    ItemType.GENRE: "Genres",
    ItemType.MUSIC_GENRE: "MusicGenres",
    ItemType.PERSON: "Persons",
    ItemType.STUDIO: "Studios",
}


@dataclass(frozen=True, slots=True)
class UpstreamNames:
    """NamedOwners without a library."""

    def owner_named(self, item_type: ItemType, name: str) -> OwnerKey:
        """Return the owner of that name."""
        return OwnerKey.upstream(_RESOURCES[item_type], name)
