"""The verb that asks for every image of a Jellyfin server once, so that the service in front of it has them all."""

import argparse
import os
import signal
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import quote

import requests
from rich.console import Console

from infra.errors import OperatorError, SettingError
from infra.importer.display import bar, show_summary
from infra.importer.jellyfin.client import JellyfinClient
from infra.importer.jellyfin.copying import KEY_VARIABLE
from infra.importer.matching import images_of
from infra.importer.service.answers import RefusedError
from infra.importer.service.connections import connect
from infra.importer.service.retries import RetryPolicy, StoppedError, UnreachableError
from infra.importer.state import State, state_path
from infra.importer.summary import Outcome, Row, Summary
from infra.importer.workers import each_in_parallel
from infra.local.service import Service
from infra.places import run_folder

INTERRUPTED = 130
UPSTREAM_HEADER = "X-Image-Upstream"
_NAMED = ("Persons", "Artists", "Genres", "MusicGenres", "Studios")
_SECONDS = 60.0
_OUTCOMES = {
    "fetched": Outcome.TAKEN,
    "unchanged": Outcome.UNCHANGED,
    "stored": Outcome.UNCHANGED,
    "verbatim": Outcome.TAKEN,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """An image: whose, its path, and its tag on the server."""

    item: str
    path: str
    tag: str


def warm(arguments: argparse.Namespace) -> int:
    """Ask for all images; returns 0, 1 when something was refused or failed, 130 when interrupted."""
    for sent in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sent, signal.default_int_handler)
    url, key = _address(arguments)
    console, summary, stop = Console(), Summary(), Event()
    try:
        _run(arguments, console, summary, JellyfinClient.at(url, key, arguments.workers, stop))
    except KeyboardInterrupt:
        show_summary(console, summary, dry_run=False)
        console.print("\nInterrupted. The same command goes on where it stopped.")
        return INTERRUPTED
    except (UnreachableError, RefusedError) as error:
        raise OperatorError(f"{error} The same command goes on where it stopped.") from error
    show_summary(console, summary, dry_run=False)
    return 0 if summary.is_good else 1


def _address(arguments: argparse.Namespace) -> tuple[str, str]:
    running = Service.read(run_folder(os.environ))
    url = arguments.url or (running.base_url if running else "")
    key = arguments.api_key or os.environ.get(KEY_VARIABLE, "")
    if not key or not url.startswith(("http://", "https://")):
        raise SettingError(
            "Give the address that clients use, with http:// or https://, and a key of the Jellyfin server: "
            f"--url URL --api-key KEY, or the key in {KEY_VARIABLE}."
        )
    return url.rstrip("/"), key


def _run(arguments: argparse.Namespace, console: Console, summary: Summary, jellyfin: JellyfinClient) -> None:
    with console.status(f"Reading the library of {jellyfin.url}"):
        wanted = list(wanted_images(jellyfin, summary))
    console.print(f"{len(wanted):,} images of {summary.items:,} items and users", highlight=False)
    path = Path(arguments.state) if arguments.state else state_path(jellyfin.url, "warm")
    with closing(State.at(path)) as state, bar(console, len(wanted), len(wanted)) as shown:
        warming = Warming(jellyfin.url, connect(arguments.workers), jellyfin.retries, state, summary)

        def take(image: Wanted) -> None:
            warming.take(image)
            shown.advance(1)

        stop = jellyfin.retries.stop
        each_in_parallel(paced(wanted, arguments.rate, stop), take, arguments.workers, stop)


def wanted_images(jellyfin: JellyfinClient, summary: Summary) -> Iterator[Wanted]:
    """Yield the images that lists tell of: of items, of named items and of users."""
    listed = [jellyfin.items(recursive="true"), *(jellyfin.items(f"/{path}") for path in _NAMED)]
    seen: set[str] = set()
    for item in (item for items in [jellyfin.libraries(), *listed] for item in items):
        if item["Id"] not in seen:
            seen.add(item["Id"])
            yield from _of_item(item)
    for user in jellyfin.users():
        seen.add(user["Id"])
        if tag := user.get("PrimaryImageTag"):
            yield Wanted(f"User {user['Name']}", f"/Users/{user['Id']}/Images/Primary", tag)
    summary.items = len(seen)


def _of_item(item: Mapping[str, Any]) -> Iterator[Wanted]:
    for image in images_of(item):
        index = "" if image.index is None else f"/{image.index}"
        path = f"/Items/{item['Id']}/Images/{image.image_type.value}{index}"
        yield Wanted(f"{item['Type']} {item['Name']}", path, image.tag)


def paced[T](things: Iterable[T], rate: float, stop: Event) -> Iterator[T]:
    """Yield so many things a second at most."""
    due = time.monotonic()
    for thing in things:
        if stop.wait(max(0.0, due - time.monotonic())):
            return
        due = max(due, time.monotonic()) + 1 / rate
        yield thing


@dataclass(frozen=True, slots=True)
class Warming:
    """What all workers share."""

    url: str
    session: requests.Session
    retries: RetryPolicy
    state: State
    summary: Summary

    def take(self, image: Wanted) -> None:
        """Ask for one image, by its tag and for its head alone, unless an earlier run has."""
        with suppress(StoppedError):
            if self.state.copied(self.url + image.path, image.tag) is None:
                self._ask(image)
            else:
                self._count(image, Outcome.UNCHANGED)

    def _ask(self, image: Wanted) -> None:
        url = f"{self.url}{image.path}?tag={quote(image.tag)}"
        try:
            answer = self.retries.answer(
                lambda: self.session.head(url, timeout=_SECONDS, allow_redirects=False)
            )
        except UnreachableError as error:
            self._count(image, Outcome.FAILED, str(error))
            raise
        assert answer is not None, "only with `is_done` there may be none"  # noqa: S101
        if answer.status_code != HTTPStatus.OK:
            self._count(image, Outcome.REFUSED, _reason(answer))
            return
        if (told := answer.headers.get(UPSTREAM_HEADER)) is None:
            message = f"The images at {self.url} do not come from this service in front of Jellyfin."
            raise RefusedError(f"{message} Look at the rules of the reverse proxy.")
        if told in _OUTCOMES:
            self.state.remember_copy(self.url + image.path, image.tag, told)
            self._count(image, _OUTCOMES[told])
        else:
            self._count(image, Outcome.FAILED, "Jellyfin did not answer; an older picture is kept.")

    def _count(self, image: Wanted, outcome: Outcome, reason: str = "") -> None:
        self.summary.add(Row(image.path, outcome, reason, item=image.item))


def _reason(answer: requests.Response) -> str:
    if answer.status_code == HTTPStatus.NOT_FOUND:
        return "Jellyfin lists the image and does not have its file, or it is of a kind that cannot be shown."
    return f"The service answered with status {answer.status_code}."
