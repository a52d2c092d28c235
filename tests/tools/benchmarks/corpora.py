"""What the measurements fetch: Pillow's source distribution for its pictures, sharp for comparison."""

import subprocess
import sys
import tarfile
from pathlib import Path

import PIL

CACHE = Path(".cache").resolve()
SHARP_VERSION = "0.35.5"


def pillow_test_images() -> Path:
    """Return the folder of Pillow's own test pictures, from the source distribution of the installed version."""
    name = f"pillow-{PIL.__version__}"
    folder = CACHE / name / "Tests" / "images"
    if not folder.exists():
        pip = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:")
        subprocess.run([*pip, "--dest", CACHE, f"pillow=={PIL.__version__}"], check=True)
        with tarfile.open(CACHE / f"{name}.tar.gz") as archive:
            archive.extractall(CACHE, filter="data")
    return folder


def sharp_folder() -> Path:
    """Return the folder into which npm has installed sharp."""
    folder = CACHE / "sharp"
    if not (folder / "node_modules" / "sharp").exists():
        folder.mkdir(parents=True, exist_ok=True)
        npm = ("npm", "install", "--no-fund", "--no-audit", "--loglevel=error", "--prefix", folder)
        subprocess.run([*npm, f"sharp@{SHARP_VERSION}"], check=True)
    return folder
