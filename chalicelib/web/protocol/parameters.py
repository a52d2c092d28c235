"""What a query or path may say, turned into typed values; what it may not say becomes a 400 that names it."""

import re
import uuid
from collections.abc import Mapping

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.variants.options import ImageProcessingOptions, RequestedFormat
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


def optional_integer(query: Mapping[str, str], field: str) -> int | None:
    """Return an integer of the query; absent and empty are the same."""
    text = query.get(field.lower(), "")
    return integer(field, text) if text.strip() else None


def optional_number(query: Mapping[str, str], field: str) -> float | None:
    """Return a number of the query; absent and empty are the same."""
    text = query.get(field.lower(), "")
    return number(field, text) if text.strip() else None


def optional_boolean(query: Mapping[str, str], field: str) -> bool | None:
    """Return a truth value of the query; absent and empty are the same."""
    text = query.get(field.lower(), "")
    return boolean(field, text) if text.strip() else None


def index(field: str, text: str) -> int:
    """Return the index of an image: digits alone, so that nothing rounds or wraps to a neighbour."""
    if not _INDEX.fullmatch(text):
        message = f"The value '{text[:100]}' is not valid. Send a whole number of 1 to 9 digits."
        raise InvalidInputError(field, message)
    return int(text)


def required_index(query: Mapping[str, str], field: str) -> int:
    """Return an index that the query must have."""
    if not (text := query.get(field.lower(), "")):
        raise InvalidInputError(field, f"The {field} field is required.")
    return index(field, text)


def image_index_of(query: Mapping[str, str], segment: str | None = None) -> int | None:
    """Return the index from the path, else from `imageIndex` in the query, None when neither has one."""
    text = query.get("imageindex", "") if segment is None else segment
    return None if segment is None and not text else index("imageIndex", text)


def image_options(query: Mapping[str, str], accepted: frozenset[ImageFormat]) -> ImageProcessingOptions:
    """Read all that GET of an image takes; an unknown `format` is ignored, as Jellyfin does."""
    return ImageProcessingOptions(
        width=optional_integer(query, "width"),
        height=optional_integer(query, "height"),
        max_width=optional_integer(query, "maxWidth"),
        max_height=optional_integer(query, "maxHeight"),
        fill_width=optional_integer(query, "fillWidth"),
        fill_height=optional_integer(query, "fillHeight"),
        quality=optional_integer(query, "quality"),
        percent_played=optional_number(query, "percentPlayed"),
        unplayed_count=optional_integer(query, "unplayedCount"),
        blur=optional_integer(query, "blur"),
        background_color=query.get("backgroundcolor") or None,
        foreground_layer=query.get("foregroundlayer") or None,
        format=RequestedFormat.parse(query.get("format", "")),
        accepted=accepted,
    )


def from_long_path(segments: Mapping[str, str]) -> dict[str, str]:
    """Return the query that the segments of Jellyfin's legacy path stand for; there, `format` must be known."""
    if RequestedFormat.parse(segments["format"]) is None:
        raise _invalid("format", segments["format"])
    return {name.replace("_", ""): text for name, text in segments.items()}


def _invalid(field: str, text: str) -> InvalidInputError:
    return InvalidInputError(field, f"The value '{text[:100]}' is not valid.")
