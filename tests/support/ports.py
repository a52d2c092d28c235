"""Ports for servers that a test starts, stops and starts again."""

import itertools
import os
import socket

LOWEST, HIGHEST = 10_000, 32_000
"""Below the ports that the kernel gives to outgoing connections (32768 to 60999 on Linux), which would take a
port while its server is down for a moment."""
EACH = 64
"""Processes that run at once begin so far apart, and so do not choose the same port."""
_steps = itertools.count()


def free_port() -> int:
    """Return a loopback port that nobody listens on now, and another one at each call."""
    while True:
        step = os.getpid() * EACH + next(_steps)
        port = LOWEST + step % (HIGHEST - LOWEST)
        if _is_free(port):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
