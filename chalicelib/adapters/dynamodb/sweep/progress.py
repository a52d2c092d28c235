"""The progress of a sweep: the row `sweep`, which exists only while one is under way, and `last`, its result."""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.exceptions import DoesNotExist

from chalicelib.adapters.dynamodb.table.models import Row

_SWEEP = "sweep"
_LAST = "last"


class SweepRow(Row):
    """The progress or the result, as the service writes it."""

    progress = UnicodeAttribute()


class DynamoSweepProgressStore:
    """SweepProgressStore in these two rows."""

    def load(self) -> str | None:
        """Read the row."""
        return _text(_SWEEP)

    def save(self, text: str) -> None:
        """Put the row."""
        SweepRow(_SWEEP, _SWEEP, progress=text).save()

    def finish(self, text: str) -> None:
        """Put the result, then delete the progress: a crash between them only repeats the last batch."""
        SweepRow(_SWEEP, _LAST, progress=text).save()
        SweepRow(_SWEEP, _SWEEP).delete()

    def last(self) -> str | None:
        """Read the row of the result."""
        return _text(_LAST)


def _text(sort_key: str) -> str | None:
    try:
        return SweepRow.get(_SWEEP, sort_key, consistent_read=True).progress
    except DoesNotExist:
        return None
