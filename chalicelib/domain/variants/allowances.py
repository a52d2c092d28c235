"""Allowances: how much may be stored, done or sent for one image, or for all, in each period of time.

A bound limits what is stored and how often something is done, never what a picture looks like.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil

EVERY_IMAGE = "every"
"""Stands for a tag where all images share an allowance."""
MEGABYTE = 1_000_000
_SHARE_OF_AN_IMAGE = 8
"""One image may have this part of what all images may: one that is wanted much must not starve the others."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What may be spent on one image in a period; periods follow each other since 1970."""

    name: str
    most: int
    period: timedelta

    def number_at(self, now: datetime) -> int:
        """Return the number of the period that a moment lies in."""
        return (now - _EPOCH) // self.period

    def end_at(self, now: datetime) -> datetime:
        """Return when that period ends."""
        return _EPOCH + (self.number_at(now) + 1) * self.period

    def seconds_left(self, now: datetime) -> int:
        """Return the whole seconds until that period ends, at least 1."""
        return max(ceil((self.end_at(now) - now).total_seconds()), 1)


@dataclass(frozen=True, slots=True)
class Allowances:
    """The allowances of every image.

    `stored` counts variants that are made and stored as asked for, `transient` those that are stored for a day
    because they are too large to be answered directly. `work` is megapixels of pictures that are not stored.
    `all_work` is the same of every picture that is made, for all images together.
    """

    stored: Allowance
    transient: Allowance
    work: Allowance
    all_work: Allowance

    @classmethod
    def of(cls, *, variants: int, variant_days: int, megapixels: int, all_megapixels: int) -> "Allowances":
        """Allow so many variants in the time that variants are kept, and so many megapixels a minute."""
        return cls(
            Allowance("stored", variants, timedelta(days=variant_days)),
            Allowance("transient", variants, _DAY),
            Allowance("work", megapixels, _MINUTE),
            Allowance("all work", all_megapixels, _MINUTE),
        )


@dataclass(frozen=True, slots=True)
class TrafficAllowances:
    """Megabytes a minute that callers whom nobody knows may be sent of one image, and of all together."""

    of_image: Allowance
    of_all: Allowance

    @classmethod
    def of(cls, megabytes: int) -> "TrafficAllowances":
        """Allow so many megabytes of all images."""
        return cls(
            Allowance("traffic", megabytes // _SHARE_OF_AN_IMAGE, _MINUTE),
            Allowance("all traffic", megabytes, _MINUTE),
        )
