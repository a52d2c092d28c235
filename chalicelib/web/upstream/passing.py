"""A request as it is passed on, and the answer as it is passed back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from chalice.app import Response

from chalicelib.services.upstream.ports import Call
from chalicelib.web.protocol.caching import NEVER_STORED
from chalicelib.web.protocol.cdn import HEADER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chalicelib.domain.images.owners import OwnerKey
    from chalicelib.services.upstream.passing import PassingOn
    from chalicelib.web.protocol.request import Request

_OF_A_CONNECTION = frozenset(
    {
        *("connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection"),
        *("te", "trailer", "transfer-encoding", "upgrade", "content-length", "host", "expect"),
    }
)
"""Headers of one connection (RFC 9110 §7.6.1), and those that are written anew for the next."""
_OURS = ("access-control-", "x-amz", "via", "date", "server")
"""Beginnings of headers that this side writes itself."""


@dataclass(frozen=True, slots=True)
class UpstreamForwarder:
    """Forwarder to the Jellyfin server."""

    passing: PassingOn

    def forward(self, request: Request, path: str, owner: OwnerKey | None) -> Response:
        """Return the server's status, headers and body; no cache may keep them, for they are one caller's."""
        query = urlencode(request.lists, doseq=True)
        call = Call(
            request.method, f"{path}?{query}" if query else path, _sent(request.headers), request.packed_body
        )
        reply = self.passing.pass_on(call, owner, request.deadline)
        return Response(reply.body, {**_returned(reply.headers), **NEVER_STORED.headers}, reply.status)


def _sent(headers: Mapping[str, str]) -> dict[str, str]:
    dropped = _OF_A_CONNECTION | {HEADER}
    kept = {name: text for name, text in headers.items() if name not in dropped and text.isprintable()}
    return kept | {"connection": "close"}


def _returned(headers: Mapping[str, str]) -> dict[str, str]:
    kept = (name for name in headers if name not in _OF_A_CONNECTION and not name.startswith(_OURS))
    return {name.title(): headers[name] for name in kept if name != "cache-control"}
