"""Answering a picture that cannot be read here as it came: no size and no format is made of it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from chalice.app import Response

from chalicelib.web.images.headers import SHOWN
from chalicelib.web.protocol.caching import CachePolicy
from chalicelib.web.protocol.conditional import Precondition, Validators, check_preconditions

if TYPE_CHECKING:
    from chalicelib.errors import UnreadableImageError
    from chalicelib.web.protocol.request import Request

_FIXED = SHOWN | {
    # An SVG may hold a program: opened by itself it may do nothing, as it may not in an element `img`.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
    "X-Image-Upstream": "verbatim",
}


def respond_verbatim(request: Request, picture: UnreadableImageError) -> Response:
    """Answer a GET or HEAD with the bytes of the server behind us."""
    validators = Validators((sha256(picture.data).hexdigest()[:32],), None)
    headers = _FIXED | validators.headers | CachePolicy(seconds=picture.seconds).headers
    headers |= {"Content-Type": picture.content_type}
    if check_preconditions(validators, request.headers) is Precondition.NOT_MODIFIED:
        return Response(b"", headers, 304)
    if request.method == "HEAD":
        return Response(b"", headers | {"Content-Length": str(len(picture.data))}, 200)
    return Response(picture.data, headers, 200)
