"""What a sweep finds, and how far it has come."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

_EXAMPLES = 10


class Finding(StrEnum):
    """A sort of thing that is not as it should be."""

    ORPHAN_ORIGINAL = "originals without an image"
    ORPHAN_DERIVATIVE = "steps and variants without an original"
    ABANDONED_UPLOAD = "uploads by ticket that were never taken"
    FORGOTTEN_DROP = "drops that nobody took"
    OLD_REFUSAL = "refused drops that were kept for long enough"
    LOST_ORIGINAL = "images without their original"
    INCOMPLETE_IMAGE = "images without details or steps"
    STALE_CLAIM = "claims without an image"
    GONE_UPSTREAM = "images that the Jellyfin server has no more"
    EXPIRED_ROW = "rows past their time to live"
    OUTDATED_ROW = "rows of an earlier release, counters of nothing"


class Phase(StrEnum):
    """The parts of a sweep, in their order."""

    FORMS = "forms"
    ORIGINALS = "originals"
    STEPS = "steps"
    VARIANTS = "variants"
    UPLOADS = "uploads"
    INBOX = "inbox"
    REFUSED = "refused"
    IMAGES = "images"
    CLAIMS = "claims"
    EXPIRED = "expired"


@dataclass(slots=True)
class Tally:
    """How many things of one sort, how many bytes, and the first few of their names."""

    count: int = 0
    size: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, name: str, size: int) -> None:
        """Count one."""
        self.count += 1
        self.size += size
        if len(self.examples) < _EXAMPLES:
            self.examples.append(name)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of blobs, and their bytes together."""

    count: int = 0
    size: int = 0

    def plus(self, size: int, count: int = 1) -> "Amount":
        """Return the amount with one more blob of so many bytes, or with several."""
        return Amount(self.count + count, self.size + size)


@dataclass(slots=True)
class Progress:
    """A sweep under way: the phase, the last position in it that is done, and what was found so far.

    `stored` counts the blobs that a phase has seen, `finished` is when the sweep was done.
    """

    phase: Phase | None = Phase.FORMS
    after: str = ""
    checked: int = 0
    findings: dict[Finding, Tally] = field(default_factory=dict)
    stored: dict[Phase, Amount] = field(default_factory=dict)
    finished: datetime | None = None

    def saw(self, count: int, size: int) -> None:
        """Count blobs of the phase under way."""
        self.checked += count
        if self.phase:
            self.stored[self.phase] = self.stored.get(self.phase, Amount()).plus(size, count)

    def found(self, finding: Finding, name: str, size: int = 0) -> None:
        """Count something that is not as it should be; `size` in bytes."""
        self.findings.setdefault(finding, Tally()).add(name, size)

    def end_phase(self) -> None:
        """Go on with the next phase, or none."""
        order = list(Phase)
        later = order[order.index(self.phase) + 1 :] if self.phase else []
        self.phase, self.after = next(iter(later), None), ""

    def to_json(self) -> str:
        """Write it down, for whoever goes on."""
        return json.dumps({"phase": self.phase, "after": self.after} | self.report())

    def report(self) -> dict[str, Any]:
        """Return the figures for people and logs."""
        found = {
            finding.value: {"count": tally.count, "bytes": tally.size, "examples": tally.examples}
            for finding, tally in self.findings.items()
        }
        stored = {
            phase.value: {"count": seen.count, "bytes": seen.size} for phase, seen in self.stored.items()
        }
        finished = self.finished.isoformat() if self.finished else None
        return {"checked": self.checked, "findings": found, "stored": stored, "finished": finished}

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote."""
        values = json.loads(text)
        return cls(
            Phase(values["phase"]) if values["phase"] else None,
            values["after"],
            values["checked"],
            {Finding(name): _tally(tally) for name, tally in values["findings"].items()},
            {Phase(name): Amount(seen["count"], seen["bytes"]) for name, seen in values["stored"].items()},
            datetime.fromisoformat(values["finished"]) if values["finished"] else None,
        )


def _tally(values: Mapping[str, Any]) -> Tally:
    return Tally(values["count"], values["bytes"], values["examples"])
