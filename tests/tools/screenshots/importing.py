"""Write docs/import.png: `python -m tests.tools.screenshots.importing URL`, the key in ADMIN_API_KEY.

A made-up media folder goes into the service at that address; the import is interrupted, then taken up again.
"""

import os
import pty
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.places import PROJECT
from tests.support.media_tree import picture, plant
from tests.tools.screenshots.terminal import draw, on_screen

PICTURES = 900
INTERRUPTED_AT = 700
COLUMNS = 110
_FAULTS = {
    "Movies/Oar (2010)/Featurettes/one.jpg": picture(1_000_001),
    "Movies/Oar (2010)/logo.png": b"<html>",
    "Movies/Ruby (2020)/poster.jpg": picture(1_000_002),
    "Movies/Ruby (2020) {edition-Directors Cut}/poster.jpg": picture(1_000_003),
    "Movies/@eaDir/Ruby (2020)/poster.jpg": picture(1_000_004),
}
_VIDEOS = (
    "Movies/Oar (2010)/oar.mkv",
    "Movies/Ruby (2020)/r.mkv",
    "Movies/Ruby (2020) {edition-Directors Cut}/r.mkv",
)


def main() -> None:
    """Run the command twice and draw what it printed."""
    with TemporaryDirectory(prefix="import-") as place:
        root = Path(place) / "media"
        plant(root, PICTURES)
        for name, data in {**_FAULTS, **dict.fromkeys(_VIDEOS, b"")}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)
        lines = [*_printed(Path(place), INTERRUPTED_AT), "", *_printed(Path(place), None)]
    target = PROJECT / "docs" / "import.png"
    draw([line.replace(place, "") for line in lines], COLUMNS).quantize(64).save(target, optimize=True)
    print(f"{target.name}: {target.stat().st_size:,} bytes")


def _printed(place: Path, interrupted_at: int | None) -> list[str]:
    """Run the command on a terminal, and interrupt it when so many pictures are sent."""
    state, (ours, theirs) = place / "state.sqlite", pty.openpty()
    command = [
        sys.executable,
        "-m",
        "infra.cli",
        "import",
        str(place / "media"),
        "--state",
        str(state),
        "--url",
        sys.argv[1],
    ]
    environment = {**os.environ, "COLUMNS": str(COLUMNS), "LINES": "50", "TERM": "xterm-256color"}
    process = subprocess.Popen(command, env=environment, stdout=theirs, stderr=theirs)  # our own command
    os.close(theirs)
    printed = bytearray()
    while data := _read(ours):
        printed += data
        if interrupted_at and _sent(state) >= interrupted_at:
            process.send_signal(signal.SIGINT)
            interrupted_at = None
    process.wait()
    return ["$ jellyfin-images import /media", *on_screen(printed.decode().rstrip())]


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # the other end is closed
        return b""


def _sent(state: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{state}?mode=ro", uri=True)) as opened:
            return int(opened.execute("select count(*) from sent").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


if __name__ == "__main__":
    main()
