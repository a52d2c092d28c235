"""`make endure COUNT=100000`: send mixed requests to the running service, four at a time, and watch the emulator.

Exits with 1 when an answer was a 5xx or none, or threads, memory maps or memory still grew after the first tenth.
"""

import os
import sys
from pathlib import Path
from time import monotonic

from infra.local.service import Service
from tests.tools.endurance.load import Load
from tests.tools.endurance.run import REPORTS, grown, watch
from tests.tools.endurance.vitals import Vitals, emulator_of


def main() -> None:
    """Send, print a line for each tenth, judge."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    folder = Path(os.environ.get("RUN_DIR", ".run"))
    service = Service.read(folder)
    if service is None:
        sys.exit("Nothing runs here: make up")
    begun, seen = monotonic(), list[Vitals]()
    with Load(service) as load:
        for done, vitals in watch(load, emulator_of(folder), count):
            seen.append(vitals)
            print(f"{done:7} requests, {done / (monotonic() - begun):5.1f} a second: {vitals}", flush=True)
    print(dict(sorted(load.statuses.items())))
    faults = grown(seen[0], seen[-1], count - count // REPORTS)
    print("\n".join(faults) or "nothing grew")
    sys.exit(1 if faults or load.faults() else 0)


if __name__ == "__main__":
    main()
