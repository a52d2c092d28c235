"""Texts of a query or path turned into typed values; what they may not say becomes a 400 that names it."""

import re
import uuid

from chalicelib.domain.images.images import ImageType
from chalicelib.errors import InvalidInputError

_INT32 = range(-(2**31), 2**31)
_INTEGER = re.compile(r"[+-]?\d{1,19}", re.ASCII)
_HEX = re.compile(r"0[xX][0-9a-fA-F]{1,8}", re.ASCII)
_INDEX = re.compile(r"[0-9]{1,9}")
_DECIMAL = re.compile(r"[+-]?(\d{1,19}(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,3})?", re.ASCII)
_GUID = re.compile(r"[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)
_BRACES = {"{": "}", "(": ")"}


def guid(field: str, text: str) -> str:
    """Return 32 lower-case hex digits from any way in which .NET writes a Guid: plain, dashed or in braces."""
    bare = text.strip()
    if bare[:1] in _BRACES and bare.endswith(_BRACES[bare[:1]]):
        bare = bare[1:-1]
    if not _GUID.fullmatch(bare):
        raise _invalid(field, text)
    return uuid.UUID(bare).hex


def image_type(text: str) -> ImageType:
    """Return an image type by name, in any letter case, or by number."""
    if (found := ImageType.parse(text)) is None:
        raise _invalid("imageType", text)
    return found


def integer(field: str, text: str) -> int:
    """Return a 32-bit integer, as .NET's converter reads it: decimal or 0x hexadecimal.

    A decimal fraction is rounded half to even: older jellyfin-web builds send fractional sizes.
    """
    bare = text.strip()
    if _INTEGER.fullmatch(bare):
        value = int(bare)
    elif _HEX.fullmatch(bare):
        value = int(bare, 16)
    else:
        value = round(number(field, text))
    if value not in _INT32:
        raise _invalid(field, text)
    return value


def number(field: str, text: str) -> float:
    """Return a finite number in the invariant notation, never in that of a language."""
    bare = text.strip()
    if not _DECIMAL.fullmatch(bare) or abs(value := float(bare)) == float("inf"):
        raise _invalid(field, text)
    return value


def boolean(field: str, text: str) -> bool:
    """Return true or false, written out in any letter case or as 1 and 0."""
    match text.strip().lower():
        case "true" | "1":
            return True
        case "false" | "0":
            return False
    raise _invalid(field, text)


def index(field: str, text: str) -> int:
    """Return the index of an image: digits alone, so that nothing rounds or wraps to a neighbour."""
    if not _INDEX.fullmatch(text):
        message = f"The value '{text[:100]}' is not valid. Send a whole number of 1 to 9 digits."
        raise InvalidInputError(field, message)
    return int(text)


def _invalid(field: str, text: str) -> InvalidInputError:
    return InvalidInputError(field, f"The value '{text[:100]}' is not valid.")
