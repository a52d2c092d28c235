"""Lay down the page's files as the function serves them: below a folder named after their content, compressed.

The sources in `frontend/` run as they are in any browser. Here their modules are joined into one script, since each
file would be a call of the function, and the document's links are led into that folder, whose files a browser may
keep for ever.
"""

import gzip
import hashlib
import re
import shutil
from pathlib import Path

import brotli

from chalicelib.web.pages.files import SUFFIXES
from chalicelib.web.pages.media_types import is_compressible
from chalicelib.web.pages.responses import INDEX
from infra.deployment.page.minify import minified_script, minified_style
from infra.deployment.page.scripts import joined

ENTRY = "app.js"
FAVICON = "favicon.ico"
_LINK = re.compile(r'(?<=\s)(href|src)="([\w./-]+)"')


def lay_down_pages(sources: Path, target: Path) -> None:
    """Write the page's files into a folder, anew."""
    shutil.rmtree(target, ignore_errors=True)
    files = sorted(path for path in sources.resolve().rglob("*") if path.is_file())
    version = _version(sources.resolve(), files)
    for path, data in _laid_down(sources.resolve(), files, version).items():
        name = path.relative_to(sources.resolve()).as_posix()
        beside = name in {INDEX, FAVICON}
        write_compressed(target / ("" if beside else version) / name, data)


def _laid_down(sources: Path, files: list[Path], version: str) -> dict[Path, bytes]:
    """Return what is served by the path of its source: the document, the scripts joined, and what is no script."""
    document = sources / INDEX
    found = {path: path.read_bytes() for path in files if path.suffix != ".js"}
    found |= {path: minified_style(path.read_text()).encode() for path in files if path.suffix == ".css"}
    found[document] = linked(document.read_text(), version).encode()
    scripts = joined(sources / ENTRY) if (sources / ENTRY).exists() else {}
    return found | {path: minified_script(script).encode() for path, script in scripts.items()}


def linked(document: str, version: str) -> str:
    """Lead the document's links to files into the folder of a version."""
    return _LINK.sub(rf'\1="{version}/\2"', document)


def write_compressed(path: Path, data: bytes) -> None:
    """Write a file, and its compressed forms beside it where they are smaller."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    if is_compressible(path.name):
        _beside(path, "br", brotli.compress(data))
        _beside(path, "gzip", gzip.compress(data, 9, mtime=0))


def _beside(path: Path, encoding: str, packed: bytes) -> None:
    if len(packed) < path.stat().st_size:
        path.with_name(path.name + SUFFIXES[encoding]).write_bytes(packed)


def _version(sources: Path, files: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.relative_to(sources).as_posix()}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
