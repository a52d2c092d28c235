"""Blueprints whose views take a Request, may ask for an identity, and may raise the service's errors."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from chalice.app import Blueprint, Response

from chalicelib.domain.deadline import Deadline
from chalicelib.errors import ServiceError, UnavailableError
from chalicelib.telemetry.ledger import note
from chalicelib.web.protocol.auth import Level, authorize, level_of
from chalicelib.web.protocol.declarations.operations import (
    STATIC_FILE,
    Declared,
    Operation,
    operation_of,
    query_names,
)
from chalicelib.web.protocol.error_map import error_response
from chalicelib.web.protocol.passing import Forwarder, passing_of
from chalicelib.web.protocol.request import Request, path_value
from chalicelib.web.protocol.responses import problem

if TYPE_CHECKING:
    from chalicelib.domain.accounts.accounts import Identity

SECONDS_TO_ANSWER = 2.0
"""What is kept back of the function's time for storing and sending what was made."""

type View = Callable[..., Response]
type Identify = Callable[[Request], Identity | None]

_log = logging.getLogger(__name__)


class Routes(Blueprint):
    """A Blueprint of views `(request, **path segments) -> Response`; `identify` finds out who calls.

    Where there is a forwarder, it answers the requests of views that are `passed_on`.
    `paths` are those of its views.
    """

    def __init__(
        self,
        import_name: str,
        identify: Identify,
        forwarder: Callable[[], Forwarder | None] = lambda: None,
    ) -> None:
        super().__init__(import_name)
        self._identify = identify
        self._forwarder = forwarder
        self.paths: set[str] = set()

    def view(self, path: str, *methods: str) -> Callable[[View], View]:
        """Register a view under a path; the auth markers stand below this decorator."""

        def register(view: View) -> View:
            handler = self._handler(path, view)
            self.route(path, methods=list(methods), content_types=["*/*"])(handler)
            self.paths.add(path)
            return view

        return register

    def _handler(self, path: str, view: View) -> View:
        level, declared, passing = level_of(view), operation_of(view), passing_of(view)
        names = query_names(path, declared)

        @functools.wraps(view)
        def handler(**segments: str) -> Response:
            try:
                request = Request.from_event(self.current_request.to_original_event(), self._deadline())
                values = {name: path_value(text) for name, text in segments.items()}
                if passing and (forwarder := self._forwarder()) and passing.when(request):
                    owner = passing.concerned(request, values)
                    return forwarder.forward(request, path.format_map(segments), owner)
                return view(declared_part(self._authorized(request, level), names, declared), **values)
            except ServiceError as error:
                _note(error)
                return error_response(error)
            except Exception:  # noqa: BLE001  # the last resort: the client gets a clean answer, we a trace
                _log.exception("unexpected error in %s", view.__name__)
                return problem(500, "The service failed unexpectedly; try again.")

        return handler

    def _authorized(self, request: Request, level: Level) -> Request:
        if level is Level.ANYONE:
            return request
        identity = self._identify(request)
        authorize(level, identity)
        return replace(request, identity=identity)

    def _deadline(self) -> Deadline:
        context: Any = self.lambda_context
        return Deadline.after(context.get_remaining_time_in_millis() / 1000 - SECONDS_TO_ANSWER)


def declared_part(request: Request, names: frozenset[str], declared: Operation) -> Request:
    """Return a request that holds no more than its view declares.

    The query of a static file stays whole: nothing reads it, but any text in it may name the file's version.
    """
    if declared.answers is STATIC_FILE:
        return request
    return replace(
        request,
        query=Declared(request.query, names),
        lists=Declared(request.lists, names),
        body_shape=declared.body if isinstance(declared.body, type) else None,
    )


def _note(error: ServiceError) -> None:
    """Let the log line tell the error's class, and of what is not the caller's fault the reason."""
    note("error", type(error).__name__)
    if isinstance(error, UnavailableError):
        note("reason", str(error))
