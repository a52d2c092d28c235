"""Routes of features that this service does not have, and small ones that say where a client stands."""

import os
from datetime import timedelta

from chalice.app import Response

from chalicelib.container import container, identity_of
from chalicelib.domain.accounts.accounts import NOBODY
from chalicelib.errors import LimitExceededError
from chalicelib.web.protocol.auth import authenticated, marked
from chalicelib.web.protocol.blueprint import Routes, View
from chalicelib.web.protocol.caching import NEVER_STORED
from chalicelib.web.protocol.declarations.operations import BYTES, operation
from chalicelib.web.protocol.declarations.parameters import guid
from chalicelib.web.protocol.declarations.query import Integer
from chalicelib.web.protocol.declarations.shapes import date_time
from chalicelib.web.protocol.request import Request
from chalicelib.web.protocol.responses import json_response, no_content
from chalicelib.web.server.absent import ABSENT, Absent
from chalicelib.web.server.schemas import GuideInfo, UtcTimeResponse

routes = Routes(__name__, identity_of)

SIZE = Integer("size", "how many bytes to send")
BYTES_UNASKED = 102_400
GUIDE = timedelta(days=7)
IDS = {"item_id": "itemId", "user_id": "userId"}
"""Segments of paths that must be ids, and what errors call them."""


def view_of(absent: Absent) -> View:
    """Return the view that tells a client that something is not here."""

    def view(request: Request, **segments: str) -> Response:
        for segment, name in IDS.items():
            guid(name, segments.get(segment, NOBODY))
        if absent.error is not None:
            raise absent.error(absent.value)
        return no_content() if absent.shape is None else json_response(request, absent.value)

    view.__doc__ = absent.about
    return marked(operation(answers=absent.shape)(view), absent.level)


for _absent in ABSENT:
    routes.view(_absent.path, _absent.verb)(view_of(_absent))


@routes.view("/Playback/BitrateTest", "GET")
@operation(SIZE, answers=BYTES)
@authenticated
def send_bytes(request: Request) -> Response:
    """Send bytes that no compression makes fewer, by which a client measures its connection."""
    size, limit = SIZE.of(request.query), container().settings.max_inline_bytes
    size = BYTES_UNASKED if size is None else max(size, 1)
    if size > limit:
        raise LimitExceededError(SIZE.name, "size in bytes", size, limit)
    return Response(os.urandom(size), {**NEVER_STORED.headers, "Content-Type": "application/octet-stream"})


@routes.view("/GetUtcTime", "GET")
@operation(answers=UtcTimeResponse)
def get_utc_time(request: Request) -> Response:
    """Tell the time."""
    now = date_time(container().adapters.clock.now())
    answer: UtcTimeResponse = {"RequestReceptionTime": now, "ResponseTransmissionTime": now}
    return json_response(request, answer)


@routes.view("/LiveTv/GuideInfo", "GET")
@operation(answers=GuideInfo)
@authenticated
def get_guide_info(request: Request) -> Response:
    """Tell which days a guide shows, as Jellyfin does where there is no television either."""
    now = container().adapters.clock.now()
    answer: GuideInfo = {"StartDate": date_time(now), "EndDate": date_time(now + GUIDE)}
    return json_response(request, answer)


@routes.view("/Branding/Css", "GET")
@routes.view("/Branding/Css.css", "GET")
@operation(answers=BYTES)
def get_branding_css(_request: Request) -> Response:
    """Send the style that an operator gave clients: none."""
    return Response(b"", {"Content-Type": "text/css; charset=utf-8"})
