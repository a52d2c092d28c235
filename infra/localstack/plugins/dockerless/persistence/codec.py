"""JSON with times and bytes, which LocalStack's models have."""

import json
from base64 import b64decode, b64encode
from datetime import datetime
from typing import Any

_TIME, _BYTES = "$time", "$bytes"


def dumps(value: object) -> str:
    """Write a value; raises TypeError for what is neither JSON nor a time nor bytes."""
    return json.dumps(value, default=_encoded, separators=(",", ":"))


def loads(text: str) -> Any:  # noqa: ANN401  # any JSON value
    """Read what `dumps` wrote."""
    return _DECODER.decode(text)


def _encoded(value: object) -> dict[str, str]:
    match value:
        case datetime():
            return {_TIME: value.isoformat()}
        case bytes():
            return {_BYTES: b64encode(value).decode()}
    raise TypeError(f"{type(value).__name__} cannot be kept.")


def _decoded(value: dict[str, Any]) -> object:
    if len(value) != 1:  # as of most objects: a start reads some hundred thousand
        return value
    match value:
        case {"$time": str(text)}:
            return datetime.fromisoformat(text)
        case {"$bytes": str(text)}:
            return b64decode(text)
    return value


_DECODER = json.JSONDecoder(object_hook=_decoded)
"""Kept: json.loads makes one for each of the hundred thousand texts that a start reads."""
