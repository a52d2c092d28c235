"""Fetch what the page takes from npm: `python -m infra.deployment.page.vendor`, or `make vendor`.

`frontend/vendor/packages.json` pins package, version, file and the SHA-256 of that file. A file with another
digest is refused; `--accept` writes the new digest down, after you have read what changed.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from infra.places import PROJECT

FOLDER = PROJECT / "frontend" / "vendor"
LIST = FOLDER / "packages.json"


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(data).hexdigest()


def main() -> None:
    """Fetch every file of the list."""
    parser = argparse.ArgumentParser(prog="python -m infra.deployment.page.vendor", description=__doc__)
    parser.add_argument("--accept", action="store_true", help="write down the digests of what was fetched")
    accept = parser.parse_args().accept
    packages: list[dict[str, Any]] = json.loads(LIST.read_text())
    for package in packages:
        _take(package, accept=accept)
    if accept:
        LIST.write_text(json.dumps(packages, indent=2) + "\n")


def _take(package: dict[str, Any], *, accept: bool) -> None:
    name = f"{package['package']}@{package['version']}"
    data = _fetched(name, package["file"])
    if accept:
        package["sha256"] = digest(data)
    elif digest(data) != package["sha256"]:
        sys.exit(f"{package['file']} of {name} has the SHA-256 {digest(data)}, not {package['sha256']}.")
    (FOLDER / package["as"]).write_bytes(data)
    print(f"{package['as']}: {package['file']} of {name}, {len(data):,} bytes")


def _fetched(name: str, file: str) -> bytes:
    """Return a file of a package, which npm checks against its registry's digest."""
    npm = str(Path(sys.executable).with_name("npm"))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([npm, "pack", "--silent", "--pack-destination", folder, name], check=True, cwd=folder)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            found = archive.extractfile(f"package/{file}")
            assert found is not None  # noqa: S101  # extractfile returns None for folders alone
            return found.read()


if __name__ == "__main__":
    main()
