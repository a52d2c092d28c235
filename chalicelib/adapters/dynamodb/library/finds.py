"""The keys by which items are found, as rows that are nothing but their key."""

from collections.abc import Iterable, Iterator
from heapq import merge

from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.adapters.dynamodb.table.plain_rows import plain_rows
from chalicelib.domain.library.finding import Find, partition_of, scope_and_id

MOST_READ = 2_000
"""Keys of one partition that a search looks at: other libraries' items are among them."""


class FindRow(Row):
    """A key of the search."""


def find_row_of(find: Find) -> FindRow:
    """Return the row of a key."""
    return FindRow(find.partition, find.key)


def read_found(term: str, kinds: Iterable[str], scope: str | None, most: int) -> tuple[str, ...]:
    """Return the ids of items whose names begin with a term, then of those with such a word; each once."""
    kinds, found = list(kinds), dict[str, None]()
    for is_name in (True, False):
        runs = [_keys(partition_of(kind, term, is_name=is_name), term, most) for kind in kinds]
        for its_scope, item_id in map(scope_and_id, merge(*runs)):
            if len(found) >= most:
                return tuple(found)
            if scope is None or its_scope == scope:
                found[item_id] = None
    return tuple(found)


def _keys(partition: str, term: str, most: int) -> Iterator[str]:
    begins = FindRow.sk.startswith(term)
    rows = plain_rows(partition, begins, consistent=False, most=MOST_READ, at_once=most)
    return (row["sk"]["S"] for row in rows)
