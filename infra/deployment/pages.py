"""Lay down the page's files as the function serves them: below a folder named after their content, compressed.

The sources in `frontend/` run as they are; nothing is translated or bundled. Only the document's links change: they
lead into that folder, whose files a browser may keep for ever.
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

FAVICON = "favicon.ico"
_LINK = re.compile(r'(?<=\s)(href|src)="([\w./-]+)"')


def lay_down_pages(sources: Path, target: Path) -> None:
    """Write the page's files into a folder, anew."""
    shutil.rmtree(target, ignore_errors=True)
    files = sorted(path for path in sources.rglob("*") if path.is_file() and not path.name.endswith(".md"))
    version = _version(sources, files)
    for path in files:
        name = path.relative_to(sources).as_posix()
        beside = name in {INDEX, FAVICON}
        data = linked(path.read_text(), version).encode() if name == INDEX else path.read_bytes()
        write_compressed(target / ("" if beside else version) / name, data)


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
