"""An emulated cloud for tests, and short ways to put things into it."""

import base64
import io
import json
import time
import uuid
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from infra.localstack.settings import Settings
from tests.support.ports import free_port

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

HERE = Path(__file__).parent
REGION = "eu-central-1"


def private_settings(folder: Path, **passed_on: str) -> Settings:
    """Return the settings of a cloud with ports and a folder of its own, whatever the developer's say."""
    return replace(
        Settings.from_environment({"RUN_DIR": str(folder)}),
        emulator_port=free_port(),
        front_door_port=free_port(),
        passed_on=passed_on,
    )


def package() -> bytes:
    """Return the test functions as Lambda wants them."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as files:
        for name in ("handlers.py", "broken.py"):
            files.write(HERE / name, name)
    return archive.getvalue()


@dataclass(frozen=True)
class Answer:
    """What an invocation came to."""

    value: Any
    error: str | None
    log: str


@dataclass(frozen=True)
class Cloud:
    """A running emulator."""

    settings: Settings

    @property
    def url(self) -> str:
        """Return its endpoint."""
        return self.settings.url

    @cached_property
    def session(self) -> boto3.Session:
        """Return what makes clients; they need the endpoint besides."""
        return boto3.Session("test", "test", region_name=REGION)

    @cached_property
    def functions(self) -> "LambdaClient":
        """Return a client that never repeats an invocation."""
        config = Config(retries={"total_max_attempts": 1}, read_timeout=60, max_pool_connections=50)
        return self.session.client("lambda", endpoint_url=self.url, config=config)

    @cached_property
    def role(self) -> str:
        """Return the ARN of a role that may do everything; make it once."""
        iam = self.session.client("iam", endpoint_url=self.url)
        trusted = {
            "Effect": "Allow",
            "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
        everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
        made = iam.create_role(RoleName="functions", AssumeRolePolicyDocument=_document(trusted))
        iam.put_role_policy(
            RoleName="functions", PolicyName="everything", PolicyDocument=_document(everything)
        )
        return str(made["Role"]["Arn"])

    def add_function(self, handler: str, *, timeout: int = 10, memory: int = 256, **variables: str) -> str:
        """Create a function from one of the handlers and return its name."""
        name = f"{handler.replace('.', '-')}-{uuid.uuid4().hex[:8]}"
        self.functions.create_function(
            FunctionName=name,
            Runtime="python3.13",
            Role=self.role,
            Handler=handler,
            Code={"ZipFile": package()},
            Timeout=timeout,
            MemorySize=memory,
            Environment={"Variables": variables},
        )
        self.await_function(name)
        return name

    def await_function(self, name: str) -> None:
        """Wait until a created or updated function is ready."""
        for waiter in ("function_active_v2", "function_updated_v2"):
            self.functions.get_waiter(waiter).wait(
                FunctionName=name, WaiterConfig={"Delay": 0, "MaxAttempts": 1000}
            )

    def invoke(self, name: str, event: Mapping[str, Any] | None = None) -> Answer:
        """Invoke a function and wait for its answer."""
        response = self.functions.invoke(FunctionName=name, Payload=json.dumps(event or {}), LogType="Tail")
        return Answer(
            json.loads(response["Payload"].read()),
            response.get("FunctionError"),
            base64.b64decode(response["LogResult"]).decode(),
        )


def _document(statement: Mapping[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def eventually(is_so: Callable[[], bool], seconds: float = 15) -> None:
    """Wait until something holds; an assertion fails when it does not come to."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Tell whether a process exists and has not merely to be buried."""
    try:
        return "(zombie)" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
