"""Static files of the function's archive, as the deployment laid them down: compressed forms beside each."""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from chalicelib.web.pages.media_types import media_type

SUFFIXES = {"br": ".br", "gzip": ".gz"}
"""How the file of an encoding is called besides the name of what it holds."""

_PARENTS = frozenset({"", ".", ".."})


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it is answered: its bytes in an encoding, "" for none."""

    data: bytes
    content_type: str
    encoding: str = ""

    @property
    def etag(self) -> str:
        """Return the entity tag, which names these very bytes."""
        return sha256(self.data).hexdigest()[:32]


def find_file(folder: Path, name: str, encodings: Sequence[str] = ()) -> StaticFile | None:
    """Return a file of a folder in the first of the encodings that it is kept in; None when there is none.

    A name that leads elsewhere names nothing.
    """
    if _PARENTS.intersection(name.split("/")) or "\\" in name or "\0" in name:
        return None
    for encoding in encodings:
        if (data := _bytes(folder / f"{name}{SUFFIXES[encoding]}")) is not None:
            return StaticFile(data, media_type(name), encoding)
    data = _bytes(folder / PurePosixPath(name))
    return None if data is None else StaticFile(data, media_type(name))


def packed_file(name: str, packed: bytes, encodings: Sequence[str]) -> StaticFile:
    """Return a file that is kept as gzip only, unpacked for the few who do not take that."""
    if "gzip" in encodings:
        return StaticFile(packed, media_type(name), "gzip")
    return StaticFile(gzip.decompress(packed), media_type(name))


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (OSError, ValueError):  # a name that is too long, or a folder's, names no file either
        return None
