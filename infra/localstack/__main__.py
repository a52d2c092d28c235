"""Command line of the emulated cloud: ``python -m infra.localstack --help``."""

import argparse
import os
import sys
from collections.abc import Sequence

from . import emulator, front_door
from .daemon import StartError
from .install import install
from .settings import Settings


def main(arguments: Sequence[str]) -> int:
    """Run one command and return the process's exit status."""
    options = _parser().parse_args(arguments)
    settings = Settings.from_environment(os.environ)
    try:
        return int(options.run(settings, options))
    except StartError as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m infra.localstack", description=__doc__)
    commands = parser.add_subparsers(required=True)
    for name, run, text in (
        ("install", _install, "install LocalStack, its plugins and the functions' runtime"),
        ("start", _start, "start the emulated cloud and wait until it is healthy"),
        ("stop", _stop, "end the emulated cloud, the front door and everything they started"),
        ("status", _status, "tell what runs; exit status 1 when the cloud is down"),
    ):
        commands.add_parser(name, help=text).set_defaults(run=run)
    door = commands.add_parser("front-door", help="start the front door to a stage's URL")
    door.add_argument("origin", help="URL of the deployed stage")
    door.set_defaults(run=_front_door)
    return parser


def _install(settings: Settings, _options: argparse.Namespace) -> int:
    install(settings)
    return 0


def _start(settings: Settings, _options: argparse.Namespace) -> int:
    emulator.start(settings)
    print(settings.url)
    return 0


def _stop(settings: Settings, _options: argparse.Namespace) -> int:
    front_door.stop(settings)
    emulator.stop(settings)
    return 0


def _status(settings: Settings, _options: argparse.Namespace) -> int:
    is_up = bool(settings.endpoint_url) or emulator.is_running(settings)
    print(f"emulated cloud: {settings.url if is_up else 'down'}")
    door = f"http://127.0.0.1:{settings.front_door_port}" if front_door.is_running(settings) else "down"
    print(f"front door: {door}")
    return 0 if is_up else 1


def _front_door(settings: Settings, options: argparse.Namespace) -> int:
    front_door.start(settings, options.origin)
    print(f"http://127.0.0.1:{settings.front_door_port}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
