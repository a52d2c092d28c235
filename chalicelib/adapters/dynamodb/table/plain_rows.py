"""Rows as DynamoDB answers them, for reads of hundreds: making objects of them takes ten times as long."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from pynamodb.expressions.condition import Condition

from chalicelib.adapters.dynamodb.table.models import Row, connection
from chalicelib.errors import BusyError
from chalicelib.services.retries import retry_on_conflict

_AT_ONCE = 100
_ATTEMPTS = 8

type PlainRow = Mapping[str, Mapping[str, Any]]
"""Attributes by name, each as its type and value."""


def plain_rows(  # noqa: PLR0913  # what a query may say, by keyword
    partition: str,
    condition: Condition | None = None,
    *,
    consistent: bool = True,
    descending: bool = False,
    most: int | None = None,
    at_once: int | None = None,
    keys_alone: bool = False,
) -> Iterator[PlainRow]:
    """Yield the rows of a partition in the order of their sort keys, up to so many, by so many in a call.

    Rows that are nothing but their key say it in half the time if the partition is not repeated in each.
    """
    left, after = most, None
    while left is None or left > 0:
        limits = [limit for limit in (left, at_once) if limit is not None]
        answer = connection().query(
            Row.Meta.table_name,
            partition,
            range_key_condition=condition,
            consistent_read=consistent,
            scan_index_forward=not descending,
            limit=min(limits, default=None),
            exclusive_start_key=after,
            attributes_to_get=["sk"] if keys_alone else None,
        )
        yield from answer["Items"]
        if (after := answer.get("LastEvaluatedKey")) is None:
            return
        left = None if left is None else left - len(answer["Items"])


def plain_items(keys: Iterable[tuple[str, str]]) -> Iterator[PlainRow]:
    """Yield the rows of some keys, in no order, by consistent reads of a hundred at once.

    DynamoDB leaves keys out where it is short of capacity, which is no error: they are asked for again, with
    pauses. Raises BusyError when some are left.
    """
    for some in batched(dict.fromkeys(keys), _AT_ONCE, strict=False):
        left = _Left([{"pk": {"S": pk}, "sk": {"S": sk}} for pk, sk in some])
        retry_on_conflict(left.read, attempts=_ATTEMPTS, on=_LeftOutError)
        yield from left.found


class _LeftOutError(BusyError):
    """DynamoDB left keys out of an answer."""


@dataclass
class _Left:
    """Keys that are not read yet, and the rows of the others."""

    keys: list[Any]
    found: list[PlainRow] = field(default_factory=list)

    def read(self) -> None:
        table = Row.Meta.table_name
        answer = connection().batch_get_item(table, self.keys, consistent_read=True)
        self.found += answer["Responses"].get(table, ())
        self.keys = answer.get("UnprocessedKeys", {}).get(table, {}).get("Keys", [])
        if self.keys:
            raise _LeftOutError("DynamoDB was too busy to read all rows.")
