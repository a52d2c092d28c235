"""Reading JSON that another site wrote: whatever has not the expected type is not there."""

import re
from collections.abc import Mapping
from typing import Any

type Json = Any
type Object = Mapping[str, Any]

_LARGEST = 10**9
"""No size, rating or number of votes is larger."""
_DIGITS = re.compile(r"\d{1,9}", re.ASCII)


def an_object(value: Json) -> Object:
    """Return a JSON object, an empty one in place of anything else."""
    return value if isinstance(value, Mapping) else {}


def objects(value: Json) -> list[Object]:
    """Return the objects of a list, none in place of anything else."""
    return [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else []


def text(source: Object, name: str) -> str | None:
    """Return a text that says something."""
    value = source.get(name)
    return value.strip() or None if isinstance(value, str) else None


def link(source: Object, name: str) -> str | None:
    """Return a URL that a browser may load."""
    value = text(source, name)
    return value if value and value.startswith(("https://", "http://")) else None


def whole(source: Object, name: str) -> int | None:
    """Return a whole number of 0 or more, also one written as text."""
    value = source.get(name)
    if isinstance(value, str):
        return int(value) if _DIGITS.fullmatch(value) else None
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value <= _LARGEST else None


def positive(source: Object, name: str) -> int | None:
    """Return a whole number above 0."""
    return whole(source, name) or None


def number(source: Object, name: str) -> float | None:
    """Return a number of a size that makes sense; NaN, which Python reads in JSON, does not."""
    value = source.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if -_LARGEST <= value <= _LARGEST else None


def regional(code: str | None, region: str | None) -> str | None:
    """Return a language with its region, such as `pt-BR`; a region that is no ISO 3166-1 code is left out."""
    is_region = region is not None and len(region) == 2 and region.isascii() and region.isalpha()  # noqa: PLR2004  # letters
    return f"{code}-{region.upper()}" if code and region and is_region else code


def language(source: Object, name: str) -> str | None:
    """Return a language code, None for the codes that sites give to pictures without text."""
    value = (text(source, name) or "").lower()
    return None if value in ("", "00", "xx", "null") else value
