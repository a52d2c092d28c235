"""What a new process of the function costs until its first answer, in core time of the archive that is deployed."""

import json
import os
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import requests

from infra.local.service import Service
from infra.localstack.settings import Settings as Cloud
from tests.support import aws
from tests.support.gateway import event

_RUNS = 12
_SECONDS = 60
_WORKER = Path(__file__).with_name("function_worker.py")
_PASSED_ON = ("AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION")


@dataclass(frozen=True, slots=True)
class Start:
    """One cold start: milliseconds of core time until Python had begun, for the import, for the first answer."""

    python: float
    imports: float
    answer: float
    status: int

    @property
    def total(self) -> float:
        """Return what our code costs: import and answer."""
        return self.imports + self.answer


@dataclass(frozen=True, slots=True)
class Ask:
    """A first request, and the status that answers it."""

    name: str
    path: str
    headers: Mapping[str, str]
    status: int


def table(service: Service, archive: Path) -> Iterator[str]:
    """Yield the lines of the table, of a service whose functions run the archive."""
    yield f"Core time of a new process in milliseconds, least and median of {_RUNS}."
    asks = _asks(service)
    with TemporaryDirectory() as folder:
        zipfile.ZipFile(archive).extractall(folder)
        environment = function_environment(service, Path(folder))
        rounds = [[_start(ask, environment) for ask in asks] for _ in range(_RUNS)]
    for ask, starts in zip(asks, zip(*rounds, strict=True), strict=True):
        yield _row(ask.name, starts)
    yield f"Python itself takes {min(start.python for starts in rounds for start in starts):.0f} before."


def _asks(service: Service) -> list[Ask]:
    """Name the first requests for a picture of the demo library whose variant is stored."""
    path = f"/Items/{next(iter(service.demo_items.values()))}/Images/Primary?maxWidth=300"
    answer = requests.get(service.base_url + path, timeout=_SECONDS)
    answer.raise_for_status()
    known = {"If-None-Match": answer.headers["ETag"]}
    return [
        Ask("304", path, known, 304),
        Ask("hit", path, {}, 200),
    ]


def function_environment(service: Service, code: Path) -> dict[str, str]:
    """Return the environment of the deployed function, with the code that it is to import."""
    stack = aws.client("cloudformation")
    function = stack.describe_stack_resource(StackName=service.stack, LogicalResourceId="APIHandler")
    name = function["StackResourceDetail"]["PhysicalResourceId"]
    configured = aws.client("lambda").get_function_configuration(FunctionName=name)
    passed_on = {name: os.environ[name] for name in _PASSED_ON}
    lambda_own = {"AWS_LAMBDA_FUNCTION_NAME": name, "PYTHONPATH": str(code)}
    return passed_on | configured["Environment"]["Variables"] | lambda_own


def worker_command() -> list[str | Path]:
    """Return the command that answers events in the functions' own Python."""
    return [Cloud.from_environment(os.environ).runtime_python, "-P", _WORKER]


def _start(ask: Ask, environment: Mapping[str, str]) -> Start:
    done = subprocess.run(
        worker_command(),
        input=json.dumps(event("GET", ask.path, b"", ask.headers)),
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    start = Start(told["python"], told["imports"], told["answer"], told["status"])
    if start.status != ask.status:
        raise ValueError(f"{ask.name} was answered {start.status}: {done.stdout}")
    return start


def _row(name: str, starts: Sequence[Start]) -> str:
    def least_and_median(part: Callable[[Start], float]) -> str:
        times = [part(start) for start in starts]
        return f"{min(times):4.0f} {median(times):4.0f}"

    first, both = least_and_median(lambda start: start.imports), least_and_median(lambda start: start.total)
    return f"{name:15}   import {first}   import and first answer {both}"
