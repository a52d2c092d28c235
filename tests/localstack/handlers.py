"""The functions that the emulator's tests run. Packed by itself: standard library only."""

import base64
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

type Event = dict[str, Any]

logging.getLogger().setLevel(logging.INFO)


def echo(event: Event, context: Any) -> Event:  # noqa: ANN401  # AWS's class is not installed here
    """Return the event and what the runtime knows of itself."""
    sys.stdout.write("echo says hello\n")
    return {
        "event": event,
        "pid": os.getpid(),
        "environment": dict(os.environ),
        "path": sys.path,
        "scratch": tempfile.gettempdir(),
        "left_ms": context.get_remaining_time_in_millis(),
        "arn": context.invoked_function_arn,
        "memory_mb": context.memory_limit_in_mb,
    }


def sleep(event: Event, _context: object) -> int:
    """Sleep as long as asked and say which process did."""
    sys.stdout.write("sleeping\n")
    time.sleep(event.get("seconds", 0))
    return os.getpid()


def crash(event: Event, _context: object) -> int:
    """End the process as asked: by a status or by a signal."""
    if "status" in event:
        sys.stdout.write("leaving\n")
        os._exit(event["status"])
    if "signal" in event:
        os.kill(os.getpid(), getattr(signal, event["signal"]))
    return os.getpid()


def fail(_event: Event, _context: object) -> None:
    """Raise."""
    message = "on purpose"
    raise ValueError(message)


def hog(event: Event, _context: object) -> int:
    """Touch as many megabytes as asked."""
    block = bytearray(event["megabytes"] * 1024 * 1024)
    return len(block)


def big(event: Event, _context: object) -> str:
    """Answer with a JSON string of exactly so many bytes."""
    size: int = event["bytes"]
    return "x" * (size - len('""'))


def spawn(_event: Event, _context: object) -> list[int]:
    """Start a grandchild that would outlive everybody, and name both processes."""
    child = subprocess.Popen(["/bin/sleep", "600"])
    return [os.getpid(), child.pid]


def record(event: Event, _context: object) -> Event:
    """Append the received messages to a file, and fail those that ask for it."""
    failures = []
    for message in event["Records"]:
        with Path(os.environ["RECORD_FILE"]).open("a") as file:
            file.write(message["body"].replace("\n", " ") + "\n")
        if "poison" in message["body"]:
            failures.append({"itemIdentifier": message["messageId"]})
    return {"batchItemFailures": failures}


def note(event: Event, _context: object) -> None:
    """Append the whole event to a file."""
    with Path(os.environ["RECORD_FILE"]).open("a") as file:
        file.write(json.dumps(event) + "\n")


def http(event: Event, _context: object) -> Event:
    """Answer API Gateway: with the event itself, or as the query asks."""
    query = event["queryStringParameters"] or {}
    time.sleep(float(query.get("sleep", 0)))
    if "bytes" in query:
        return _picture(int(query["bytes"]))
    if "location" in query:
        return {"statusCode": 302, "headers": {"Location": query["location"]}, "body": ""}
    if "malformed" in query:
        return {"no": "proxy answer"}
    if "status" in query:
        return {"statusCode": int(query["status"]), "headers": json.loads(query.get("headers", "{}"))}
    body = json.dumps({**event, "body": _brief(event["body"])})
    return {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": body}


def _picture(size: int) -> Event:
    body = base64.b64encode(b"\xff" * size).decode()
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "image/png"},
        "body": body,
        "isBase64Encoded": True,
    }


def _brief(body: str | None) -> str | int | None:
    """Name a long body by its length."""
    return len(body) if body and len(body) > 10_000 else body
