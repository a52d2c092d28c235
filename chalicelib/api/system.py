"""What a client asks a server before anybody has logged in."""

from pathlib import Path

from chalice.app import Response

from chalicelib.container import container, identity_of
from chalicelib.web.protocol.blueprint import Routes
from chalicelib.web.protocol.request import Request
from chalicelib.web.protocol.responses import json_response

routes = Routes(__name__, identity_of)

PRODUCT = "Jellyfin Server"
"""Clients look for this name before they trust that an address is a server of theirs."""

JELLYFIN_VERSION = "12.0.0"
"""The release whose behaviour on the wire is followed; clients refuse a server that is too old for them."""


@routes.view("/System/Info/Public", "GET")
def get_public_system_info(request: Request) -> Response:
    """Say which server this is."""
    settings = container().settings
    info = {
        "ServerName": settings.server_name,
        "Version": JELLYFIN_VERSION,
        "ProductName": PRODUCT,
        "OperatingSystem": "",
        "Id": settings.server_id,
        "StartupWizardCompleted": True,
    }
    return json_response(request, info)


@routes.view("/System/Ping", "GET", "POST")
def ping(request: Request) -> Response:
    """Say that the server is there."""
    return json_response(request, PRODUCT)


@routes.view("/Branding/Configuration", "GET")
def get_branding(request: Request) -> Response:
    """Say that the login screen is plain."""
    return json_response(request, {"LoginDisclaimer": "", "CustomCss": "", "SplashscreenEnabled": False})


@routes.view("/openapi.json", "GET")
def get_openapi(_request: Request) -> Response:
    """Describe the whole API as an OpenAPI document."""
    document = Path(__file__).with_name("openapi.json").read_bytes()
    return Response(document, {"Content-Type": "application/json", "Cache-Control": "public, max-age=300"})
