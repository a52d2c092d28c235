"""The verb that writes what is made from the routes."""

import argparse
import subprocess
import sys

from infra.errors import SettingError
from infra.places import IS_CHECKOUT

_PARTS = ("infra.openapi.paths", "infra.openapi.document")
"""In this order, each in a process of its own: the document finds the routes by the table of paths as written."""


def write(_: argparse.Namespace) -> None:
    """Write the table of paths, then the document."""
    if not IS_CHECKOUT:
        raise SettingError("This verb writes into the source: run it in a checkout of the repository.")
    for part in _PARTS:
        subprocess.run([sys.executable, "-m", part], check=True)
