"""A user's configuration in the shape of Jellyfin's UserConfiguration."""

from dataclasses import asdict, fields
from typing import Any, cast

from chalicelib.domain.accounts.configuration import SubtitleMode, UserConfiguration
from chalicelib.web.accounts import schemas
from chalicelib.web.protocol.declarations.json_fields import JsonFields

_NAMES = {
    field.name: "".join(part.capitalize() for part in field.name.split("_"))
    for field in fields(UserConfiguration)
}
"""Our names and Jellyfin's."""


def configuration_dto(configuration: UserConfiguration) -> schemas.UserConfiguration:
    """Return a configuration as Jellyfin shows it."""
    shown = {_NAMES[name]: value for name, value in asdict(configuration).items()}
    lists = {name: list(value) for name, value in shown.items() if isinstance(value, tuple)}
    return cast("schemas.UserConfiguration", shown | lists)


def configuration_body(body: JsonFields) -> UserConfiguration:
    """Read a configuration; what is left out is Jellyfin's default."""
    said = {name: _read(body, name) for name, told in _NAMES.items() if body.has(told)}
    return UserConfiguration(**{name: value for name, value in said.items() if value is not None})


def _read(body: JsonFields, name: str) -> Any:  # noqa: ANN401  # of the field's own type
    told, default = _NAMES[name], getattr(UserConfiguration(), name)
    if name == "subtitle_mode":
        return body.word(told, SubtitleMode)
    if isinstance(default, bool):
        return body.boolean(told)
    if isinstance(default, tuple):
        return body.lines(told)
    return body.line(told) or None
