"""The verb that writes what is made from the routes."""

import argparse
import subprocess
import sys

_PARTS = ("infra.openapi.paths", "infra.openapi.document")
"""In this order, each in a process of its own: the document finds the routes by the table of paths as written."""


def write(_: argparse.Namespace) -> None:
    """Write the table of paths, then the document."""
    for part in _PARTS:
        subprocess.run([sys.executable, "-m", part], check=True)
