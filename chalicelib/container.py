"""Everything that the process needs, and which of it is in force: its own, or what a test has installed."""

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


_installed: ContextVar[Container | None] = ContextVar("container", default=None)


def container() -> Container:
    """Return the container in force: the one installed, else the process's own."""
    return _installed.get() or _own()


@contextmanager
def installed(replacement: Container) -> Iterator[None]:
    """Put another container in force for a block, such as one with fakes behind the ports."""
    token = _installed.set(replacement)
    try:
        yield
    finally:
        _installed.reset(token)


def identity_of(request: Request) -> Identity | None:
    """Find out who sends a request; None for an anonymous caller or a token that is not valid."""
    legacy = container().settings.legacy_authorization
    return identify(container().access, request.headers, request.query, legacy=legacy)


@cache
def _own() -> Container:
    return Container(settings())
