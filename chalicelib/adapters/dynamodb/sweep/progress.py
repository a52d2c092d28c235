"""The progress of a sweep: the row `sweep`, which exists only while one is under way."""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.exceptions import DoesNotExist

from chalicelib.adapters.dynamodb.table.models import Row

_SWEEP = "sweep"


class SweepRow(Row):
    """The progress, as the service writes it."""

    progress = UnicodeAttribute()


class DynamoSweepProgressStore:
    """SweepProgressStore in the row above."""

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
