"""Writers that meet on one row."""

from collections.abc import Callable
from contextlib import suppress

from chalicelib.errors import ConflictError

_TRIES = 5


def until_settled[T](change: Callable[[], T]) -> T:
    """Return what a change returns; it reads anew and is repeated when another writer was faster.

    Raises ConflictError when others were faster every time.
    """
    for _ in range(_TRIES - 1):
        with suppress(ConflictError):
            return change()
    return change()
