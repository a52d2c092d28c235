"""Views whose requests another server answers, where the service stands in front of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from chalice.app import Response

    from chalicelib.domain.images.owners import OwnerKey
    from chalicelib.web.protocol.request import Request

    type Concerned = Callable[[Request, Mapping[str, str]], OwnerKey | None]
    type Condition = Callable[[Request], bool]


class Forwarder(Protocol):
    """What passes requests on."""

    def forward(self, request: Request, path: str, owner: OwnerKey | None) -> Response:
        """Return the other server's answer to a request; `path` is its path as the client encoded it."""
        ...


class Passing:
    """What is passed on of a view: requests for which `when` holds, with the owner whose images they concern."""

    __slots__ = ("concerned", "when")

    def __init__(self, concerned: Concerned, when: Condition) -> None:
        self.concerned = concerned
        self.when = when


def passed_on[V: Callable[..., object]](
    concerned: Concerned, when: Condition = lambda _: True
) -> Callable[[V], V]:
    """Mark a view whose requests are passed on, whoever sends them: the other server knows its users."""
    passing = Passing(concerned, when)

    def mark(view: V) -> V:
        view.passing = passing  # type: ignore[attr-defined]  # functions take attributes; `passing_of` reads it
        return view

    return mark


def passing_of(view: Callable[..., object]) -> Passing | None:
    """Return what is passed on of a view; None for nothing."""
    return getattr(view, "passing", None)
