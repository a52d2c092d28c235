"""API Gateway in a function: turns a request into the proxy event that it sends, and the answer back.

The event has the form of the REST API's Lambda proxy integration (payload 1.0) with `*/*` as binary type: the
body is always base64, path variables stay percent-encoded, whatever no resource matches goes to `/{proxy+}`.
"""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from app import app

_one_at_a_time = Lock()
"""A function is given one request at a time: Chalice keeps it on the application while a view reads it."""


@dataclass(frozen=True)
class Answer:
    """What a client gets; header names are lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:  # noqa: ANN401  # any JSON value
        return json.loads(self.body)


class Context:
    """Lambda's context, with time to spare."""

    aws_request_id = "test-request"
    function_name = "tests"

    def get_remaining_time_in_millis(self) -> int:
        return 28_000


def call(
    method: str,
    url: str,
    *,
    body: bytes | str | Mapping[str, Any] = b"",
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Send one request through the application."""
    sent = dict(headers or {})
    if isinstance(body, Mapping):
        sent.setdefault("Content-Type", "application/json")
        body = json.dumps(body)
    data = body.encode() if isinstance(body, str) else body
    with _one_at_a_time:
        answer = app(event(method, url, data, sent), Context())
    raw = answer.get("body") or ""
    content = base64.b64decode(raw) if answer.get("isBase64Encoded") else raw.encode()
    return Answer(answer["statusCode"], {n.lower(): v for n, v in answer["headers"].items()}, content)


def event(method: str, url: str, body: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
    """Build the proxy event."""
    parts = urlsplit(url)
    resource, variables = _resource(method, parts.path)
    query = parse_qsl(parts.query, keep_blank_values=True)
    several: dict[str, list[str]] = {}
    for name, value in query:
        several.setdefault(name, []).append(value)
    return {
        "resource": resource,
        "path": unquote(parts.path),
        "httpMethod": method,
        "headers": dict(headers) or None,
        "multiValueHeaders": {name: [value] for name, value in headers.items()} or None,
        "queryStringParameters": dict(query) or None,
        "multiValueQueryStringParameters": several or None,
        "pathParameters": variables or None,
        "stageVariables": None,
        "requestContext": {
            "resourcePath": resource,
            "httpMethod": method,
            "stage": "api",
            "path": f"/api{parts.path}",
            "requestId": "test-request",
            "identity": {"sourceIp": "203.0.113.7", "userAgent": "tests"},
        },
        "body": base64.b64encode(body).decode() if body else None,
        "isBase64Encoded": bool(body),
    }


def _resource(method: str, path: str) -> tuple[str, dict[str, str]]:
    for route, pattern in _patterns():
        if (match := pattern.fullmatch(path)) and method in app.routes[route]:
            return route, match.groupdict()
    return "/{proxy+}", {"proxy": path.lstrip("/")}


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    variable = re.compile(r"\\\{(\w+)\\\}")
    return [(route, re.compile(variable.sub(r"(?P<\1>[^/]+)", re.escape(route)))) for route in app.routes]
