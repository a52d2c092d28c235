"""All rows of a sort, for the sweep, and its memory: pk `sweep`, there only while one is under way."""

import json
from collections.abc import Callable

from pynamodb.attributes import TTLAttribute, UnicodeAttribute
from pynamodb.exceptions import DeleteError, DoesNotExist
from pynamodb.expressions.condition import Condition

from chalicelib.adapters.dynamodb.images.rows import (
    CLAIMS,
    IMAGES,
    ClaimRow,
    ImagesRow,
    claim_of_row,
    images_of_row,
)
from chalicelib.adapters.dynamodb.table.conditions import is_refused
from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.domain.images.claims import Claim
from chalicelib.domain.images.images import OwnerImages
from chalicelib.services.sweep.ports import ExpiringRow, RowBatch

_PAGE = 500
_SWEEP = "sweep"


class ExpiryRow(Row):
    """What rows of every sort with a time to live have in common."""

    expires_at = TTLAttribute()


class SweepRow(Row):
    """How far a sweep has come."""

    progress = UnicodeAttribute()


class DynamoTableScan:
    """TableScan by scans of the whole table, each of which reads every row and hands out those of its sort."""

    def images(self, after: str) -> RowBatch[OwnerImages]:
        """Scan for rows of images."""
        return _page(ImagesRow, ImagesRow.sk == IMAGES, after, images_of_row)

    def claims(self, after: str) -> RowBatch[Claim]:
        """Scan for rows of claims."""
        return _page(ClaimRow, ClaimRow.pk.startswith(CLAIMS), after, claim_of_row)

    def expiring(self, after: str) -> RowBatch[ExpiringRow]:
        """Scan for rows that have a time to live."""
        return _page(ExpiryRow, ExpiryRow.expires_at.exists(), after, _expiring)

    def remove(self, row: ExpiringRow) -> None:
        """Delete the row on the condition that its time to live is still the one that was read."""
        try:
            ExpiryRow(row.pk, row.sk).delete(ExpiryRow.expires_at == row.expires)
        except DeleteError as error:
            if not is_refused(error):
                raise


class DynamoSweepProgressStore:
    """SweepProgressStore in one row."""

    def load(self) -> str | None:
        """Read the row."""
        try:
            return SweepRow.get(_SWEEP, _SWEEP, consistent_read=True).progress
        except DoesNotExist:
            return None

    def save(self, text: str) -> None:
        """Put the row."""
        SweepRow(_SWEEP, _SWEEP, progress=text).save()

    def clear(self) -> None:
        """Delete the row."""
        SweepRow(_SWEEP, _SWEEP).delete()


def _page[R: Row, T](
    model: type[R], condition: Condition, after: str, value: Callable[[R], T]
) -> RowBatch[T]:
    """Scan on from a position, which is DynamoDB's last evaluated key as JSON."""
    scan = model.scan(
        condition,
        limit=_PAGE,
        page_size=_PAGE,
        consistent_read=True,
        last_evaluated_key=json.loads(after) if after else None,
    )
    rows = tuple(map(value, scan))
    last = scan.last_evaluated_key
    return RowBatch(rows, json.dumps(last) if last else None)


def _expiring(row: ExpiryRow) -> ExpiringRow:
    return ExpiringRow(row.pk, row.sk, row.expires_at)
