"""Forward one local port to a deployed API stage, byte for byte: CloudFront's stand-in.

``python -m dockerless.gateway.front_door PORT ORIGIN [OTHER PATTERN]``. With a second origin, paths that match
the regular expression lead to the first and all others there, as CloudFront's behaviours do; letter case does
not count. What reaches an origin is the caller's request line (path as encoded, query untouched), headers and
body; what comes back is the origin's answer, redirects included. As with CloudFront's "all viewer except Host"
policy, the origin sees its own host; the caller's is in ``X-Forwarded-Host``, and its address is appended to
``X-Forwarded-For``. What the door itself refuses is told as ProblemDetails.
"""

import asyncio
import json
import re
import sys
import time
from collections.abc import Mapping
from contextlib import suppress

from aiohttp import (
    ClientConnectionResetError,
    ClientConnectorError,
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
    web,
)
from aiohttp.http_exceptions import LineTooLong
from multidict import CIMultiDict
from yarl import URL

from .problems import PROBLEM_TYPE, problem

# RFC 9110, section 7.6.1: these speak of one connection, not of the message. Each side writes its own.
CONNECTION_HEADERS = frozenset(
    {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"}
)
# The proxy fills these in itself.
REQUEST_HEADERS_REPLACED = frozenset({"host", "expect", "x-forwarded-for", "x-forwarded-host"})
# An HTTP client adds these where they are missing; the origin must see that they were.
NOT_ADDED = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")

REMAPPED_LENGTH = "x-amzn-remapped-content-length"
CHUNK_BYTES = 64 * 1024
URL_BYTES = 8_192
"""CloudFront's limit of a URL."""
HEADER_BYTES = 10_240
"""API Gateway's limit of the request line and all headers together."""
READ_BYTES = 256 * 1024
"""How long a line is read, to be refused in words."""
ORIGIN_SECONDS = 60.0
"""CloudFront's longest wait for an origin without a quota increase."""
RETRY_SECONDS = 1
FAILED = 400


class FrontDoor:
    """Pass requests on to one origin, or to one of two by their paths."""

    def __init__(self, origin: str, session: ClientSession, other: str = "", pattern: str = "") -> None:
        """Take the origins as URLs without a slash at their ends."""
        self._origin = origin.rstrip("/")
        self._other = other.rstrip("/")
        self._pattern = re.compile(pattern, re.IGNORECASE)
        self._session = session

    async def forward(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer, and write a line of each request that failed: whoever runs the service sees it."""
        begun = time.monotonic()
        answer = await self._answer(request)
        if answer.status >= FAILED:
            path = request.raw_path.partition("?")[0]  # a query may have a key
            spent = (time.monotonic() - begun) * 1000
            print(
                f"{time.strftime('%H:%M:%S')} {answer.status} {request.method} {path} {spent:.0f} ms",
                flush=True,
            )
        return answer

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer with what the origin says; 503 while nobody listens there, 502 and 504 where it fails."""
        if refused := _refused(request):
            return refused
        await _encourage(request)
        try:
            return await self._relay(request)
        except TimeoutError:
            return _refusal(504, "The origin did not answer in time.")
        except ClientConnectorError:
            return _refusal(503, "The service is starting or has stopped; try again in a moment.")
        except ClientError as error:
            return _refusal(502, f"The origin broke off: {error}.")

    async def _relay(self, request: web.BaseRequest) -> web.StreamResponse:
        async with self._session.request(
            request.method,
            URL(self._origin_of(request) + request.raw_path, encoded=True),
            headers=_request_headers(request),
            data=request.content if request.can_read_body else None,
            allow_redirects=False,
            skip_auto_headers=NOT_ADDED,
        ) as answer:
            return await _stream(request, answer)

    def _origin_of(self, request: web.BaseRequest) -> str:
        leads_here = not self._other or self._pattern.match(request.raw_path)
        return self._origin if leads_here else self._other


class Connection(web.RequestHandler):
    """One caller's connection: what cannot be read as HTTP is refused as ProblemDetails too."""

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Word an error of reading a request, or of the door itself."""
        super().handle_error(request, status, exc, message)  # logs it, and gives up where an answer has begun
        if isinstance(exc, LineTooLong):
            answer = _refusal(414, f"The URL or a header is longer than {READ_BYTES:,} bytes.")
        else:
            answer = _refusal(status, message or "The front door failed.")
        answer.force_close()
        return answer


class Server(web.Server):
    """Take connections; bodies stay as they were sent."""

    def __call__(self) -> web.RequestHandler:
        """Serve one connection."""
        return Connection(
            self,
            loop=asyncio.get_running_loop(),
            max_line_size=READ_BYTES,
            max_field_size=READ_BYTES,
            auto_decompress=False,
            access_log=None,
        )


def _refused(request: web.BaseRequest) -> web.Response | None:
    """Refuse what CloudFront and API Gateway do not take."""
    if len(request.raw_path) > URL_BYTES:
        return _refusal(414, f"The URL has {len(request.raw_path):,} bytes; the limit is {URL_BYTES:,}.")
    size = len(request.raw_path) + sum(len(name) + len(value) for name, value in request.raw_headers)
    if size > HEADER_BYTES:
        return _refusal(431, f"URL and headers have {size:,} bytes; the limit is {HEADER_BYTES:,}.")
    return None


async def _encourage(request: web.BaseRequest) -> None:
    """Tell a client that waits for it to send its body."""
    if request.headers.get("Expect", "").lower() == "100-continue":
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")


async def _stream(request: web.BaseRequest, answer: ClientResponse) -> web.StreamResponse:
    response = web.StreamResponse(
        status=answer.status, reason=answer.reason, headers=_answer_headers(request, answer)
    )
    with suppress(ClientConnectionResetError):  # the caller has left, which is no failure of the origin's
        await response.prepare(request)
        async for chunk in answer.content.iter_chunked(CHUNK_BYTES):
            await response.write(chunk)
        await response.write_eof()
    return response


def _request_headers(request: web.BaseRequest) -> CIMultiDict[str]:
    headers = _message_headers(request.headers, REQUEST_HEADERS_REPLACED)
    headers["X-Forwarded-Host"] = request.headers.get("Host", "")
    headers["X-Forwarded-For"] = ", ".join(
        [*request.headers.getall("X-Forwarded-For", ()), request.remote or ""]
    )
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


def _refusal(status: int, detail: str) -> web.Response:
    headers = {"Cache-Control": "no-store", "Access-Control-Allow-Origin": "*"}
    if status == 503:  # noqa: PLR2004  # HTTP's own
        headers["Retry-After"] = str(RETRY_SECONDS)
    body = json.dumps(problem(status, detail)).encode()
    return web.Response(status=status, body=body, headers=headers, content_type=PROBLEM_TYPE)


async def serve(port: int, *origins: str) -> None:
    """Listen on the loopback ``port`` until cancelled."""
    async with ClientSession(
        connector=TCPConnector(limit=0),
        timeout=ClientTimeout(total=None, sock_read=ORIGIN_SECONDS),
        auto_decompress=False,
        cookie_jar=DummyCookieJar(),
    ) as session:
        origin, *split = origins
        runner = web.ServerRunner(Server(FrontDoor(origin, session, *split).forward))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), *sys.argv[2:]))
