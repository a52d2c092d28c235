"""What became of the files: counts, bytes, the reasons, and a row for each file."""

import csv
import json
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from threading import Lock

from infra.errors import SettingError
from infra.importer.disk.tree import shown

_EXAMPLES = 10


class Outcome(StrEnum):
    """What may become of a picture file."""

    TAKEN = "taken"
    UNCHANGED = "unchanged"
    LEFT_OUT = "left out"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one file; `item` and `image` tell what it is, or would be."""

    path: str
    outcome: Outcome
    reason: str = ""
    detail: str = ""
    item: str = ""
    image: str = ""
    size: int = 0


@dataclass(slots=True)
class Summary:
    """Counts by outcome; of each reason a few files are remembered, and all rows where they are wanted."""

    keeps_rows: bool = False
    files: Counter[Outcome] = field(default_factory=Counter)
    sizes: Counter[Outcome] = field(default_factory=Counter)
    reasons: Counter[tuple[Outcome, str]] = field(default_factory=Counter)
    examples: dict[tuple[Outcome, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    items: int = 0
    created: int = 0
    _lock: Lock = field(default_factory=Lock)

    def add(self, row: Row) -> None:
        """Count one file."""
        row = replace(row, path=shown(row.path), detail=shown(row.detail), item=shown(row.item))
        with self._lock:
            self.files[row.outcome] += 1
            self.sizes[row.outcome] += row.size
            if self.keeps_rows:
                self.rows.append(row)
            if row.reason:
                self.reasons[row.outcome, row.reason] += 1
                if len(self.examples[row.outcome, row.reason]) < _EXAMPLES:
                    self.examples[row.outcome, row.reason].append(row)

    def note(self, text: str) -> None:
        """Remember what is worth a line besides."""
        with self._lock:
            self.notes.append(text)

    @property
    def all_files(self) -> int:
        """Return how many files were counted."""
        return self.files.total()

    @property
    def has_begun(self) -> bool:
        """Tell whether any file was compared with the service; left out are those that never will be."""
        return any(count for outcome, count in self.files.items() if outcome is not Outcome.LEFT_OUT)

    @property
    def is_good(self) -> bool:
        """Tell whether nothing was refused and nothing failed."""
        return not self.files[Outcome.REFUSED] and not self.files[Outcome.FAILED]


def check_report(path: Path | None) -> None:
    """Refuse a file that no report can be written to, before the work."""
    if path and path.suffix.lower() not in {".json", ".csv"}:
        raise SettingError(f"--report is {str(path)!r}. End its name with .json or .csv.")
    if path and not path.parent.is_dir():
        raise SettingError(f"--report is {str(path)!r}. The folder {str(path.parent)!r} does not exist.")


def write_report(path: Path, summary: Summary) -> None:
    """Write a row for each file, as JSON with the counts or as CSV, in the order of the paths."""
    rows = [asdict(row) for row in sorted(summary.rows, key=lambda row: row.path)]
    if path.suffix.lower() == ".json":
        counts = {outcome.value: summary.files[outcome] for outcome in Outcome}
        whole = {
            "files": summary.all_files,
            "counts": counts,
            "items": summary.items,
            "created": summary.created,
        }
        text = json.dumps({**whole, "notes": summary.notes, "rows": rows}, indent=1, ensure_ascii=False)
        path.write_text(text + "\n", "utf-8")
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ("path", "outcome", "reason", "detail", "item", "image", "size"))
        writer.writeheader()
        writer.writerows(rows)
