"""What a long-lived process must not gather: threads, memory maps, resident memory."""

from dataclasses import dataclass
from pathlib import Path

import psutil

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Vitals:
    """One look at a process; memory in bytes."""

    threads: int
    maps: int
    memory: int

    @classmethod
    def of(cls, pid: int) -> "Vitals":
        """Read them; raises OSError once the process is gone."""
        process = psutil.Process(pid)
        lines = Path(f"/proc/{pid}/maps").read_bytes().count(b"\n")
        return cls(process.num_threads(), lines, process.memory_info().rss)

    def __str__(self) -> str:
        return f"{self.threads} threads, {self.maps} maps, {self.memory / MEBIBYTE:.0f} MB"


def emulator_of(folder: Path) -> int:
    """Return the process id of the emulated cloud that runs in a folder."""
    return int((folder / "localstack.pid").read_text().split()[0])
