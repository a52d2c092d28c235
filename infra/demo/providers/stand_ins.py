"""Start and end the stand-ins beside a local service, where the operator has no keys of the real providers."""

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path

from infra.demo.providers.server import environment, free_port
from infra.localstack.daemon import Daemon, accepts_connections, require_free
from infra.localstack.settings import Settings
from infra.places import PROJECT

PORT = "PROVIDERS_PORT"
START_SECONDS = 30.0
_SWITCHES = ("TMDB_KEY", "FANART_KEY", "AUDIODB_KEY", "PROVIDER_CONTACT")


def start(settings: Settings, variables: MutableMapping[str, str]) -> str:
    """Return the address of the running stand-ins, having pointed the settings there; "" where they are not wanted.

    Their port is chosen once a folder, or by `PROVIDERS_PORT`, so that a deployed service finds them again.
    """
    if any(variables.get(name) for name in _SWITCHES):
        # A deployment keeps what it is not told anew: it must not send a real key to a stand-in.
        variables.update({name: variables.get(name, "") for name in environment("")})
        return ""
    port = int(variables.get(PORT) or 0) or _kept_port(settings)
    arguments = ["-m", "infra.demo.providers", str(port)]
    daemon = _daemon(settings)
    if daemon.running() != arguments:
        stop(settings)
        require_free(port, PORT)
        own = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONPATH": str(PROJECT)}
        daemon.start(arguments, own, is_ready=lambda: accepts_connections(port), seconds=START_SECONDS)
    url = f"http://127.0.0.1:{port}"
    variables.update(environment(url))
    return url


def stop(settings: Settings) -> None:
    """End the stand-ins."""
    _daemon(settings).stop()


def _kept_port(settings: Settings) -> int:
    path = settings.run_dir / "providers.port"
    if not path.is_file():
        path.write_text(str(free_port()))
    return int(path.read_text())


def _daemon(settings: Settings) -> Daemon:
    return Daemon("providers", settings.run_dir, settings.localstack_python, Path(sys.executable))
