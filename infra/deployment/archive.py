"""The archive that functions run, and the bytecode in it."""

import py_compile
import shutil
import zipfile
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16


def compile_for_lambda(source: Path, name: Path) -> None:
    """Write bytecode that is never checked against its source: the archive is immutable."""
    target = source.parent / "__pycache__" / f"{source.stem}.cpython-313.pyc"
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile(str(source), str(target), f"/var/task/{name}", doraise=True, invalidation_mode=mode)


def write_archive(archive: Path, application: Path, *folders: Path) -> None:
    """Join Chalice's archive and folders beside it, in a fixed order and with a fixed time."""
    unpacked = archive.with_suffix("")
    shutil.rmtree(unpacked, ignore_errors=True)
    with zipfile.ZipFile(application) as packed:
        packed.extractall(unpacked)
    for path in sorted(unpacked.rglob("*.py")):
        compile_for_lambda(path, path.relative_to(unpacked))
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as joined:
        for folder in (unpacked, *folders):
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                _add(joined, path, str(path.relative_to(folder)))


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.external_attr = READABLE
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, path.read_bytes())
