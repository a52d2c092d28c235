"""How many items of each type a scope has: a row of each scope, changed by whatever adds or removes an item."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pynamodb.attributes import NumberAttribute
from pynamodb.expressions.operand import Path
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb.table.conditions import delete_if
from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.adapters.dynamodb.table.plain_rows import plain_items
from chalicelib.domain.library.items import Item, ItemType
from chalicelib.domain.library.mentions import scope_of

if TYPE_CHECKING:
    from pynamodb.expressions.update import Action

TOTALS = "totals#"
TOTALS_SK = "totals"
OF_A_TYPE = "of "


class TotalsRow(Row):
    """The items of a scope: `total` of all types, and of each type an attribute `of <type>`."""

    total = NumberAttribute()


def count_items(write: TransactWrite, before: Item | None, after: Item | None) -> int:
    """Count an item in or out in its own transaction; return how many updates that took."""
    deltas: Counter[tuple[str, str]] = Counter()
    if after:
        deltas[scope_of(after), after.type] += 1
    if before:
        deltas[scope_of(before), before.type] -= 1
    changed = {counted: delta for counted, delta in deltas.items() if delta}
    for (scope, kind), delta in changed.items():
        actions: list[Action] = [TotalsRow.total.add(delta), Path([OF_A_TYPE + kind]).add(delta)]
        write.update(TotalsRow(TOTALS + scope, TOTALS_SK), actions)
    return len(changed)


def drop_empty_totals(scope: str) -> None:
    """Delete the totals of a scope that has no items; whoever counts up meanwhile keeps them."""
    delete_if(TotalsRow(TOTALS + scope, TOTALS_SK), TotalsRow.total == 0)


def read_item_counts(scopes: Iterable[str]) -> Mapping[ItemType, int]:
    """Return how many items of each type some scopes have, by a consistent batch of reads."""
    counts: Counter[str] = Counter()
    for row in plain_items((TOTALS + scope, TOTALS_SK) for scope in scopes):
        counts.update(
            {name.removeprefix(OF_A_TYPE): int(row[name]["N"]) for name in row if name.startswith(OF_A_TYPE)}
        )
    return {kind: counts[kind] for kind in ItemType}
