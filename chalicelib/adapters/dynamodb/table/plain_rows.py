"""Rows as DynamoDB answers them, for reads of hundreds: making objects of them takes ten times as long."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import batched
from typing import Any

from pynamodb.expressions.condition import Condition

from chalicelib.adapters.dynamodb.table.models import Row, connection

_AT_ONCE = 100

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
    """Yield the rows of some keys, in no order, by consistent reads of a hundred at once."""
    table = Row.Meta.table_name
    for some in batched(dict.fromkeys(keys), _AT_ONCE, strict=False):
        left: list[Any] = [{"pk": {"S": pk}, "sk": {"S": sk}} for pk, sk in some]
        while left:
            answer = connection().batch_get_item(table, left, consistent_read=True)
            yield from answer["Responses"].get(table, ())
            left = answer.get("UnprocessedKeys", {}).get(table, {}).get("Keys", [])
