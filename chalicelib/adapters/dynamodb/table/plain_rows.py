"""Rows as DynamoDB answers them, for reads of hundreds: making objects of them takes ten times as long."""

from collections.abc import Iterator, Mapping
from typing import Any

from pynamodb.expressions.condition import Condition

from chalicelib.adapters.dynamodb.table.models import Row, connection

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
) -> Iterator[PlainRow]:
    """Yield the rows of a partition in the order of their sort keys, up to so many, by so many in a call."""
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
        )
        yield from answer["Items"]
        if (after := answer.get("LastEvaluatedKey")) is None:
            return
        left = None if left is None else left - len(answer["Items"])
