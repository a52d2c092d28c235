"""The import command, as an operator starts it against a deployed service."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Self

from infra.local.service import Service

SECONDS = 3600

_IN_BACKGROUND = ("sh", "-c", 'trap "" INT; exec "$@"', "sh")
"""Begins a command with interruptions ignored, as a shell does in its background."""


class Importer:
    """The command, as an operator starts it."""

    def __init__(self, service: Service, state: Path, *options: str) -> None:
        self.state = state
        command = [sys.executable, "-m", "infra.cli", "import", *options, "--state", str(state)]
        environment = {**os.environ, "ADMIN_API_KEY": service.admin_api_key, "COLUMNS": "120"}
        self.process = subprocess.Popen(  # noqa: S603  # our own command
            [*_IN_BACKGROUND, *command, "--url", service.base_url],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    @classmethod
    def of_folder(cls, service: Service, folder: Path, *options: str) -> Self:
        """Start importing a media folder; its state lies beside it."""
        return cls(service, folder.parent / "state.sqlite", str(folder), *options)

    @classmethod
    def of_server(cls, service: Service, url: str, key: str, state: Path) -> Self:
        """Start copying a Jellyfin server."""
        return cls(service, state, "--from", url, "--api-key", key)

    def output(self) -> str:
        """Wait for the end and return what was printed."""
        text, _ = self.process.communicate(timeout=SECONDS)
        return text

    def sent(self, table: str = "sent") -> int:
        """Return how many pictures the state knows to be sent, or to be `copied`."""
        try:
            with closing(sqlite3.connect(f"file:{self.state}?mode=ro", uri=True)) as state:
                return int(state.execute(f"select count(*) from {table}").fetchone()[0])  # noqa: S608  # our own names
        except sqlite3.OperationalError:
            return 0


def counted(text: str, outcome: str) -> int:
    """Return how many files the summary counts."""
    match = re.search(rf"{outcome}\s+│\s+([\d,]+)", text)
    assert match, text
    return int(match[1].replace(",", ""))
