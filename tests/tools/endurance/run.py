"""Send a load while looking at the emulator, and judge what grew."""

from collections.abc import Iterator

from tests.tools.endurance.load import Load
from tests.tools.endurance.vitals import Vitals

REPORTS = 10
MORE_THREADS = 20
MORE_MAPS = 300
"""Allocators come and go by tens of maps; a leak of one map a request is thousands."""
BYTES = 4_000_000
"""What an allocator takes and gives back however many requests there are."""
BYTES_PER_REQUEST = 3_000
"""What a request may leave: rows and log lines, which AWS would keep too. A picture kept would be 50,000."""


def watch(load: Load, pid: int, count: int) -> Iterator[tuple[int, Vitals]]:
    """Send `count` requests and yield, after each tenth, how many there were and how the emulator is."""
    for done in load.send(count, count // REPORTS):
        yield done, Vitals.of(pid)


def grown(warm: Vitals, last: Vitals, requests: int) -> list[str]:
    """Say what is not flat after so many requests; nothing when all is."""
    limits = {
        "threads": (last.threads - warm.threads, MORE_THREADS),
        "maps": (last.maps - warm.maps, MORE_MAPS),
        "bytes": (last.memory - warm.memory, BYTES + requests * BYTES_PER_REQUEST),
    }
    return [f"{name} grew by {more}; {most} at most" for name, (more, most) in limits.items() if more > most]
