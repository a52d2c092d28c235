"""How much mentions a named item: a row of each, `tally#<id>`, from which every list of mentions starts."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Self

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.operand import Path

from chalicelib.adapters.dynamodb.table.conditions import delete_if
from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.adapters.dynamodb.table.plain_rows import PlainRow, plain_items
from chalicelib.domain.library.listings import Listing
from chalicelib.domain.library.mentions import ScopeAndKind

TALLY = "tally#"
SK = "tally"
_COUNT, _KEY, _CUT = "items/", "key/", "cut/"


class TallyRow(Row):
    """How many items of each scope and type mention a named item, as attributes `items/<scope>/<type>`.

    `key/<scope>` is its place in the scope's lists of names while it has one, and `cut/<scope>/<type>` says that
    segments count its items there. `turns` counts how often anything began or ceased to be counted: whoever changes
    a place does so on the condition that nobody else has. `writes` counts all changes.
    """

    total = NumberAttribute()
    writes = NumberAttribute()
    turns = NumberAttribute(null=True)
    named_type = UnicodeAttribute(null=True)


@dataclass(frozen=True, slots=True)
class Tally:
    """A row as it was read; without any, of nothing."""

    named_id: str
    counts: Mapping[ScopeAndKind, int] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    cut: AbstractSet[ScopeAndKind] = frozenset()
    named_type: str = ""
    turns: int | None = None
    total: int = 0
    writes: int = 0

    @classmethod
    def of(cls, row: PlainRow) -> Self:
        """Read a row."""
        return cls(
            row["pk"]["S"].removeprefix(TALLY),
            {_pair(name, _COUNT): int(row[name]["N"]) for name in row if name.startswith(_COUNT)},
            {name.removeprefix(_KEY): row[name]["S"] for name in row if name.startswith(_KEY)},
            {_pair(name, _CUT) for name in row if name.startswith(_CUT)},
            row["named_type"]["S"] if "named_type" in row else "",
            int(row["turns"]["N"]) if "turns" in row else None,
            int(row["total"]["N"]),
            int(row["writes"]["N"]),
        )

    def count(self, pair: ScopeAndKind) -> int:
        """Return how many items of a scope and type mention it."""
        return self.counts.get(pair, 0)

    def count_of(self, listing: Listing) -> int:
        """Return how many places a listing of what mentions it has."""
        return self.count(self._pair_of(listing))

    def is_cut(self, listing: Listing) -> bool:
        """Tell whether segments count them."""
        return self._pair_of(listing) in self.cut

    def kinds(self, scope: str) -> list[str]:
        """Return of which types items of a scope mention it."""
        return [kind for (its, kind), count in self.counts.items() if its == scope and count]

    def row(self) -> TallyRow:
        """Return the key of the row, for an update."""
        return tally_row(self.named_id)

    def _pair_of(self, listing: Listing) -> ScopeAndKind:
        return _pair(f"{listing.scope}/{listing.kind}", f"{self.named_id}/")


def drop_empty_tally(named_id: str) -> None:
    """Delete a tally that counts nothing; whoever counts up meanwhile keeps it."""
    delete_if(tally_row(named_id), TallyRow.total == 0)


def tally_row(named_id: str) -> TallyRow:
    """Return the key of a tally."""
    return TallyRow(TALLY + named_id, SK)


def read_tallies(named_ids: Iterable[str]) -> Mapping[str, Tally]:
    """Return the tallies of named items by id, by consistent reads of a hundred at once."""
    wanted = list(dict.fromkeys(named_ids))
    found = map(Tally.of, plain_items((TALLY + named_id, SK) for named_id in wanted))
    return {named_id: Tally(named_id) for named_id in wanted} | {tally.named_id: tally for tally in found}


def count_path(pair: ScopeAndKind) -> Path:
    """Return the attribute that counts the items of a scope and type."""
    return Path([_COUNT + "/".join(pair)])


def cut_path(pair: ScopeAndKind) -> Path:
    """Return the attribute that says that segments count them."""
    return Path([_CUT + "/".join(pair)])


def key_path(scope: str) -> Path:
    """Return the attribute that holds the place in a scope's lists of names."""
    return Path([_KEY + scope])


def _pair(name: str, prefix: str) -> ScopeAndKind:
    scope, _, kind = name.removeprefix(prefix).rpartition("/")
    return scope, kind
