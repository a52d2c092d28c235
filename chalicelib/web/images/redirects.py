"""Where a redirect to a large picture leads: to S3, or through API Gateway for a client that S3 would refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from chalicelib.services.variants.answers import Elsewhere
    from chalicelib.web.protocol.request import Request

BLOBS = "Blobs"
"""The path below which API Gateway itself answers from S3; `infra/deployment/blob_paths.py` puts it there."""


def is_signed_twice(request: Request) -> bool:
    """Tell whether the client may send along to S3 what S3 refuses beside a presigned URL."""
    return "authorization" in request.headers


def location(answer: Elsewhere, request: Request, most_bytes: int) -> str:
    """Return the URL to be redirected to.

    A presigned URL is signed in its query, and S3 refuses a request that is signed in a header, too
    (InvalidArgument: Only one auth mechanism allowed). Some clients send their Authorization along wherever
    they are sent. API Gateway does not pass it on, and passes on pictures of `most_bytes`.
    """
    if not is_signed_twice(request) or answer.size > most_bytes:
        return answer.url
    return f"{_to_root(request.path)}{BLOBS}/{answer.key}?{urlsplit(answer.url).query}"


def _to_root(path: str) -> str:
    """Return the way up from a path, so that a stage, a CDN or a proxy before the API need not be known."""
    return "../" * (path.count("/") - 1)
