"""Writes of many rows at once, none of which has a condition."""

from collections.abc import Iterator
from contextlib import contextmanager

from pynamodb.exceptions import PutError
from pynamodb.models import BatchWrite

from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.errors import BusyError


@contextmanager
def batch_of[R: Row](rows: type[R]) -> Iterator[BatchWrite[R]]:
    """Write rows when the block ends, or as many as fit one call; raises BusyError when some were left.

    DynamoDB leaves rows out of a batch where it is short of capacity, which is no error of a call of its own.
    """
    try:
        with rows.batch_write() as batch:
            yield batch
    except PutError as error:
        if error.cause is None:
            raise BusyError("DynamoDB was too busy to write all rows.") from error
        raise
