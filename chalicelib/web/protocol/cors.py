"""Cross-origin rules as Jellyfin has them: any origin, method and header, on answers and errors alike."""

from collections.abc import Mapping
from typing import Any

from chalice.app import Response

_EXPOSED = (
    "Allow, Content-Disposition, Content-Length, ETag, Last-Modified, Location, Retry-After, X-Image-Cache, "
    "X-Image-Upstream"
)
_METHODS = "GET, HEAD, POST, PUT, DELETE, OPTIONS"


def preflight_response(event: Mapping[str, Any]) -> Response:
    """Answer a preflight request with 204, granting the headers it asks for."""
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    return Response(
        b"",
        {
            "Access-Control-Allow-Methods": _METHODS,
            "Access-Control-Allow-Headers": headers.get("access-control-request-headers") or "*",
            "Access-Control-Max-Age": "86400",
            "Vary": "Access-Control-Request-Headers",
        },
        204,
    )


def with_cors(answer: dict[str, Any]) -> dict[str, Any]:
    """Let scripts of any origin read an answer; no cookie is ever involved."""
    granted = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": _EXPOSED}
    return answer | {"headers": answer.get("headers", {}) | granted}
