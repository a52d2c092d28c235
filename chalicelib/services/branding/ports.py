"""What the splash screen needs of the outside world."""

from collections.abc import Sequence
from typing import Protocol

from chalicelib.services.ports import Blob


class SplashPainter(Protocol):
    """Makes one picture of many."""

    def paint(self, posters: Sequence[bytes], backdrops: Sequence[bytes]) -> Blob:
        """Return the splash screen; at least one picture is given, and those may be few."""
        ...
