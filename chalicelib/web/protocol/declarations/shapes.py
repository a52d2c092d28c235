"""Values in the shape that Jellyfin gives them in JSON: PascalCase names, unknowns left out.

A mapping from names to values that a client chose (`ImageTags`, `ProviderIds`) is a `Verbatim`, whose keys no
naming style changes.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


class Verbatim(dict[str, Any]):
    """A JSON object whose keys are data, not names."""


def date_time(moment: datetime) -> str:
    """Return a time as .NET writes it: UTC with seven digits behind the second."""
    text = moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
    return f"{text}0Z"


def shaped(value: Any, *, camel_case: bool) -> Any:  # noqa: ANN401  # any JSON value
    """Leave out null properties, and turn names to camelCase when the client asks for that."""
    if isinstance(value, Verbatim):
        return {name: shaped(inner, camel_case=camel_case) for name, inner in value.items()}
    if isinstance(value, Mapping):
        return {
            _camel(name) if camel_case else name: shaped(inner, camel_case=camel_case)
            for name, inner in value.items()
            if inner is not None
        }
    if isinstance(value, list | tuple):
        return [shaped(inner, camel_case=camel_case) for inner in value]
    return value


def _camel(name: str) -> str:
    return name[:1].lower() + name[1:]
