"""Writes of an item's places among those that mention the same.

They change in transactions of their own, some named items at a time, since an item may mention 600.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import batched

from chalicelib.adapters.dynamodb.library.counting import PlacesTakenError
from chalicelib.adapters.dynamodb.library.mentions.changes import Find, Left, TallyChange, move_names
from chalicelib.adapters.dynamodb.library.mentions.tallies import read_tallies
from chalicelib.adapters.dynamodb.library.places import place_partition
from chalicelib.adapters.dynamodb.table.plain_rows import plain_items
from chalicelib.domain.library.items import Item
from chalicelib.domain.library.listings import name_key_of
from chalicelib.domain.library.mentions import Stand
from chalicelib.services.retries import retry_on_conflict

_ATTEMPTS = 15
_AT_ONCE = 14
"""Named items of one transaction: each takes up to seven of its hundred writes, and one is a condition."""


def add_mentions(named_ids: Iterable[str], stand: Stand, find: Find) -> None:
    """Give an item its places among those that mention named items, where it has none yet."""
    for some in batched(sorted(named_ids), _AT_ONCE, strict=False):
        _written(_Batch(some, stand, find, 1))


def drop_mentions(named_ids: Iterable[str], stand: Stand, find: Find, left: Left) -> None:
    """Delete places of an item that is still as somebody left it; raises ItemChangedError where it is not."""
    for some in batched(sorted(named_ids), _AT_ONCE, strict=False):
        _written(_Batch(some, stand, find, -1, left))


def place_names(named_id: str, named: Item | None) -> None:
    """Let a named item's places in lists of names follow its name; with None, delete them."""
    key = name_key_of(named) if named else None

    def attempt() -> None:
        while True:
            tally = read_tallies([named_id])[named_id]
            moved = next((scope for scope, its in tally.keys.items() if its != key), None)
            if moved is None:
                return
            move_names(tally, moved, key)

    retry_on_conflict(attempt, attempts=_ATTEMPTS, on=PlacesTakenError)


@dataclass(frozen=True)
class _Batch:
    """Some named items, and whether an item's places among those that mention them come (1) or go (-1)."""

    named_ids: Collection[str]
    stand: Stand
    find: Find
    delta: int
    left: Left | None = None

    def attempt(self) -> None:
        """Write what is not as it should be yet."""
        had = self._had()
        changed = [named_id for named_id in self.named_ids if (named_id in had) is (self.delta < 0)]
        if changed:
            change = TallyChange(self.stand, self.delta, read_tallies(changed))
            change.write(self.find, self.left)
            change.tidy()

    def _had(self) -> frozenset[str]:
        places = {
            place_partition(self.stand.among(named_id).listing): named_id for named_id in self.named_ids
        }
        rows = plain_items((partition, self.stand.key) for partition in places)
        return frozenset(places[row["pk"]["S"]] for row in rows)


def _written(batch: _Batch) -> None:
    retry_on_conflict(batch.attempt, attempts=_ATTEMPTS, on=PlacesTakenError)
