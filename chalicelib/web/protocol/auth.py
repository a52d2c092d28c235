"""Where a Jellyfin token may hide in a request, and which views ask for one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from enum import IntEnum
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from chalicelib.errors import ForbiddenError, UnauthenticatedError

if TYPE_CHECKING:
    from chalicelib.domain.accounts.accounts import Identity
    from chalicelib.services.accounts.authentication import Authentication

MAX_HEADER_LENGTH = 8_192
"""Characters; a longer Authorization header is not read."""

_FIELD = re.compile(r'(?:[^",]++|"[^"]*+"?+)++')
_SCHEME = re.compile(r"\s*(MediaBrowser|Emby)\s+(.*)", re.IGNORECASE | re.DOTALL)


class Level(IntEnum):
    """What a view asks of its caller."""

    ANYONE = 0
    AUTHENTICATED = 1
    ELEVATED = 2


def authenticated[V: Callable[..., object]](view: V) -> V:
    """Mark a view that any signed-in user or API key may call."""
    return marked(view, Level.AUTHENTICATED)


def elevated[V: Callable[..., object]](view: V) -> V:
    """Mark a view for administrators and API keys."""
    return marked(view, Level.ELEVATED)


def level_of(view: Callable[..., object]) -> Level:
    """Return what a view asks of its caller; an unmarked view is for anyone."""
    return getattr(view, "access_level", Level.ANYONE)


def authorize(level: Level, identity: Identity | None) -> None:
    """Let an identity pass; raises UnauthenticatedError without one, ForbiddenError for one too low."""
    if level is Level.ANYONE:
        return
    if identity is None:
        raise UnauthenticatedError("Send a valid access token or API key.")
    if level is Level.ELEVATED and not identity.is_administrator:
        raise ForbiddenError("Only an administrator may do this.")


def identify(
    access: Authentication, headers: Mapping[str, str], query: Mapping[str, str], *, legacy: bool
) -> Identity | None:
    """Return on whose behalf a request acts, None for an anonymous one or a token that is not valid."""
    return access.identify(token_of(headers, query, legacy=legacy))


def token_of(headers: Mapping[str, str], query: Mapping[str, str], *, legacy: bool) -> str | None:
    """Return the first token among Jellyfin's six transports, names in any letter case.

    In order: `Authorization: MediaBrowser …, Token="…"`; when `legacy`, the headers X-Emby-Authorization
    (only without Authorization), X-Emby-Token and X-MediaBrowser-Token; then `?ApiKey=`; when `legacy`,
    `?api_key=`. An empty token is none.
    """
    return next(
        (token for token in _tokens(_lowered(headers), _lowered(query), legacy=legacy) if token), None
    )


def authorization(headers: Mapping[str, str], *, legacy: bool) -> dict[str, str]:
    """Return the fields of the header in which a client says who it is; none when there is no such header."""
    return _authorization(_lowered(headers), legacy=legacy)


def parse_authorization(header: str, *, legacy: bool) -> dict[str, str]:
    """Read `MediaBrowser Key="value", …`: quotes may be missing, values are percent-encoded.

    Keys keep their case, the first of a repeated one counts. Other schemes give nothing, `Emby` is one
    only when `legacy`.
    """
    match = _SCHEME.fullmatch(header) if len(header) <= MAX_HEADER_LENGTH else None
    if match is None or (match[1].lower() == "emby" and not legacy):
        return {}
    fields: dict[str, str] = {}
    for field in _FIELD.findall(match[2]):
        name, _, value = field.partition("=")
        fields.setdefault(name.strip(), unquote_plus(_unquoted(value.strip())))
    return fields


def _tokens(headers: Mapping[str, str], query: Mapping[str, str], *, legacy: bool) -> Iterator[str | None]:
    yield _authorization(headers, legacy=legacy).get("Token")
    if legacy:
        yield headers.get("x-emby-token")
        yield headers.get("x-mediabrowser-token")
    yield query.get("apikey")
    if legacy:
        yield query.get("api_key")


def _authorization(headers: Mapping[str, str], *, legacy: bool) -> dict[str, str]:
    header = headers.get("authorization")
    if not header and legacy:
        header = headers.get("x-emby-authorization")
    return parse_authorization(header or "", legacy=legacy)


def _unquoted(value: str) -> str:
    return value[1:].removesuffix('"') if value.startswith('"') else value


def _lowered(fields: Mapping[str, str]) -> dict[str, str]:
    lowered: dict[str, str] = {}
    for name, value in fields.items():
        lowered.setdefault(name.lower(), value)
    return lowered


def marked[V: Callable[..., object]](view: V, level: Level) -> V:
    """Mark a view with what it asks of its caller."""
    view.access_level = level  # type: ignore[attr-defined]  # functions take attributes; `level_of` reads it
    return view
