"""The active container: the process's own, or a test's replacement."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING

from chalicelib.settings import settings
from chalicelib.web.protocol.auth import identify
from chalicelib.wiring.items import Items
from chalicelib.wiring.people import People

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.accounts.accounts import Identity
    from chalicelib.web.protocol.request import Request


class Container(Items, People):
    """Everything that the process needs, each made once, when first asked for."""


_override: ContextVar[Container | None] = ContextVar("container", default=None)


def container() -> Container:
    """Return the active container."""
    return _override.get() or _own()


@contextmanager
def override_container(replacement: Container) -> Iterator[None]:
    """Replace the active container for a block, for example by one with fakes behind the ports."""
    token = _override.set(replacement)
    try:
        yield
    finally:
        _override.reset(token)


def identity_of(request: Request) -> Identity | None:
    """Find out who sends a request; None for an anonymous caller or a token that is not valid."""
    legacy = container().settings.legacy_authorization
    return identify(container().access, request.headers, request.query, legacy=legacy)


@cache
def _own() -> Container:
    return Container(settings())
