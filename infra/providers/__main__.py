"""Run the stand-ins until stopped: `PROVIDERS_PORT=4580 python -m infra.providers`."""

import os
import signal
from threading import Event

from infra.providers.server import environment, serving

DEFAULT_PORT = 4580


def main() -> None:
    """Serve, and print the settings that point the service here."""
    over = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    with serving(int(os.environ.get("PROVIDERS_PORT", DEFAULT_PORT))) as server:
        for name, value in environment(server.url).items():
            print(f"{name}={value}", flush=True)
        over.wait()


if __name__ == "__main__":
    main()
