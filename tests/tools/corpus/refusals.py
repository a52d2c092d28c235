"""Files that were refused although Pillow opens them as a format that the service takes."""

import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

from PIL import Image

from tests.tools.corpus.visit import Visit

_TAKEN = frozenset(
    {"JPEG", "MPO", "PNG", "GIF", "WEBP", "BMP", "DIB", "AVIF", "TIFF", "HEIF", "JPEG2000", "ICO"}
)
"""Pillow's names of what may be stored."""


def refusals(visits: Iterable[Visit]) -> Iterator[str]:
    """Yield a line for each: the file, what Pillow says it is, and the service's reason."""
    for visit in visits:
        if visit.call == "upload" and visit.reason and (kind := _as_pillow_sees(visit.file)):
            yield f"{visit.status} {visit.file.name} ({kind}): {visit.reason}"


def _as_pillow_sees(file: Path) -> str:
    """Return type and size of a picture whose pixels Pillow reads, "" where it reads none or we take no such."""
    with warnings.catch_warnings(action="ignore"):
        try:
            with Image.open(file) as picture:
                if picture.format not in _TAKEN:
                    return ""
                picture.load()
                return f"{picture.format}, {picture.width} by {picture.height}, {file.stat().st_size:,} bytes"
        except Exception:  # noqa: BLE001  # whatever Pillow says of a broken file
            return ""
