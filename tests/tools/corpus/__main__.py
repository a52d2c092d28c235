"""`make corpus DIR=…`: send every file of a folder to the running service; report status, time and memory.

Names each file that was refused although Pillow reads it as a format that the service takes.

Exits with 1 when any answer was a 5xx or none at all, a process died, or one used 1 GB.
"""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles
from time import time

from infra.deployment.cloud import use_cloud
from infra.local.service import Service
from infra.operations.logs import events
from tests.support import aws
from tests.tools.corpus.refusals import refusals
from tests.tools.corpus.visit import Visit, Visitor

_VISITORS = 3
_MOST_MEMORY = 1024
_MEMORY = re.compile(r"Max Memory Used: (\d+) MB")
_DEATH = re.compile(r"Runtime exited|signal: killed|Task timed out")


def main() -> None:
    """Send the files, print the report."""
    folder = Path(sys.argv[1])
    service = Service.read(Path(os.environ.get("RUN_DIR", ".run")))
    if service is None:
        sys.exit("Nothing runs here: make up")
    begun = int(time() * 1000)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with ThreadPoolExecutor(_VISITORS) as pool:
        slices = [files[n::_VISITORS] for n in range(_VISITORS)]
        visits = [visit for part in pool.map(lambda part: _send(service, part), slices) for visit in part]
    memory, deaths = _logged(service, begun)
    broken = [visit for visit in visits if visit.status == 0 or visit.status >= 500]  # HTTP's own
    _print_report(visits, len(files))
    for line in refusals(visits):
        print(f"refused: {line}")
    for visit in broken:
        print(f"{visit.status} {visit.call} {visit.file}")
    print(f"peak memory of a function: {memory} MB; dead processes: {deaths}; 5xx: {len(broken)}")
    sys.exit(1 if broken or deaths or memory >= _MOST_MEMORY else 0)


def _send(service: Service, files: Iterable[Path]) -> list[Visit]:
    visitor = Visitor(service)
    visits = [visit for file in files for visit in visitor.send(file)]
    visitor.leave()
    return visits


def _print_report(visits: list[Visit], files: int) -> None:
    print(f"{files} files")
    for name in dict.fromkeys(visit.call for visit in visits):
        times = [visit.milliseconds for visit in visits if visit.call == name]
        statuses = Counter(visit.status for visit in visits if visit.call == name)
        slow = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        counts = ", ".join(f"{number} with {status}" for status, number in sorted(statuses.items()))
        print(f"{name:7} median {median(times):6.0f} ms, 95 % {slow:6.0f}, most {max(times):6.0f}: {counts}")


def _logged(service: Service, since_ms: int) -> tuple[int, int]:
    """Return the peak memory in MB that a function reported, and how many processes died."""
    use_cloud(service.endpoint_url)
    messages = [message for _, _, _, message in events(aws.client("logs"), service.stack, since_ms)]
    memory = [int(found[1]) for message in messages if (found := _MEMORY.search(message))]
    return max(memory, default=0), sum(bool(_DEATH.search(message)) for message in messages)


if __name__ == "__main__":
    main()
