"""What became of the files: counts, bytes, and the reasons."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from threading import Lock

_EXAMPLES = 10


class Outcome(StrEnum):
    """What may become of a picture file."""

    TAKEN = "taken"
    UNCHANGED = "unchanged"
    PASSED_OVER = "passed over"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(slots=True)
class Summary:
    """Counts by outcome; of each reason a few files are remembered."""

    files: Counter[Outcome] = field(default_factory=Counter)
    sizes: Counter[Outcome] = field(default_factory=Counter)
    reasons: Counter[tuple[Outcome, str]] = field(default_factory=Counter)
    examples: dict[tuple[Outcome, str], list[Path]] = field(default_factory=lambda: defaultdict(list))
    items: int = 0
    created: int = 0
    _lock: Lock = field(default_factory=Lock)

    def add(self, outcome: Outcome, path: Path, size: int = 0, reason: str = "") -> None:
        """Count one file."""
        with self._lock:
            self.files[outcome] += 1
            self.sizes[outcome] += size
            if reason:
                self.reasons[outcome, reason] += 1
                if len(self.examples[outcome, reason]) < _EXAMPLES:
                    self.examples[outcome, reason].append(path)

    @property
    def has_begun(self) -> bool:
        """Tell whether any file was compared with the service; passed over are those that never will be."""
        return any(count for outcome, count in self.files.items() if outcome is not Outcome.PASSED_OVER)

    @property
    def is_good(self) -> bool:
        """Tell whether nothing was refused and nothing failed."""
        return not self.files[Outcome.REFUSED] and not self.files[Outcome.FAILED]
