"""The way in: any spelling of a path that Jellyfin accepts reaches the route that it means.

API Gateway matches paths to the letter, so whatever it does not know arrives by its catch-all resource. Here the
path is matched again as Jellyfin does: letter case, `/emby` and `/mediabrowser` before it and slashes after it do
not count; an unknown path is a 404, a wrong verb a 405, and OPTIONS is answered for CORS.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from chalice.app import Chalice, Response

from chalicelib.start import resume_collection
from chalicelib.web.protocol.cdn import came_through_cdn
from chalicelib.web.protocol.cors import preflight_response, with_cors
from chalicelib.web.protocol.request_log import logged
from chalicelib.web.protocol.responses import problem

ANYTHING = "*/*"
_PREFIX = re.compile(r"^/(emby|mediabrowser)(?=/|$)", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_ANY = "{"
_REST = "{rest}"
"""The placeholder that stands for all segments from its own on, at the end of a route's path."""


class Match:
    """A route's path with the values of its placeholders, still percent-encoded."""

    __slots__ = ("path", "segments")

    def __init__(self, path: str, segments: Mapping[str, str]) -> None:
        self.path = path
        self.segments = dict(segments)


class PathTable:
    """Route paths by their segments; fixed segments win over placeholders at the same place."""

    def __init__(self, paths: Iterable[str]) -> None:
        ordered = sorted(paths, key=lambda path: _PLACEHOLDER.sub("\uffff", path))
        self._begun: dict[str, list[tuple[str, list[str]]]] = {}
        for path in ordered:
            parts = path.split("/")
            self._begun.setdefault(_beginning(parts[1]), []).append((path, parts))

    def match(self, path: str) -> Match | None:
        """Return the route that a request path means, None when there is none."""
        segments = (_PREFIX.sub("", path).rstrip("/") or "/").split("/")
        fixed = self._begun.get(segments[1].lower(), ()) if len(segments) > 1 else ()
        for route, parts in chain(fixed, self._begun.get(_ANY, ())):
            if (values := _values(parts, segments)) is not None:
                return Match(route, values)
        return None


class ImagesApp(Chalice):
    """The Chalice application with the matching above before its own.

    `origin_secrets` returns what a CDN in front sends; where there is any, a request needs one of them.
    """

    def __init__(self, app_name: str, origin_secrets: Callable[[], Sequence[str]] = tuple) -> None:
        super().__init__(app_name, configure_logs=False)
        self._origin_secrets = origin_secrets

    def __call__(self, event: dict[str, Any], context: Any) -> Any:  # noqa: ANN401  # Chalice's signature
        """Answer one proxy event of API Gateway."""
        with logged(event, context) as record:
            try:
                answer = self._answer(event, context)
            finally:
                resume_collection()
            record.status = answer["statusCode"]
            return with_cors(answer)

    def _answer(self, event: dict[str, Any], context: Any) -> Any:  # noqa: ANN401  # Chalice's signature
        if not came_through_cdn(event, self._origin_secrets()):
            return self._refuse(
                403, "Requests must come through the CDN. Use the address of the distribution."
            )
        method = event["requestContext"]["httpMethod"]
        match = self._table.match(_request_path(event))
        if match is None:
            return self._refuse(404, f"There is nothing at {event.get('path', '')[:200]}.")
        if method == "OPTIONS":
            return preflight_response(event).to_dict(self.api.binary_types)
        allowed = sorted(self.routes[match.path])
        if method not in allowed:
            detail = f"{method} is not allowed here. Allowed: {', '.join(allowed)}."
            return self._refuse(405, detail, {"Allow": ", ".join(allowed)})
        return super().__call__(_rewritten(event, match), context)

    def _refuse(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401  # as above
        response: Response = problem(status, detail, headers=headers)
        return response.to_dict(self.api.binary_types)

    @cached_property
    def _table(self) -> PathTable:
        return PathTable(self.routes)


def _beginning(part: str) -> str:
    """Return by what the routes are kept that begin so."""
    return _ANY if part.startswith("{") else part.lower()


def _request_path(event: Mapping[str, Any]) -> str:
    """Return the path still percent-encoded, without the stage.

    The catch-all's variable and the variables of a route are handed over as the client encoded them; `path` is
    what remains for a resource without variables.
    """
    variables = event.get("pathParameters") or {}
    if "proxy" in variables:
        return f"/{variables['proxy']}"
    resource = event["requestContext"].get("resourcePath") or event.get("path", "/")
    return _PLACEHOLDER.sub(lambda match: variables.get(match[1], match[0]), resource)


def _rewritten(event: dict[str, Any], match: Match) -> dict[str, Any]:
    """Return the event as API Gateway would have sent it for the route.

    Chalice reads the single-value headers and wants an Accept that takes anything before it lets bytes out; what
    the client really accepts stays readable in the multi-value headers.
    """
    headers = event.get("headers") or {}
    return event | {
        "headers": {name: value for name, value in headers.items() if name.lower() != "accept"}
        | {"accept": ANYTHING},
        "multiValueHeaders": event.get("multiValueHeaders") or {n: [v] for n, v in headers.items()},
        "pathParameters": match.segments,
        "requestContext": event["requestContext"] | {"resourcePath": match.path},
    }


def _values(parts: Sequence[str], segments: Sequence[str]) -> dict[str, str] | None:
    """Return what stands for a route's placeholders; None when the segments are not those of the route."""
    if parts[-1] == _REST and len(segments) > len(parts):
        segments = [*segments[: len(parts) - 1], "/".join(segments[len(parts) - 1 :])]
    if len(parts) != len(segments):
        return None
    values: dict[str, str] = {}
    for part, segment in zip(parts, segments, strict=True):
        if part.startswith("{") and segment:
            values[part[1:-1]] = segment
        elif part.lower() != segment.lower():
            return None
    return values
