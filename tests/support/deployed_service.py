"""The deployed stack as a client sees it, what an operator finds behind it, and pictures to send."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import requests
from PIL import Image

from infra.local.service import Service
from tests.support import aws

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

SECONDS = 60


@dataclass(frozen=True)
class Http:
    """A client at one address of the service, with or without a key."""

    base_url: str
    headers: dict[str, str]
    session: requests.Session

    def call(self, method: str, path: str, **options: Any) -> requests.Response:  # noqa: ANN401  # of requests
        """Send one request; redirects are not followed."""
        headers = {**self.headers, **options.pop("headers", {})}
        url = self.base_url + path
        return self.session.request(
            method, url, headers=headers, timeout=SECONDS, allow_redirects=False, **options
        )

    def get(self, path: str, **headers: str) -> requests.Response:
        """Get a path with headers named as Python allows: `if_none_match`."""
        return self.call(
            "GET", path, headers={name.replace("_", "-"): text for name, text in headers.items()}
        )

    def upload(self, path: str, data: bytes, content_type: str = "image/jpeg") -> requests.Response:
        """Post a picture."""
        return self.call("POST", path, data=data, headers={"Content-Type": content_type})


@dataclass(frozen=True)
class Stores:
    """What an operator finds in the buckets."""

    s3: "S3Client"
    service: Service

    def original(self, tag: str) -> list[str]:
        """Return the keys of originals with a tag: one or none."""
        return self._keys(self.service.originals_bucket, f"originals/{tag[:2]}/{tag}")

    def variants(self, tag: str) -> list[str]:
        """Return the keys of everything made of an original."""
        every = self._keys(self.service.variants_bucket, "")
        return [key for key in every if tag in key]

    def _keys(self, bucket: str, prefix: str) -> list[str]:
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        return [entry["Key"] for page in pages for entry in page.get("Contents", [])]


def function_named(service: Service, name: str) -> str:
    """Return the full name of one of the stack's functions: APIHandler, Originals or Sweep."""
    stack = aws.client("cloudformation").describe_stack_resource(
        StackName=service.stack, LogicalResourceId=name
    )
    return stack["StackResourceDetail"]["PhysicalResourceId"]


@contextmanager
def given_time(function: str, seconds: int) -> Iterator[None]:
    """Let a function run for so long; the messages of one that is killed come back a little later."""
    functions = aws.client("lambda")
    before = functions.get_function_configuration(FunctionName=function)["Timeout"]

    def give(timeout: int) -> None:
        functions.update_function_configuration(FunctionName=function, Timeout=timeout)
        functions.get_waiter("function_updated_v2").wait(FunctionName=function, WaiterConfig={"Delay": 1})

    give(seconds)
    try:
        yield
    finally:
        give(before)


def run_python(module: str, *arguments: str, **variables: str) -> str:
    """Run a module in a process of its own, with more variables in its environment; return what it prints."""
    done = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-m", module, *arguments],
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def eventually[T](look: Callable[[], T], seconds: float = 60) -> T:
    """Look until something is there, less and less often: what an event brings takes a moment, or a minute.

    `PATIENCE` in the environment, in seconds, bounds the wait of tests that are expected to fail.
    """
    deadline = time.monotonic() + min(seconds, float(os.environ.get("PATIENCE", "inf")))
    pause = 0.1
    while not (found := look()) and time.monotonic() < deadline:
        time.sleep(pause)
        pause = min(1.3 * pause, 1)
    return found


def photo(width: int = 400, height: int = 600, name: str = "JPEG", mode: str = "RGB") -> bytes:
    """Make a picture that nobody has seen before: soft random colours, much like a photograph to an encoder."""
    bands = Image.frombytes("RGBA", (8, 8), os.urandom(256)).resize((width, height), Image.Resampling.BICUBIC)
    stream = BytesIO()
    bands.convert(mode).save(stream, name)
    return stream.getvalue()


def noise(width: int, height: int) -> bytes:
    """Make a PNG that no encoder makes smaller: three bytes a pixel."""
    stream = BytesIO()
    Image.frombytes("RGB", (width, height), os.urandom(width * height * 3)).save(stream, "PNG")
    return stream.getvalue()


def opened(answer: requests.Response) -> Image.Image:
    """Open the picture that an answer holds; an error answer fails here with its text."""
    assert answer.status_code == requests.codes.ok, answer.text
    return Image.open(BytesIO(answer.content))
