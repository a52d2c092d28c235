"""The body of an answer: counted as it comes in and as it unfolds, never beyond the cap."""

import zlib
from collections.abc import Iterator
from http.client import HTTPResponse

from chalicelib.domain.remote.artwork import URL_FIELD
from chalicelib.errors import LimitExceededError, UpstreamError

CHUNK = 64 * 1024
_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
_COMPRESSED = frozenset({"gzip", "x-gzip", "deflate"})


def read_body(response: HTTPResponse, limit: int) -> bytes:
    """Read a body of at most `limit` bytes, before and after its compression is undone.

    Raises LimitExceededError beyond it, UpstreamError for one that is cut short or cannot be unfolded.
    """
    _check(response.length or 0, limit)
    body = bytearray()
    for piece in _unfolded(_chunks(response, limit), response.headers.get("Content-Encoding", ""), limit):
        body += piece
        _check(len(body), limit)
    return bytes(body)


def read_raw(response: HTTPResponse, limit: int) -> bytes:
    """Read a body of at most `limit` bytes as it is, compressed or not; raises as above."""
    _check(response.length or 0, limit)
    return b"".join(_chunks(response, limit))


def _chunks(response: HTTPResponse, limit: int) -> Iterator[bytes]:
    received = 0
    while chunk := response.read1(CHUNK):
        received += len(chunk)
        _check(received, limit)
        yield chunk
    if response.length:
        message = "The other site sent less than it announced."
        raise UpstreamError(message)


def _unfolded(chunks: Iterator[bytes], encoding: str, limit: int) -> Iterator[bytes]:
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return chunks
    if encoding in _COMPRESSED:
        return _inflated(chunks, limit)
    message = "The other site answers in an encoding that was not asked for."
    raise UpstreamError(message)


def _inflated(chunks: Iterator[bytes], limit: int) -> Iterator[bytes]:
    """Unfold a piece at a time: one chunk may hold a thousand times its size."""
    inflate = zlib.decompressobj(_GZIP_OR_ZLIB)
    try:
        for chunk in chunks:
            pending = chunk
            while pending and not inflate.eof:
                yield inflate.decompress(pending, min(CHUNK, limit + 1))
                pending = inflate.unconsumed_tail
        yield inflate.flush()
    except zlib.error as error:
        message = "The other site sent a body that cannot be decompressed."
        raise UpstreamError(message) from error
    if not inflate.eof:
        message = "The other site sent a compressed body without its end."
        raise UpstreamError(message)


def _check(size: int, limit: int) -> None:
    if size > limit:
        raise LimitExceededError(URL_FIELD, "size of the download in bytes", size, limit)
