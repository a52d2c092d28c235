"""A user of AWS who runs verbs: one process for all of them, as starting Python takes longer than most verbs.

`python -m tests.support.operating` is the process. It reads a list of words a line, and answers each with a line.
"""

import contextlib
import io
import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

import boto3

from infra.cli import main
from infra.deployment.cloud import REGION
from tests.support import aws
from tests.support.instance import session_folder

type IAMClient = Any  # boto3's, whose types are not installed


@dataclass(frozen=True)
class Done:
    """How a verb ended and what it printed."""

    status: int
    output: str


@dataclass(frozen=True)
class Operator:
    """A user who may do what a test allows, and the process that has the user's keys."""

    name: str
    iam: IAMClient
    process: subprocess.Popen[str]
    session: boto3.Session

    @classmethod
    @contextmanager
    def hired(cls) -> Iterator[Self]:
        """Make the user, and remove it at the end."""
        name, iam = f"operator-{uuid.uuid4().hex[:8]}", aws.client("iam")
        iam.create_user(UserName=name)
        key = iam.create_access_key(UserName=name)["AccessKey"]
        keys = (key["AccessKeyId"], key["SecretAccessKey"])
        with _process(*keys) as process:
            yield cls(name, iam, process, boto3.Session(*keys, region_name=REGION))
            assert process.stdin
            process.stdin.close()
        iam.delete_user_policy(UserName=name, PolicyName="verbs")
        iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
        iam.delete_user(UserName=name)

    def allow(self, document: Mapping[str, Any]) -> None:
        """Let the user do what a policy says, and nothing else."""
        self.iam.put_user_policy(UserName=self.name, PolicyName="verbs", PolicyDocument=json.dumps(document))

    def run(self, *words: str) -> Done:
        """Run a verb with nothing but the user's credentials."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        return Done(**json.loads(self.process.stdout.readline()))


def _process(key: str, secret: str) -> subprocess.Popen[str]:
    credentials = {"AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.support.operating"],
        env=os.environ | credentials | {"RUN_DIR": str(session_folder())},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def serve() -> None:
    """Run what is asked for, line by line, until there is no more."""
    for line in sys.stdin:
        output = io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            status = main(json.loads(line))
        print(json.dumps({"status": status, "output": output.getvalue()}), flush=True)  # noqa: T201  # the answer


if __name__ == "__main__":
    serve()
