"""What a user has done with an item: liked it, played it, stopped in the middle of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Self

from chalicelib.domain.library.items import Item, ItemType

RESUMABLE_FROM, RESUMABLE_UNTIL = 0.05, 0.9
"""Parts of the run time: who stops earlier has not begun, who stops later is done. Jellyfin's defaults."""

SHORTEST_RESUMABLE_TICKS = 300 * 10_000_000
"""Five minutes; what is shorter is begun anew."""

_NEVER_PLAYED = frozenset(
    {
        ItemType.MUSIC_ALBUM,
        ItemType.MUSIC_ARTIST,
        ItemType.COLLECTION_FOLDER,
        ItemType.PHOTO,
        ItemType.PHOTO_ALBUM,
        ItemType.PLAYLIST,
        ItemType.GENRE,
        ItemType.MUSIC_GENRE,
        ItemType.PERSON,
        ItemType.STUDIO,
    }
)
_KEEPS_NO_POSITION = frozenset({ItemType.AUDIO})


class Progress(Enum):
    """How far somebody came."""

    NOT_BEGUN = 0
    BEGUN = 1
    DONE = 2


@dataclass(frozen=True, slots=True)
class UserData:
    """Favourite, played or half played; `position_ticks` counts 100 ns, `last_played` is ISO 8601 text in UTC."""

    is_favourite: bool = False
    likes: bool | None = None
    rating: float | None = None
    is_played: bool = False
    play_count: int = 0
    position_ticks: int = 0
    last_played: str = ""

    @property
    def is_resumable(self) -> bool:
        """Tell whether there is something to go on with."""
        return self.position_ticks > 0

    def played(self, when: datetime | None, now: datetime) -> Self:
        """Return the data of an item that its user says to have played."""
        count = max(self.play_count + (when is not None), 1)
        last = when.isoformat() if when else self.last_played or now.isoformat()
        return replace(self, is_played=True, play_count=count, position_ticks=0, last_played=last)

    def unplayed(self) -> Self:
        """Return the data of an item that its user says not to have played."""
        return replace(self, is_played=False, play_count=0, position_ticks=0, last_played="")

    def started(self, item: Item, now: datetime) -> Self:
        """Return the data of an item that begins to play."""
        is_done = plays(item.type) and item.type in _KEEPS_NO_POSITION
        return replace(self, play_count=self.play_count + 1, last_played=now.isoformat(), is_played=is_done)

    def reached(self, item: Item, position: int) -> Self:
        """Return the data of an item that plays, or stopped, at a position."""
        if item.type in _KEEPS_NO_POSITION or not plays(item.type):
            return replace(self, position_ticks=0)
        match _progress(position, item.metadata.run_time_ticks):
            case Progress.BEGUN:
                return replace(self, position_ticks=position)
            case Progress.DONE:
                return replace(self, position_ticks=0, is_played=True)
        return replace(self, position_ticks=0)

    def stopped(self, item: Item) -> Self:
        """Return the data of an item that stopped, nobody knows where: then it was played to its end."""
        return replace(self, play_count=self.play_count + 1, is_played=plays(item.type), position_ticks=0)


UNTOUCHED = UserData()

type UserBook = Mapping[str, UserData]
"""All that a user has done, by item id."""


def plays(item_type: ItemType) -> bool:
    """Tell whether an item of this type is played or not: an album is heard song by song."""
    return item_type not in _NEVER_PLAYED


def _progress(position: int, run_time: int | None) -> Progress:
    if position <= 0:
        return Progress.NOT_BEGUN
    if not run_time or position >= run_time * RESUMABLE_UNTIL:
        return Progress.DONE
    if position < run_time * RESUMABLE_FROM:
        return Progress.NOT_BEGUN
    return Progress.BEGUN if run_time >= SHORTEST_RESUMABLE_TICKS else Progress.DONE
