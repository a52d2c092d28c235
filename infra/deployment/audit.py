"""Ask the registries for known vulnerabilities in what is locked: `python -m infra.deployment.audit`.

pip-audit asks PyPI about each Python package, npm its registry about the JavaScript of the tests. Where a registry
does not answer, as a mirror may not, this says so, and nothing is proven. The exit status is 1 when something
vulnerable is locked, 3 when nothing is known of some of it, else 0.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.places import PROJECT

PIP_AUDIT = "pip-audit==2.10.1"
PYTHON = (
    "infra/deployment/function-requirements.txt",
    "requirements-dev.txt",
    "infra/localstack/requirements.txt",
    "infra/localstack/runtime-requirements.txt",
)
JAVASCRIPT = ("tests/clients", "tests/browser")
MOST_SECONDS = 600
VULNERABLE, UNKNOWN = 1, 3
"""Exit statuses; 2 is what a shell and make use themselves."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What was learned of one lock file: the vulnerable packages, and how many nobody answered for."""

    vulnerable: Sequence[str]
    asked: int
    unanswered: int

    @property
    def is_silent(self) -> bool:
        """Tell whether nobody answered for any package."""
        return self.asked == self.unanswered

    def line(self, name: str) -> str:
        """Say it."""
        if self.is_silent:
            return f"{name}: NOT AUDITED, the registry did not answer"
        found = ", ".join(self.vulnerable) or "no known vulnerability"
        left = f"; no answer for {self.unanswered}" if self.unanswered else ""
        return f"{name}: {found} in {self.asked - self.unanswered} packages{left}"


def of_pip_audit(report: Mapping[str, Any]) -> Audit:
    """Read what pip-audit writes as JSON."""
    every = report.get("dependencies", [])
    vulnerable = [
        f"{package['name']} {package['version']} ({', '.join(each['id'] for each in package['vulns'])})"
        for package in every
        if package.get("vulns")
    ]
    return Audit(vulnerable, len(every), sum("skip_reason" in package for package in every))


def of_npm(report: Mapping[str, Any]) -> Audit:
    """Read what `npm audit --json` writes; it counts all dependencies, or has an error."""
    if "vulnerabilities" not in report:
        return Audit([], 0, 0)
    names = [f"{name} ({each['severity']})" for name, each in report["vulnerabilities"].items()]
    return Audit(names, max(report["metadata"]["dependencies"]["total"], 1), 0)


def lines(audits: Mapping[str, Audit]) -> Iterator[str]:
    """Yield what to print: a line for each lock file, or one when no registry answered at all."""
    if all(audit.is_silent for audit in audits.values()):
        yield f"NOT AUDITED: no registry answered for any of {len(audits)} lock files. Nothing is known."
        return
    for name, audit in audits.items():
        yield audit.line(name)


def status(audits: Iterable[Audit]) -> int:
    """Return the exit status."""
    every = list(audits)
    if any(audit.vulnerable for audit in every):
        return VULNERABLE
    return UNKNOWN if any(audit.unanswered or audit.is_silent for audit in every) else 0


def main() -> int:
    """Ask about each lock file and print what was learned."""
    audits = {name: of_pip_audit(_pip_audit(name)) for name in PYTHON}
    audits |= {name: of_npm(_npm_audit(PROJECT / name)) for name in JAVASCRIPT}
    for line in lines(audits):
        print(line)
    return status(audits.values())


def _pip_audit(lock: str) -> Any:  # noqa: ANN401  # JSON
    tool = [str(Path(sys.executable).with_name("uv")), "tool", "run", "--from", PIP_AUDIT, "pip-audit"]
    options = ["--disable-pip", "--require-hashes", "--format", "json", "--progress-spinner", "off"]
    return _json([*tool, *options, "--requirement", lock], PROJECT)


def _npm_audit(folder: Path) -> Any:  # noqa: ANN401  # JSON
    return _json(["npm", "audit", "--json", "--package-lock-only"], folder)


def _json(command: Sequence[str], folder: Path) -> Any:  # noqa: ANN401  # JSON
    """Run a command that writes JSON, whatever its exit status; nothing where it wrote none."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=os.environ | {"PATH": path},
            capture_output=True,
            text=True,
            timeout=MOST_SECONDS,
            check=False,
        )
        return json.loads(done.stdout)
    except (json.JSONDecodeError, OSError, subprocess.TimeoutExpired):
        return {}


if __name__ == "__main__":
    sys.exit(main())
