"""Start and end the front door: one fixed local address for whatever stage is deployed."""

import os
from pathlib import Path

from .daemon import Daemon, accepts_connections, require_free
from .install import install
from .settings import Settings

START_SECONDS = 120.0


def start(settings: Settings, origin: str, other: str = "", pattern: str = "") -> None:
    """Return when the front door leads to ``origin``, the stage's URL; starts anew where it led elsewhere.

    With an ``other`` origin, only paths that match ``pattern`` lead to the first.
    Raises :class:`~infra.localstack.daemon.StartError`.
    """
    arguments = ["-m", "dockerless.gateway.front_door", str(settings.front_door_port), origin]
    arguments += [other, pattern] if other else []
    daemon = _daemon(settings)
    if daemon.running() == arguments and accepts_connections(settings.front_door_port):
        return
    stop(settings)
    require_free(settings.front_door_port, "FRONT_DOOR_PORT")
    install(settings)
    daemon.start(
        arguments,
        {"PATH": os.defpath, "LANG": "C.UTF-8"},
        is_ready=lambda: accepts_connections(settings.front_door_port),
        seconds=START_SECONDS,
    )


def stop(settings: Settings) -> None:
    """End the front door."""
    _daemon(settings).stop()


def is_running(settings: Settings) -> bool:
    """Tell whether this front door is up."""
    return _daemon(settings).running() is not None and accepts_connections(settings.front_door_port)


def log(settings: Settings) -> Path:
    """Return the file to which it writes each request that failed."""
    return _daemon(settings).log


def _daemon(settings: Settings) -> Daemon:
    return Daemon("front-door", settings.run_dir, settings.localstack_python)
