"""Unpack the code of functions, once for all that share an archive."""

import os
import shutil
from pathlib import Path
from threading import Lock

from localstack.services.lambda_.invocation.lambda_models import ArchiveCode, S3Code

_LOCK = Lock()
_UNPACKED: dict[str, Path] = {}
"""A folder that has the content of an archive, by the archive's digest; it may be gone since."""


def unpack(code: ArchiveCode) -> None:
    """Put a function's code where LocalStack expects it; does nothing when it is there.

    A stack's functions share one archive of 2,000 files, and LocalStack would fetch and unpack it for each.
    """
    if not isinstance(code, S3Code):
        code.prepare_for_execution()
        return
    place = code.get_unzipped_code_location()
    with _LOCK:
        twin = _UNPACKED.get(code.code_sha256)
        if twin is not None and not place.exists():
            _link(twin, place)
        code.prepare_for_execution()
        _UNPACKED[code.code_sha256] = place


def _link(twin: Path, place: Path) -> None:
    """Make a folder of links to another's files, or nothing at all."""
    begun = place.with_name("begun")
    try:
        shutil.copytree(twin, begun, copy_function=os.link)
        begun.rename(place)
    except OSError:
        # The twin's function was deleted; the archive has the code still.
        shutil.rmtree(begun, ignore_errors=True)
