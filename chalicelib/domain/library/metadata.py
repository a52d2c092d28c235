"""Metadata of an item that no list needs and no image follows from; clients show and edit it."""

from dataclasses import dataclass
from enum import StrEnum


class SeriesStatus(StrEnum):
    """Whether a series goes on."""

    CONTINUING = "Continuing"
    ENDED = "Ended"
    UNRELEASED = "Unreleased"


class MetadataField(StrEnum):
    """What an editor can lock."""

    CAST = "Cast"
    GENRES = "Genres"
    PRODUCTION_LOCATIONS = "ProductionLocations"
    STUDIOS = "Studios"
    TAGS = "Tags"
    NAME = "Name"
    OVERVIEW = "Overview"
    RUNTIME = "Runtime"
    OFFICIAL_RATING = "OfficialRating"


WEEK = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is said of an item; whatever is empty is not known.

    `premiered` and `ended` are ISO 8601 texts in UTC, which sort as time does. `run_time_ticks` counts 100 ns.
    """

    original_title: str = ""
    tagline: str = ""
    tags: tuple[str, ...] = ()
    production_locations: tuple[str, ...] = ()
    official_rating: str = ""
    custom_rating: str = ""
    community_rating: float | None = None
    critic_rating: float | None = None
    premiered: str = ""
    ended: str = ""
    run_time_ticks: int | None = None
    status: str = ""
    air_days: tuple[str, ...] = ()
    air_time: str = ""
    display_order: str = ""
    country: str = ""
    is_locked: bool = False
    locked_fields: tuple[str, ...] = ()


NOTHING_SAID = Metadata()
