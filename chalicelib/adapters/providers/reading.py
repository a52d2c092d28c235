"""Reading JSON that another site wrote: whatever has not the expected type is not there."""

from collections.abc import Mapping
from typing import Any

type Json = Any
type Object = Mapping[str, Any]


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
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def positive(source: Object, name: str) -> int | None:
    """Return a whole number above 0."""
    return whole(source, name) or None


def number(source: Object, name: str) -> float | None:
    """Return a finite number."""
    value = source.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < float("inf"):
        return None
    return float(value)


def language(source: Object, name: str) -> str | None:
    """Return a language code, None for the codes that sites give to pictures without text."""
    value = (text(source, name) or "").lower()
    return None if value in ("", "00", "xx", "null") else value
