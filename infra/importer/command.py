"""The verb that uploads the pictures of a media folder, or of a Jellyfin server. It can be stopped and repeated."""

import argparse
import os
import signal
from contextlib import closing
from pathlib import Path
from threading import Event

from rich.console import Console

from chalicelib.domain.library.resolving.resolver import Content
from infra.errors import OperatorError, SettingError
from infra.importer.disk.tree import shown
from infra.importer.display import bar, show_summary
from infra.importer.folder_import import FolderImport, RunSettings
from infra.importer.service.answers import RefusedError
from infra.importer.service.client import ServiceClient
from infra.importer.service.retries import UnreachableError
from infra.importer.state import State, state_path
from infra.importer.summary import Summary, check_report, write_report
from infra.local.service import Service
from infra.places import run_folder

INTERRUPTED = 130
API_KEY_VARIABLE = "ADMIN_API_KEY"


def import_pictures(arguments: argparse.Namespace) -> int:
    """Import a folder or a server; returns 0, 1 when something was refused or failed, 130 when interrupted."""
    report = Path(arguments.report) if arguments.report else None
    check_report(report)
    _heed_interruptions()
    console, summary = Console(), Summary(keeps_rows=bool(report))
    try:
        _run(arguments, console, summary)
    except KeyboardInterrupt:
        _finish(arguments, console, summary, report)
        console.print("\nInterrupted. The same command goes on where it stopped.")
        return INTERRUPTED
    except (UnreachableError, RefusedError) as error:
        if not summary.has_begun:
            raise OperatorError(str(error)) from error
        _finish(arguments, console, summary, report)
        raise OperatorError(f"{error} The same command goes on where it stopped.") from error
    _finish(arguments, console, summary, report)
    return 0 if summary.is_good else 1


def _heed_interruptions() -> None:
    for sent in (
        signal.SIGINT,
        signal.SIGTERM,
    ):  # a job in a shell's background begins with interruptions ignored
        signal.signal(sent, signal.default_int_handler)


def _finish(arguments: argparse.Namespace, console: Console, summary: Summary, report: Path | None) -> None:
    show_summary(console, summary, dry_run=arguments.dry_run)
    if report:
        write_report(report, summary)
        console.print(f"\nThe report is in {report}.", highlight=False)


def _run(arguments: argparse.Namespace, console: Console, summary: Summary) -> None:
    if arguments.source and arguments.folder:
        raise SettingError("DIR and --from exclude each other. Give one of them.")
    if arguments.source:
        from infra.importer.jellyfin.copying import copy_server  # noqa: PLC0415  # most imports are of folders

        url, key = _address(arguments)
        copy_server(arguments, console, summary, url, key)
        return
    if not arguments.folder:
        raise SettingError("Give a media folder, or a Jellyfin server with --from.")
    root = Path(arguments.folder).absolute()
    if not root.is_dir():
        raise SettingError(f"{root} is not a folder.")
    _import_folder(arguments, root, console, summary)


def _import_folder(arguments: argparse.Namespace, root: Path, console: Console, summary: Summary) -> None:
    url, key = _address(arguments)
    stop = Event()
    service = ServiceClient.at(url, key, arguments.workers, stop)
    with console.status(f"Reading {shown(str(root))}"):
        folder = _read(arguments, root)
    pictures = folder.pictures
    console.print(
        f"{folder.files:,} pictures in {shown(str(root))}; {len(pictures):,} are images of items by their names",
        highlight=False,
    )
    path = Path(arguments.state) if arguments.state else state_path(url, str(root))
    with closing(State.at(path)) as state, bar(console, len(pictures), folder.size) as progress:
        settings = RunSettings(stop, progress.advance, arguments.workers, arguments.dry_run, arguments.again)
        folder.run(service, state, summary, settings)


def _read(arguments: argparse.Namespace, root: Path) -> FolderImport:
    content = Content(arguments.content) if arguments.content else None
    try:
        return FolderImport.read(root, content, arguments.name, follow_links=arguments.follow_links)
    except OSError as error:
        raise OperatorError(
            f"{root} cannot be read: {error.strerror or error}. Check that the disk is mounted."
        ) from error


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
