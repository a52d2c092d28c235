"""The shapes of answers as @jellyfin/sdk's generated types have them."""

import hashlib
import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema_rs

HERE = Path(__file__).parent
NODE = Path(sys.executable).with_name("node")

LEGACY = {
    "/Users/{userId}/Items": "/Items",
    "/Users/{userId}/Items/Latest": "/Items/Latest",
    "/Users/{userId}/Items/{itemId}": "/Items/{itemId}",
    "/Users/{userId}/Items/{itemId}/Intros": "/Items/{itemId}/Intros",
    "/Users/{userId}/PlayedItems/{itemId}": "/UserPlayedItems/{itemId}",
    "/Users/{userId}/Images/{imageType}": "/UserImage",
    "/Users/{userId}/Password": "/Users/Password",
}
"""Paths that the web client still calls and the SDK does not know, and the SDK's for the same."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What one call of the SDK answers: JSON of a schema, or a file, or nothing."""

    call: str
    kind: str
    schema: Any = None

    def faults_of(self, value: object) -> list[str]:
        """Return where a JSON value differs from the type."""
        validator = jsonschema_rs.validator_for(self.schema)
        return [
            f"{'/'.join(map(str, e.instance_path))}: {e.message[:300]}" for e in validator.iter_errors(value)
        ]


@dataclass(frozen=True)
class Shapes:
    """The shape of each call, by verb and path."""

    definitions: dict[str, Any]
    shapes: dict[str, Any]
    _patterns: dict[str, re.Pattern[str]] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Shapes":
        """Make the schemas from the SDK as it is installed, once for each installation: it takes some seconds."""
        kept = HERE / "node_modules" / ".cache" / f"shapes-{_digest()}.json"
        if not kept.exists():
            done = subprocess.run(  # noqa: S603  # our own program
                [str(NODE), "shapes.mjs"], cwd=HERE, capture_output=True, text=True, check=True, timeout=240
            )
            kept.parent.mkdir(exist_ok=True)
            kept.write_text(done.stdout)
        return cls(**json.loads(kept.read_text()))

    def of(self, verb: str, path: str) -> Shape:
        """Return the shape of a call; raises LookupError where the SDK has no such call."""
        call = self._call(verb, path)
        shape = self.shapes[call]
        if isinstance(shape, str):
            return Shape(call, shape)
        return Shape(call, "json", {**shape, "definitions": self.definitions})

    def _call(self, verb: str, path: str) -> str:
        known = [call.partition(" ")[2] for call in self.shapes if call.startswith(verb + " ")]
        found = [template for template in (*known, *LEGACY) if self._matches(template, path)]
        if not found:
            raise LookupError(f"@jellyfin/sdk has no {verb} {path}")
        # A path's literal segments win, as they do in Jellyfin's routing.
        best = min(found, key=lambda template: template.count("{"))
        return f"{verb} {LEGACY.get(best, best)}"

    def _matches(self, template: str, path: str) -> bool:
        if template not in self._patterns:
            pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
            self._patterns[template] = re.compile(pattern, re.IGNORECASE)
        return self._patterns[template].fullmatch(path) is not None


def _digest() -> str:
    """Return a digest of what the schemas are made of: our program, and the packages that npm installed."""
    parts = (HERE / "shapes.mjs", HERE / "node_modules" / ".package-lock.json")
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:16]
