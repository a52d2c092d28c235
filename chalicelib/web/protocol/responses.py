"""Answers that are not pictures: JSON in Jellyfin's conventions, problems, and nothing at all."""

import json
import re
from collections.abc import Mapping
from typing import Any

from chalice.app import Response

from chalicelib.web.protocol.caching import NEVER_STORED
from chalicelib.web.protocol.declarations.shapes import shaped
from chalicelib.web.protocol.request import Request

type Headers = dict[str, str | list[str]]

_JSON = "application/json; charset=utf-8"
_PROBLEM = "application/problem+json"
_JSON_RANGE = re.compile(r"application/json\s*(?:;\s*profile\s*=\s*\"?(\w+))?", re.IGNORECASE)
_TITLES = {
    400: ("Bad Request", "15.5.1"),
    401: ("Unauthorized", "15.5.2"),
    403: ("Forbidden", "15.5.4"),
    404: ("Not Found", "15.5.5"),
    405: ("Method Not Allowed", "15.5.6"),
    409: ("Conflict", "15.5.10"),
    412: ("Precondition Failed", "15.5.13"),
    413: ("Content Too Large", "15.5.14"),
    415: ("Unsupported Media Type", "15.5.16"),
    500: ("Internal Server Error", "15.6.1"),
    502: ("Bad Gateway", "15.6.3"),
    503: ("Service Unavailable", "15.6.4"),
    504: ("Gateway Timeout", "15.6.5"),
}
_TOO_MANY = {429: ("Too Many Requests", "https://tools.ietf.org/html/rfc6585#section-4")}


def json_response(request: Request, body: Any) -> Response:  # noqa: ANN401  # any JSON value
    """Answer 200 with a DTO, its names in the style that the client prefers."""
    return _json(shaped(body, camel_case=_prefers_camel_case(request)), 200)


def created(request: Request, body: Any, location: str) -> Response:  # noqa: ANN401  # any JSON value
    """Answer 201 with a DTO; the location is relative to the request's path."""
    answer = json_response(request, body)
    return Response(answer.body, answer.headers | {"Location": location}, 201)


def no_content() -> Response:
    """Answer 204."""
    return Response(b"", {**NEVER_STORED.headers}, 204)


def problem(
    status: int, detail: str = "", *, field: str = "", headers: Mapping[str, str] | None = None
) -> Response:
    """Answer RFC 9457 ProblemDetails with Jellyfin's member names; `field` is named under `errors`."""
    title, kind = _title_and_kind(status)
    body: dict[str, Any] = {"type": kind, "title": title, "status": status}
    if detail:
        body["detail"] = detail
    if field:
        body["title"] = "One or more validation errors occurred."
        body["errors"] = {field: [detail]}
    return _json(body, status, {"Content-Type": _PROBLEM, **(headers or {})})


def _prefers_camel_case(request: Request) -> bool:
    """Tell whether the first JSON type that Accept lists has the profile CamelCase.

    Generated SDKs list the plain type and both profiles; the plain one means PascalCase.
    """
    first = _JSON_RANGE.search(request.headers.get("accept", ""))
    return bool(first and (first[1] or "").lower() == "camelcase")


def _json(body: Any, status: int, headers: Mapping[str, str] | None = None) -> Response:  # noqa: ANN401  # any JSON value
    """Encode to bytes, since Chalice refuses a `str` body where every type is binary."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    fields: Headers = {"Content-Type": _JSON, **NEVER_STORED.headers, **(headers or {})}
    return Response(text.encode(), fields, status)


def _title_and_kind(status: int) -> tuple[str, str]:
    if status in _TOO_MANY:
        return _TOO_MANY[status]
    title, section = _TITLES[status]
    return title, f"https://tools.ietf.org/html/rfc9110#section-{section}"
