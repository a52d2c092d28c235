"""Real photographs, free of rights, for the demo library and the benchmark."""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

from infra.places import cache_folder

LOCK = Path(__file__).with_suffix(".txt")
FOLDER = cache_folder(os.environ) / "photographs"
ANY_MACHINE = ("--python-platform", "x86_64-manylinux_2_28", "--python-version", "3.13")


def photograph(name: str) -> Path:
    """Return the file of a photograph by its name without ending; the first call of all installs them."""
    install()
    return next((FOLDER / "skimage" / "data").glob(f"{name}.*"))


def install() -> None:
    """Fetch the photographs unless they are here, by the package index that this process is told to use."""
    stamp = FOLDER / "installed"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.is_file() and stamp.read_text() == wanted:
            return
        uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
        subprocess.run([*uv, *ANY_MACHINE, "--target", str(FOLDER), "-r", str(LOCK)], check=True)
        stamp.write_text(wanted)
