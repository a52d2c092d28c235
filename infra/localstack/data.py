"""What outlives the emulated cloud: ask the running emulator to keep it, and look at what is kept."""

import http.client
import json
import shutil
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from . import emulator
from .daemon import StartError
from .plugins.dockerless.persistence.archive import FormatError, Summary, check_format, read_summary
from .settings import Settings

PATH = "/_localstack/data"
SECONDS = 300.0
"""A snapshot of much, on a slow disk."""


@dataclass(frozen=True, slots=True)
class Resources:
    """Names of the buckets and tables whose content is kept, and of queues by what they are for."""

    buckets: Sequence[str]
    tables: Sequence[str]
    queues: Mapping[str, str]


def require_readable(settings: Settings) -> None:
    """Raise :class:`StartError` where another version's data is in the folder that this one cannot read."""
    try:
        check_format(settings.data)
    except FormatError as error:
        message = (
            f"{settings.data} is of another version ({error}). Use that version, or forget the data: reset."
        )
        raise StartError(message) from error


def restore(settings: Settings, resources: Resources) -> None:
    """Put back what is kept of a cloud's resources and keep them from now on; does nothing the second time.

    Raises :class:`StartError`.
    """
    names = {"buckets": resources.buckets, "tables": resources.tables, "queues": resources.queues}
    status = _call(settings, "POST", json.dumps(names))
    if status != http.HTTPStatus.OK:
        message = (
            f"{settings.data} could not be restored (status {status}): see {settings.run_dir}/localstack.log."
        )
        raise StartError(message)


def save(settings: Settings) -> bool:
    """Write a snapshot now; False when no emulator runs that could, or when it failed."""
    if settings.endpoint_url or not emulator.is_alive(settings):
        return False
    try:
        return _call(settings, "PUT") == http.HTTPStatus.NO_CONTENT
    except (OSError, http.client.HTTPException):
        return False


def summary(settings: Settings) -> Summary | None:
    """Count what the last snapshot has, whether an emulator runs or not; None where there is none."""
    return read_summary(settings.data)


def forget(settings: Settings) -> None:
    """Remove all of it. The emulator must not run."""
    shutil.rmtree(settings.data, ignore_errors=True)


def _call(settings: Settings, method: str, body: str | None = None) -> int:
    with closing(
        http.client.HTTPConnection("127.0.0.1", settings.emulator_port, timeout=SECONDS)
    ) as connection:
        connection.request(method, PATH, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
