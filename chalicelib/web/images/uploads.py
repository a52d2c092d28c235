"""The bytes of a picture out of a request body, sent raw or as base64 text."""

import base64
import binascii
import re
from collections.abc import Mapping

from chalicelib.domain.images.formats import sniff
from chalicelib.errors import InvalidImageError, InvalidInputError, LimitExceededError
from chalicelib.web.protocol.request import Request

_DATA_URL = re.compile(rb"data:[\w.+-]+/[\w.+-]+(?:;[\w=.+-]+)*;base64,", re.ASCII)
_NAMED = re.compile(
    r"image/(jpeg|jpg|pjpeg|png|apng|gif|webp|avif|bmp|x-ms-bmp|x-bmp|tiff|heic|heif|jp2|x-icon|vnd\.microsoft\.icon|\*)",
    re.ASCII,
)
_UNNAMED = frozenset({"", "application/octet-stream", "binary/octet-stream"})


def picture_of(request: Request, limit: int) -> bytes:
    """Return the picture's bytes; raises InvalidInputError for what is none, or is over `limit` bytes.

    The declared type must be an image type or say nothing (generated SDKs send `image/*`); which format it
    really is, the bytes decide.
    """
    _check_content_type(request.headers)
    body = request.body
    if not body:
        raise InvalidInputError("body", "The body is empty. Send the picture's bytes.")
    data = body if sniff(body) else _from_base64(body)
    if len(data) > limit:
        raise LimitExceededError("body", "size of the picture in bytes", len(data), limit)
    if sniff(data) is None:
        raise InvalidImageError(
            "The body is not a picture in a supported format. Send JPEG, PNG, GIF, WebP, AVIF, HEIC, BMP or TIFF."
        )
    return data


def _check_content_type(headers: Mapping[str, str]) -> None:
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in _UNNAMED and not _NAMED.fullmatch(media_type):
        message = f"Unsupported Content-Type '{media_type}'. Send an image type such as image/jpeg."
        raise InvalidInputError("Content-Type", message)


def _from_base64(body: bytes) -> bytes:
    text = b"".join(_DATA_URL.sub(b"", body[:200], count=1).split() + body[200:].split())
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise InvalidImageError(
            "The body is neither a picture nor base64. Send the picture's bytes, or base64 of them."
        ) from error
