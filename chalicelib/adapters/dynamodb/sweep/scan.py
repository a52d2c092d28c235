"""Scans of the whole table, page by page."""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial

from pynamodb.attributes import TTLAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.adapters.dynamodb.images.reading import whole_images
from chalicelib.adapters.dynamodb.images.rows import (
    CLAIMS,
    IMAGES,
    PLACE,
    ClaimRow,
    ImagesRow,
    claim_of_row,
)
from chalicelib.adapters.dynamodb.library.places import mark_complete
from chalicelib.adapters.dynamodb.library.rows import DETAILS, DetailsRow, item_of
from chalicelib.adapters.dynamodb.sweep.outdated import is_outdated, rewrite
from chalicelib.adapters.dynamodb.table.conditions import delete_if
from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.domain.images.claims import Claim
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.library.items import Item
from chalicelib.services.sweep.ports import ExpiringRow, OutdatedRow, RowBatch

_BATCH = 500


class ExpiryRow(Row):
    """What all rows with a time to live share."""

    expires_at = TTLAttribute()


class DynamoTableScan:
    """TableScan whose scans read every row and return those of one sort."""

    def images(self, after: str) -> RowBatch[OwnerImages]:
        """Scan for rows of images."""
        is_one = (ImagesRow.sk == IMAGES) | ImagesRow.sk.startswith(PLACE)
        return _batch(ImagesRow, is_one, after, whole_images)

    def items(self, after: str) -> RowBatch[Item]:
        """Scan for rows of details."""
        return _batch(DetailsRow, DetailsRow.sk == DETAILS, after, partial(map, item_of))

    def claims(self, after: str) -> RowBatch[Claim]:
        """Scan for rows of claims."""
        return _batch(ClaimRow, ClaimRow.pk.startswith(CLAIMS), after, partial(map, claim_of_row))

    def expiring(self, after: str) -> RowBatch[ExpiringRow]:
        """Scan for rows that have a time to live."""
        return _batch(ExpiryRow, ExpiryRow.expires_at.exists(), after, partial(map, _expiring))

    def outdated(self, after: str) -> RowBatch[OutdatedRow]:
        """Scan for rows of an earlier form."""
        condition = is_outdated(datetime.now(UTC))
        return _batch(Row, condition, after, partial(map, lambda row: OutdatedRow(row.pk, row.sk)))

    def rewrite(self, row: OutdatedRow) -> None:
        """Read and write it on the condition that its version is still the one that was read."""
        rewrite(row)

    def all_rewritten(self) -> None:
        """Let lists be read from places."""
        mark_complete()

    def remove(self, row: ExpiringRow) -> None:
        """Delete the row on the condition that its time to live is still the one that was read."""
        delete_if(ExpiryRow(row.pk, row.sk), ExpiryRow.expires_at == row.expires)


def _batch[R: Row, T](
    model: type[R], condition: Condition, after: str, values: Callable[[Iterable[R]], Iterable[T]]
) -> RowBatch[T]:
    """Continue a scan after a position, which is DynamoDB's last evaluated key as JSON."""
    scan = model.scan(
        condition,
        limit=_BATCH,
        page_size=_BATCH,
        consistent_read=True,
        last_evaluated_key=json.loads(after) if after else None,
    )
    rows = tuple(values(scan))
    last = scan.last_evaluated_key
    return RowBatch(rows, json.dumps(last) if last else None)


def _expiring(row: ExpiryRow) -> ExpiringRow:
    return ExpiringRow(row.pk, row.sk, row.expires_at)
