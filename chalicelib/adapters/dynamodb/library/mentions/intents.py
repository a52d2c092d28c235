"""What a writer is about to change of an item's mentions, kept as a row until it is done.

The places come before the item and go after it, so that none is ever missing. A writer that fails between leaves
its row `pending#<item>`, by which the sweep lets the places follow the item.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Self
from uuid import uuid4

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import DoesNotExist

from chalicelib.adapters.dynamodb.library.mentions.changes import Find, ItemChangedError, Left
from chalicelib.adapters.dynamodb.library.mentions.places import add_mentions, drop_mentions, place_names
from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.domain.library.items import Item
from chalicelib.domain.library.listings import name_key_of
from chalicelib.domain.library.mentions import Stand, shared_ids
from chalicelib.errors import BusyError, ConflictError

PENDING = "pending#"
ABANDONED = timedelta(hours=1)
"""After which nobody works at an intent any more: longer than any function runs."""

_ATTEMPTS = 15


class IntentRow(Row):
    """An intent: the named items, where the item stands before and after, and whether its own name changes."""

    named_ids = UnicodeAttribute()
    stands = UnicodeAttribute()
    is_renamed = BooleanAttribute()
    at = UTCDateTimeAttribute()


@dataclass(frozen=True, slots=True)
class Intent:
    """What changes beside an item; `new` are named items that it is about to mention where it will stand."""

    item_id: str
    named_ids: frozenset[str]
    stands: frozenset[Stand]
    is_renamed: bool
    new: frozenset[str] = frozenset()

    @classmethod
    def between(
        cls, item_id: str, before: Item | None, after: Item | None, *, is_tallied: bool = True
    ) -> Self:
        """Compare an item as it is kept, None if it is not, with what it is to be, None if it is to go.

        If it is not tallied, it may lack any of its places.
        """
        stands = [Stand.of(item) if item else None for item in (before, after)]
        had, has = (shared_ids(item) if item else frozenset[str]() for item in (before, after))
        kept = had & has if is_tallied and stands[0] == stands[1] else frozenset[str]()
        renamed = before is not None and before.type.is_named
        return cls(
            item_id,
            (had | has) - kept,
            frozenset(filter(None, stands)),
            renamed and (after is None or name_key_of(after) != _key(before)),
            has - kept,
        )

    def settle(self, item: Item | None, find: Find) -> None:
        """Let the places follow the item as it is now; raises ItemChangedError where it changes meanwhile.

        Those that the item has may have been deleted by another writer that failed before this one was done.
        """
        stand, has = (Stand.of(item), shared_ids(item)) if item else (None, frozenset[str]())
        for old in self.stands:
            stale = self.named_ids - (has if old == stand else frozenset())
            drop_mentions(stale, old, find, Left(self.item_id, item.version if item else None))
        if stand:
            add_mentions(self.named_ids & has, stand, find)
        if self.is_renamed:
            place_names(self.item_id, item)


@contextmanager
def mentions_kept(intent: Intent, after: Item | None, find: Find) -> Iterator[None]:
    """Let the places among those that mention the same follow what the block writes.

    `after` is what it leaves, with the version that it gives. Whatever it raises, they follow what the item then
    is; at the latest the sweep sees to it: no failure to settle is told, since the item is written by then.
    """
    if not intent.named_ids and not intent.is_renamed:
        yield
        return
    row = _row_of(intent)
    row.save()
    try:
        if after:
            add_mentions(intent.new, Stand.of(after), find)
        yield
    except ConflictError:
        with suppress(BusyError):
            _settle_or_leave(intent, _found(intent.item_id, find), find, row)
        raise
    _settle_or_leave(intent, after, find, row)


def settle_abandoned(pk: str, sk: str, find: Find) -> None:
    """Finish what a writer that failed began."""
    try:
        row = IntentRow.get(pk, sk, consistent_read=True)
    except DoesNotExist:
        return
    intent = Intent(
        pk.removeprefix(PENDING),
        frozenset(filter(None, row.named_ids.split(","))),
        frozenset(Stand(**stand) for stand in json.loads(row.stands)),
        row.is_renamed,
    )
    _settle(intent, _found(intent.item_id, find), find, row)


def _settle(intent: Intent, item: Item | None, find: Find, row: IntentRow) -> None:
    """Settle an intent and forget it; where others change the item all the time, leave it to the sweep."""
    for _ in range(_ATTEMPTS):
        try:
            intent.settle(item, find)
        except ItemChangedError:
            item = _found(intent.item_id, find)
        else:
            row.delete()
            return


def _settle_or_leave(intent: Intent, item: Item | None, find: Find, row: IntentRow) -> None:
    """Settle an intent; where others write the same places all the time, or the table is busy, leave it, too."""
    with suppress(ConflictError, BusyError):
        _settle(intent, item, find, row)


def _row_of(intent: Intent) -> IntentRow:
    return IntentRow(
        PENDING + intent.item_id,
        uuid4().hex,
        named_ids=",".join(sorted(intent.named_ids)),
        stands=json.dumps([asdict(stand) for stand in intent.stands]),
        is_renamed=intent.is_renamed,
        at=datetime.now(UTC),
    )


def _found(item_id: str, find: Find) -> Item | None:
    return find([item_id]).get(item_id)


def _key(item: Item | None) -> str:
    return name_key_of(item) if item else ""
