"""The verbs of the service on this machine."""

import argparse
import os

from infra.local.lifecycle import check_ports, down, run, up
from infra.localstack.settings import Settings


def start(options: argparse.Namespace) -> None:
    """Start the service in the background."""
    cloud = Settings.from_environment(os.environ)
    check_ports(cloud)
    print(f"Ready: {up(cloud, options.stage).base_url} ({cloud.run_dir / 'service.json'})")


def stop(_: argparse.Namespace) -> None:
    """Stop it."""
    down(Settings.from_environment(os.environ))


def serve(options: argparse.Namespace) -> None:
    """Serve until Ctrl-C."""
    cloud = Settings.from_environment(os.environ)
    check_ports(cloud)
    run(cloud, options.stage)
