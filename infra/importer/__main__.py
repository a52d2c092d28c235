"""Import the pictures of a media folder: `python -m infra.importer DIR`. It can be stopped and repeated at will."""

import argparse
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from threading import Event

from rich.console import Console

from infra.deployment.bootstrap import API_KEY_VARIABLE
from infra.importer.display import bar, show_summary
from infra.importer.found import FoundItem
from infra.importer.importing import Importing
from infra.importer.matching import Items
from infra.importer.retries import UnreachableError
from infra.importer.service_client import RefusedError, ServiceClient
from infra.importer.state import State
from infra.importer.summary import Outcome, Summary
from infra.importer.walk import Content, walk
from infra.importer.workers import each_in_parallel
from infra.local.service import Service

INTERRUPTED = 130
_RUN_DIR = Path(os.environ.get("RUN_DIR") or ".run")


def main() -> int:
    """Import a folder; returns 0, or 1 when something was refused or failed, or 130 when interrupted."""
    arguments = _parser().parse_args()
    root = Path(arguments.folder).resolve()
    if not root.is_dir():
        sys.exit(f"{root} is no folder.")
    for sent in (
        signal.SIGINT,
        signal.SIGTERM,
    ):  # a job in a shell's background begins with interruptions ignored
        signal.signal(sent, signal.default_int_handler)
    console, summary = Console(), Summary()
    try:
        _run(arguments, root, console, summary)
    except KeyboardInterrupt:
        show_summary(console, summary, dry_run=arguments.dry_run)
        console.print("\nInterrupted. The same command goes on where it stopped.")
        return INTERRUPTED
    except (UnreachableError, RefusedError) as error:
        if not summary.has_begun:
            sys.exit(str(error))
        show_summary(console, summary, dry_run=arguments.dry_run)
        sys.exit(f"{error} The same command goes on where it stopped.")
    show_summary(console, summary, dry_run=arguments.dry_run)
    return 0 if summary.is_good else 1


def _run(arguments: argparse.Namespace, root: Path, console: Console, summary: Summary) -> None:
    url, key = _address(arguments)
    stop = Event()
    service = ServiceClient.at(url, key, arguments.workers, stop)
    items = Items(service, dry_run=arguments.dry_run)
    files, size = _measure(arguments, root, summary)
    console.print(f"{files:,} pictures in {root} for {summary.items:,} items of {url}", highlight=False)
    items.load()
    with (
        closing(State.at(arguments.state or _state_path(url, root))) as state,
        bar(console, files, size) as shown,
    ):
        work = Importing(service, items, state, summary, stop, shown.advance, arguments.dry_run)
        try:
            each_in_parallel(_items(arguments, root), work.take, arguments.workers, stop)
        finally:
            summary.created = items.created


def _measure(arguments: argparse.Namespace, root: Path, summary: Summary) -> tuple[int, int]:
    """Count files and bytes, so that the bar knows how much is left, and what is passed over."""
    files = size = 0
    for found in walk(root, arguments.content, arguments.name):
        if isinstance(found, FoundItem):
            summary.items += 1
            files += len(found.pictures)
            size += sum(picture.size for picture in found.pictures)
        else:
            summary.add(Outcome.PASSED_OVER, found.path, reason=found.reason)
    return files, size


def _items(arguments: argparse.Namespace, root: Path) -> Iterator[FoundItem]:
    found = walk(root, arguments.content, arguments.name)
    return (item for item in found if isinstance(item, FoundItem))


def _address(arguments: argparse.Namespace) -> tuple[str, str]:
    """Return address and key: as given, else those of the service that runs here."""
    running = Service.read(_RUN_DIR)
    url = arguments.url or (running.base_url if running else "")
    key = os.environ.get(API_KEY_VARIABLE) or (running.admin_api_key if running else "")
    if not url or not key:
        sys.exit(
            f"Nothing runs here: make up, or say URL=… (--url), and an administrator's key in {API_KEY_VARIABLE}."
        )
    return url, key


def _state_path(url: str, root: Path) -> Path:
    return _RUN_DIR / "imports" / f"{sha256(f'{url} {root}'.encode()).hexdigest()[:16]}.sqlite"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m infra.importer", description=__doc__)
    parser.add_argument("folder", metavar="DIR")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    parser.add_argument("--url", help="of the service; the one that runs here when left out")
    parser.add_argument(
        "--content", type=Content, choices=list(Content), help="of DIR, when its name does not tell"
    )
    parser.add_argument("--name", default="", help="of the library, when it is not the folder's")
    parser.add_argument("--workers", type=int, default=8, help="items at a time (8)")
    parser.add_argument("--state", type=Path, help="file to remember the progress in")
    return parser


if __name__ == "__main__":
    sys.exit(main())
