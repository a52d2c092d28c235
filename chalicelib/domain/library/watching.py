"""What a user has left to watch: counts below folders, and the episode that comes next."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.user_data import UNTOUCHED, UserBook, UserData

COUNTED = frozenset({ItemType.SERIES, ItemType.SEASON, ItemType.BOX_SET, ItemType.FOLDER})
"""Folders that are played when all below them is."""

SPECIALS = 0
"""The number of the season that holds the specials."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many items below a folder can be played, and how many of them are not."""

    total: int = 0
    unplayed: int = 0

    @property
    def is_played(self) -> bool:
        """Tell whether nothing is left; an empty folder is not played."""
        return self.total > 0 and self.unplayed == 0

    @property
    def percentage(self) -> float | None:
        """Return how much is played, None when there is nothing."""
        return 100 * (self.total - self.unplayed) / self.total if self.total else None


def tallies(leaves: Iterable[Entry], book: UserBook) -> Mapping[str, Tally]:
    """Return the counts of every folder above any of the leaves."""
    counts: dict[str, Tally] = {}
    for leaf in leaves:
        unplayed = not book.get(leaf.id, UNTOUCHED).is_played
        for folder in leaf.ancestors:
            before = counts.get(folder, Tally())
            counts[folder] = Tally(before.total + 1, before.unplayed + unplayed)
    return counts


def aired_order(entry: Entry) -> tuple[bool, int, int, str]:
    """Return what episodes are sorted by: season, number, name; specials come last, as they air between."""
    season, number = entry.parent_index_number, entry.index_number
    return season == SPECIALS, season or 0, number or 0, entry.sort_name


@dataclass(frozen=True, slots=True)
class NextUp:
    """The episode of a series that comes next, and when its user last watched the series."""

    episode: Entry
    last_played: str


def next_up(episodes: Iterable[Entry], book: UserBook, *, may_be_first: bool) -> NextUp | None:
    """Return what comes after the last episode that was watched; None when nothing was, or nothing is left.

    Specials neither count as watched nor come next. With `may_be_first` a series that nobody began has its first
    episode next.
    """
    ordered = sorted((e for e in episodes if e.parent_index_number != SPECIALS), key=aired_order)
    watched = [position for position, episode in enumerate(ordered) if _is_played(episode, book)]
    if not watched and not may_be_first:
        return None
    following = ordered[watched[-1] + 1 :] if watched else ordered
    last = max((_data(episode, book).last_played for episode in ordered), default="")
    return next((NextUp(episode, last) for episode in following), None)


def by_series(episodes: Iterable[Entry], series: Mapping[str, Entry]) -> Mapping[str, list[Entry]]:
    """Return episodes by the series that they lie in."""
    groups: dict[str, list[Entry]] = {series_id: [] for series_id in series}
    for episode in episodes:
        for ancestor in episode.ancestors:
            if ancestor in groups:
                groups[ancestor].append(episode)
    return groups


def last_of_each(candidates: Iterable[NextUp]) -> Iterator[NextUp]:
    """Yield what comes next in the order in which its series were watched, the latest first."""
    return iter(sorted(candidates, key=lambda each: (each.last_played, each.episode.id), reverse=True))


def _data(entry: Entry, book: UserBook) -> UserData:
    return book.get(entry.id, UNTOUCHED)


def _is_played(entry: Entry, book: UserBook) -> bool:
    return _data(entry, book).is_played
