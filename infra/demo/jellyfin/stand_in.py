"""Start and end a stand-in Jellyfin with the demo library beside a local service: `JELLYFIN=demo make run`."""

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path

import requests

from infra.demo import photographs
from infra.demo.jellyfin.server import KEY
from infra.demo.providers.server import free_port
from infra.errors import SettingError
from infra.localstack.daemon import Daemon, accepts_connections
from infra.localstack.settings import Settings
from infra.places import PROJECT

SWITCH, URL = "JELLYFIN", "JELLYFIN_URL"
START_SECONDS = 120.0
"""It draws the demo library first."""


def start(settings: Settings, variables: MutableMapping[str, str]) -> str:
    """Return the address of the Jellyfin server that is wanted, "" for none; start the stand-in if it is that."""
    if (chosen := variables.get(SWITCH, "")) not in {"", "demo"}:
        raise SettingError(f"JELLYFIN is {chosen!r}. The only choice is JELLYFIN=demo; or set JELLYFIN_URL.")
    kept = settings.run_dir / "jellyfin.port"
    url = f"http://127.0.0.1:{_port(kept)}"
    # A deployment keeps what it is not told anew: without a server it must be told so.
    wanted = variables[URL] = url if chosen else variables.get(URL, "")
    if wanted == url:
        _run(settings, int(kept.read_text()))
    return wanted


def poster_path(url: str) -> str:
    """Return the path of a poster of the stand-in at a URL, for people to try."""
    query = {"recursive": "true", "includeItemTypes": "Movie", "limit": "1"}
    answer = requests.get(f"{url}/Items", query, headers={"X-Emby-Token": KEY}, timeout=START_SECONDS)
    return f"/Items/{answer.json()['Items'][0]['Id']}/Images/Primary"


def stop(settings: Settings) -> None:
    """End the stand-in."""
    _daemon(settings).stop()


def _run(settings: Settings, port: int) -> None:
    arguments = ["-m", "infra.demo.jellyfin", str(port)]
    daemon = _daemon(settings)
    if daemon.running() == arguments and accepts_connections(port):
        return
    daemon.stop()
    # Here, because the stand-in sees nothing of the environment: no package index, proxy or certificates.
    photographs.install()
    own = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONPATH": str(PROJECT)}
    daemon.start(arguments, own, is_ready=lambda: accepts_connections(port), seconds=START_SECONDS)


def _port(kept: Path) -> int:
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(str(free_port()))
    return int(kept.read_text())


def _daemon(settings: Settings) -> Daemon:
    return Daemon("jellyfin", settings.run_dir, settings.localstack_python, Path(sys.executable))
