"""Run the stand-ins until stopped: `python -m infra.demo.providers PORT`."""

import argparse
import signal
from threading import Event

from infra.demo.providers.server import environment, serving


def main() -> None:
    """Serve, and print the settings that point the service here."""
    parser = argparse.ArgumentParser(prog="python -m infra.demo.providers", description=__doc__)
    parser.add_argument("port", type=int, help="port of loopback; 0 for a free one")
    over = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    with serving(parser.parse_args().port) as server:
        for name, value in environment(server.url).items():
            print(f"{name}={value}", flush=True)
        over.wait()


if __name__ == "__main__":
    main()
