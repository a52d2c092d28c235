"""What is said of the state of the service in JSON; ours."""

from typing import NotRequired, TypedDict

from chalicelib.web.protocol.declarations.schemas import Guid


class QueueCounts(TypedDict):
    """About how many events wait, are handled, come back after a failure, or failed too often."""

    Waiting: int
    Handled: int
    Delayed: int
    DeadLetters: int


class Stored(TypedDict):
    """A number of blobs, and their bytes together."""

    Count: int
    Bytes: int


class NamedAmount(Stored):
    """What was stored or found, by what it is called."""

    Name: str


class SweepResult(TypedDict):
    """What the last sweep saw and found."""

    Finished: str | None
    Checked: int
    Stored: list[NamedAmount]
    Findings: list[NamedAmount]


class MonthlyCost(TypedDict):
    """An estimate in US dollars, for so many pictures a month; what is fixed has the storage in it."""

    Storage: float
    Fixed: float
    Serving: float
    Traffic: float
    Total: float
    AssumedPictures: int


class ServiceStatus(TypedDict):
    """How the service is."""

    Version: str
    JellyfinVersion: str
    Queue: QueueCounts
    SweepIsUnderWay: bool
    LastSweep: SweepResult | None
    MonthlyCost: MonthlyCost


class UpstreamState(TypedDict):
    """The Jellyfin server in front of which the service stands; without one all but `InFront` is left out."""

    InFront: bool
    IsAnswering: NotRequired[bool]
    RestsUntil: NotRequired[str | None]
    FreshSeconds: NotRequired[int]
    UnknownPerMinute: NotRequired[int]


class LibraryStorage(TypedDict):
    """What a library stores; without an id all named items of a type."""

    Id: Guid | None
    Name: str
    Items: int
    Images: int
    Originals: Stored
    Steps: Stored


class ServiceStorage(TypedDict):
    """What all libraries store; more than this where the time did not suffice."""

    Libraries: list[LibraryStorage]
    IsComplete: bool
