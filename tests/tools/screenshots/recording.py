"""A tour of the page as an animated picture, from the frames that a browser draws."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from PIL import Image

from infra.places import PROJECT

SIZE = (1_100, 700)
MOST_BYTES = 2_000_000
_BROWSER = PROJECT / "tests" / "browser"
_NODE = Path(sys.executable).with_name("node")


def record(setting: dict[str, Any], folder: Path, target: Path) -> int:
    """Drive the page of a running service, and return the bytes of the animation.

    Raises ValueError for more bytes than a README should load.
    """
    frames = folder / "frames"
    for left_over in frames.glob("*.png"):
        left_over.unlink()
    path = folder / "recording.json"
    path.write_text(json.dumps(setting | {"size": SIZE, "frames": str(frames)}))
    subprocess.run([_NODE, "recording.mjs", path], cwd=_BROWSER, check=True)
    size = animate(sorted(frames.glob("*.png")), target)
    if size > MOST_BYTES:
        raise ValueError(f"{target.name} has {size:,} bytes, more than {MOST_BYTES:,}. Shorten the tour.")
    return size


def animate(frames: list[Path], target: Path) -> int:
    """Join frames, each of which tells its milliseconds in its name; return the bytes of the file."""
    durations = [int(path.stem.partition("-")[2]) for path in frames]
    first, *others = (Image.open(path).convert("RGB") for path in frames)
    first.save(
        target, save_all=True, append_images=others, duration=durations, loop=0, quality=62, method=4, kmax=30
    )
    return target.stat().st_size
