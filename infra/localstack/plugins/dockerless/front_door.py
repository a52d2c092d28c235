"""Forward one local port to a deployed API stage, byte for byte: CloudFront's stand-in.

``python -m dockerless.front_door PORT ORIGIN``. What reaches the origin is the caller's request line (path as
encoded, query untouched), headers and body; what comes back is the origin's answer, redirects included. As with
CloudFront's "all viewer except Host" policy, the origin sees its own host; the caller's is in
``X-Forwarded-Host``.
"""

import asyncio
import sys
from collections.abc import Mapping

from aiohttp import (
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
    web,
)
from multidict import CIMultiDict
from yarl import URL

# RFC 9110, section 7.6.1: these speak of one connection, not of the message. Each side writes its own.
CONNECTION_HEADERS = frozenset(
    {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"}
)
# The proxy fills these in itself.
REQUEST_HEADERS_REPLACED = frozenset({"host", "expect", "x-forwarded-host"})
# An HTTP client adds these where they are missing; the origin must see that they were.
NOT_ADDED = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")

REMAPPED_LENGTH = "x-amzn-remapped-content-length"
CHUNK_BYTES = 64 * 1024
HEADER_BYTES = 20_480
"""CloudFront's limit."""
ORIGIN_SECONDS = 60.0
"""CloudFront's longest wait for an origin without a quota increase."""


class FrontDoor:
    """Pass requests on to one origin."""

    def __init__(self, origin: str, session: ClientSession) -> None:
        """Take the origin as a URL without a slash at its end."""
        self._origin = origin.rstrip("/")
        self._session = session

    async def forward(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer with what the origin says, 502 where it cannot be reached, 504 where it is silent."""
        await _encourage(request)
        try:
            return await self._relay(request)
        except TimeoutError:
            return _refusal(504, "The origin did not answer in time.")
        except ClientError as error:
            return _refusal(502, f"The origin cannot be reached: {error}.")

    async def _relay(self, request: web.BaseRequest) -> web.StreamResponse:
        async with self._session.request(
            request.method,
            URL(self._origin + request.raw_path, encoded=True),
            headers=_request_headers(request),
            data=request.content if request.can_read_body else None,
            allow_redirects=False,
            skip_auto_headers=NOT_ADDED,
        ) as answer:
            return await _stream(request, answer)


async def _encourage(request: web.BaseRequest) -> None:
    """Tell a client that waits for it to send its body."""
    if request.headers.get("Expect", "").lower() == "100-continue":
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")


async def _stream(request: web.BaseRequest, answer: ClientResponse) -> web.StreamResponse:
    response = web.StreamResponse(
        status=answer.status, reason=answer.reason, headers=_answer_headers(request, answer)
    )
    await response.prepare(request)
    async for chunk in answer.content.iter_chunked(CHUNK_BYTES):
        await response.write(chunk)
    await response.write_eof()
    return response


def _request_headers(request: web.BaseRequest) -> CIMultiDict[str]:
    headers = _message_headers(request.headers, REQUEST_HEADERS_REPLACED)
    headers["X-Forwarded-Host"] = request.headers.get("Host", "")
    return headers


def _answer_headers(request: web.BaseRequest, answer: ClientResponse) -> CIMultiDict[str]:
    headers = _message_headers(answer.headers, frozenset())
    # API Gateway renames a function's Content-Length; on HEAD that loses the only true figure there is.
    if request.method == "HEAD" and REMAPPED_LENGTH in headers:
        headers["Content-Length"] = headers.pop(REMAPPED_LENGTH)
    return headers


def _message_headers(headers: Mapping[str, str], replaced: frozenset[str]) -> CIMultiDict[str]:
    named = {name.strip().lower() for name in headers.get("Connection", "").split(",")}
    dropped = CONNECTION_HEADERS | replaced | named
    return CIMultiDict((name, value) for name, value in headers.items() if name.lower() not in dropped)


def _refusal(status: int, message: str) -> web.Response:
    return web.json_response({"message": message}, status=status)


async def serve(port: int, origin: str) -> None:
    """Listen on the loopback ``port`` until cancelled."""
    async with ClientSession(
        connector=TCPConnector(limit=0),
        timeout=ClientTimeout(total=None, sock_read=ORIGIN_SECONDS),
        auto_decompress=False,
        cookie_jar=DummyCookieJar(),
    ) as session:
        server = web.Server(
            FrontDoor(origin, session).forward, max_line_size=HEADER_BYTES, max_field_size=HEADER_BYTES
        )
        runner = web.ServerRunner(server)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2]))
