"""The verb that uploads the pictures of a media folder. It can be stopped and repeated at will."""

import argparse
import os
import signal
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from threading import Event

from rich.console import Console

from infra.errors import OperatorError, SettingError
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
from infra.places import run_folder

INTERRUPTED = 130
API_KEY_VARIABLE = "ADMIN_API_KEY"


def import_folder(arguments: argparse.Namespace) -> int:
    """Import a folder; returns 0, or 1 when something was refused or failed, or 130 when interrupted."""
    root = Path(arguments.folder).resolve()
    if not root.is_dir():
        raise SettingError(f"{root} is not a folder.")
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
            raise OperatorError(str(error)) from error
        show_summary(console, summary, dry_run=arguments.dry_run)
        raise OperatorError(f"{error} The same command goes on where it stopped.") from error
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
        closing(State.at(Path(arguments.state) if arguments.state else _state_path(url, root))) as state,
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
    for found in walk(root, _content(arguments), arguments.name):
        if isinstance(found, FoundItem):
            summary.items += 1
            files += len(found.pictures)
            size += sum(picture.size for picture in found.pictures)
        else:
            summary.add(Outcome.PASSED_OVER, found.path, reason=found.reason)
    return files, size


def _items(arguments: argparse.Namespace, root: Path) -> Iterator[FoundItem]:
    found = walk(root, _content(arguments), arguments.name)
    return (item for item in found if isinstance(item, FoundItem))


def _content(arguments: argparse.Namespace) -> Content | None:
    return Content(arguments.content) if arguments.content else None


def _address(arguments: argparse.Namespace) -> tuple[str, str]:
    """Return address and key: as given, else those of the service that runs here."""
    running = Service.read(run_folder(os.environ))
    url = arguments.url or (running.base_url if running else "")
    key = os.environ.get(API_KEY_VARIABLE) or (running.admin_api_key if running else "")
    if not url or not key:
        raise SettingError(
            "No service runs here. Start it with jellyfin-images up, or give its address with --url "
            f"and an administrator's key in {API_KEY_VARIABLE}."
        )
    if not url.startswith(("http://", "https://")):
        raise SettingError(f"--url is {url!r}. Give an address that begins with http:// or https://.")
    return url, key


def _state_path(url: str, root: Path) -> Path:
    return run_folder(os.environ) / "imports" / f"{sha256(f'{url} {root}'.encode()).hexdigest()[:16]}.sqlite"
