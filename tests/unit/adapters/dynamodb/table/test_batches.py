"""Batches of which DynamoDB leaves a part undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from botocore.exceptions import ClientError
from pynamodb.exceptions import PutError

from chalicelib.adapters.dynamodb.table.batches import batch_of
from chalicelib.errors import BusyError

REFUSED = ClientError({"Error": {"Code": "ValidationException", "Message": "made up"}}, "BatchWriteItem")


@dataclass
class Rows:
    """A class of rows whose batches fail at their end."""

    error: Exception

    @contextmanager
    def batch_write(self) -> Iterator[list[object]]:
        yield []
        raise self.error


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (PutError("Failed to batch write items: max_retry_attempts exceeded"), BusyError),
        (PutError("Failed to batch write items: made up", REFUSED), PutError),
    ],
)
def test_rows_that_were_left_are_told_from_a_call_that_was_refused(
    error: Exception, raised: type[Exception]
) -> None:
    rows: Any = Rows(error)
    with pytest.raises(raised), batch_of(rows):
        pass
