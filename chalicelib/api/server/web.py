"""The page that people see, and the web client that an operator may bring instead."""

from collections.abc import Callable

from chalice.app import Response

from chalicelib.container import container, identity_of
from chalicelib.errors import NotFoundError
from chalicelib.web.pages.responses import PageSources, redirect, respond_with_client, respond_with_page
from chalicelib.web.protocol.blueprint import Routes
from chalicelib.web.protocol.declarations.operations import STATIC_FILE, operation
from chalicelib.web.protocol.request import Request

routes = Routes(__name__, identity_of)


@routes.view("/", "GET", "HEAD")
@operation(answers=STATIC_FILE)
def get_root(request: Request) -> Response:
    """Lead a browser to the page."""
    if not container().settings.web:
        raise NotFoundError("There is nothing at /.")
    return redirect(request, "web/")


@routes.view("/favicon.ico", "GET", "HEAD")
@operation(answers=STATIC_FILE)
def get_favicon(request: Request) -> Response:
    """Answer the icon that browsers ask for on their own account."""
    return respond_with_page(container().adapters, request, "favicon.ico")


@routes.view("/page", "GET", "HEAD")
@routes.view("/page/{rest}", "GET", "HEAD")
@operation(answers=STATIC_FILE)
def get_page(request: Request, rest: str = "") -> Response:
    """Answer a file of the page."""
    return _serve(request, rest, respond_with_page)


@routes.view("/web", "GET", "HEAD")
@routes.view("/web/{rest}", "GET", "HEAD")
@operation(answers=STATIC_FILE)
def get_web_client(request: Request, rest: str = "") -> Response:
    """Answer a file of the web client, where the operator brought one, else of the page."""
    return _serve(request, rest, respond_with_client)


def _serve(request: Request, rest: str, respond: Callable[[PageSources, Request, str], Response]) -> Response:
    """Answer a file; the links of a document are relative to its folder, so `/page` leads to `/page/`."""
    if not rest and not request.path.endswith("/"):
        return redirect(request, "")
    return respond(container().adapters, request, rest)
