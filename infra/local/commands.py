"""The verbs of the service on this machine."""

import argparse
import os
import sys

from infra.errors import SettingError
from infra.local.lifecycle import as_started, check_ports, down, reset, run, up
from infra.local.status import show
from infra.localstack.settings import Settings


def start(options: argparse.Namespace) -> None:
    """Start the service in the background."""
    cloud = Settings.from_environment(os.environ)
    check_ports(cloud)
    print(f"Ready: {up(cloud, options.stage).base_url} ({cloud.run_dir / 'service.json'})")


def stop(_: argparse.Namespace) -> None:
    """Stop it."""
    down(Settings.from_environment(os.environ))


def forget(options: argparse.Namespace) -> None:
    """Stop it and forget its data, once that is confirmed."""
    cloud = Settings.from_environment(os.environ)
    if not options.yes:
        if not sys.stdin.isatty():
            raise SettingError("reset deletes the library, its users and pictures. Confirm with --yes.")
        if input(f"Delete the library, users and pictures in {cloud.data}? [y/N] ").strip().lower() != "y":
            return
    reset(cloud)


def tell(_: argparse.Namespace) -> int:
    """Tell what runs and how much is stored."""
    return show(as_started(Settings.from_environment(os.environ)))


def serve(options: argparse.Namespace) -> None:
    """Serve until Ctrl-C."""
    cloud = Settings.from_environment(os.environ)
    check_ports(cloud)
    run(cloud, options.stage)
