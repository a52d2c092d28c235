"""The software bill of materials of what is deployed, as CycloneDX 1.6.

It names what the archive is built from: the locked Python packages with the digests that are accepted, Chalice,
whose runtime is packed along, and the page's own scripts. Format: https://cyclonedx.org/docs/1.6/json/
`python -m infra.deployment.bill_of_materials FILE` writes it.
"""

import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from chalicelib.version import VERSION
from infra.places import source

NAME = "jellyfin-images"
FUNCTION_LOCK = "infra/deployment/function-requirements.txt"
SCRIPTS = "frontend/vendor/packages.json"
_PACKAGE = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?: ; [^\\\n]*[^\\\s])?"
    r"(?P<rest>(?: \\\n    --hash=sha256:[0-9a-f]{64})*)",
    re.MULTILINE,
)
_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")

type Component = dict[str, Any]


def bill_of_materials() -> dict[str, Any]:
    """Return the document; the same sources give the same."""
    parts = [*packages(source(FUNCTION_LOCK).read_text()), _chalice(), *scripts(source(SCRIPTS).read_text())]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": NAME, "name": NAME, "version": VERSION}},
        "components": parts,
        "dependencies": [{"ref": NAME, "dependsOn": [part["bom-ref"] for part in parts]}],
    }


def packages(lock: str) -> Iterator[Component]:
    """Yield the packages of a lock file."""
    for match in _PACKAGE.finditer(lock):
        name, number = match["name"], match["version"]
        digests = _DIGEST.findall(match["rest"])
        yield {
            **_library(f"pkg:pypi/{name.lower()}@{number}", name, number),
            "externalReferences": [
                {
                    "type": "distribution",
                    "url": f"https://pypi.org/project/{name}/{number}/",
                    "hashes": [{"alg": "SHA-256", "content": digest} for digest in digests],
                }
            ],
        }


def scripts(listed: str) -> Iterator[Component]:
    """Yield the packages of npm that the page brings along."""
    for entry in json.loads(listed):
        url = f"pkg:npm/{entry['package']}@{entry['version']}"
        yield {
            **_library(url, entry["package"], entry["version"]),
            "hashes": [{"alg": "SHA-256", "content": entry["sha256"]}],
            "description": entry["what"],
        }


def _chalice() -> Component:
    number = version("chalice")
    return _library(f"pkg:pypi/chalice@{number}", "chalice", number)


def _library(url: str, name: str, number: str) -> Component:
    return {"type": "library", "bom-ref": url, "purl": url, "name": name, "version": number}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(bill_of_materials(), indent=2) + "\n")
