"""Become a function's runtime that cannot outlive its emulator.

A script of its own, run by the functions' interpreter: ``launcher.py PARENT_PID DATA_BYTES COMMAND…``. What it
sets survives ``exec``: death with the parent, no core files, and a hard stop for memory that grows faster than
it is watched.
"""

import ctypes
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int) -> None:
    """Ask Linux to kill this process when the thread that started it ends.

    Elsewhere it ends by itself once the Runtime API no longer answers.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("the emulator ended before this function's runtime began")


def limit_resources(data_bytes: int) -> None:
    """Cap what a single process may allocate, in bytes, and forbid core files."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (data_bytes, data_bytes))


def main(arguments: list[str]) -> None:
    """Apply the limits, then turn into the command."""
    parent, data_bytes, *command = arguments
    die_with_parent(int(parent))
    limit_resources(int(data_bytes))
    os.execv(command[0], command)  # noqa: S606 - the command is the emulator's own


if __name__ == "__main__":
    main(sys.argv[1:])
