"""What a client asks a server before anybody has logged in."""

from pathlib import Path

from chalice.app import Response

from chalicelib import api
from chalicelib.container import container, identity_of
from chalicelib.web.pages.responses import respond_with_document
from chalicelib.web.protocol.auth import authenticated
from chalicelib.web.protocol.blueprint import Routes
from chalicelib.web.protocol.declarations.operations import STATIC_FILE, operation
from chalicelib.web.protocol.request import Request
from chalicelib.web.protocol.responses import json_response
from chalicelib.web.server.configuration import branding_options
from chalicelib.web.server.schemas import BrandingOptions, PrivateSystemInfo, PublicSystemInfo, SystemInfo

routes = Routes(__name__, identity_of)

PRODUCT = "Jellyfin Server"
"""Clients look for this name before they trust that an address is a server of theirs."""

JELLYFIN_VERSION = "12.0.0"
"""The release whose behaviour on the wire is followed; clients refuse a server that is too old for them."""


_PRIVATE_INFO: PrivateSystemInfo = {
    "OperatingSystemDisplayName": "",
    "PackageName": "",
    "HasPendingRestart": False,
    "IsShuttingDown": False,
    "SupportsLibraryMonitor": False,
    "WebSocketPortNumber": 0,
    "CompletedInstallations": [],
    "CanSelfRestart": False,
    "CanLaunchWebBrowser": False,
    "ProgramDataPath": "",
    "WebPath": "",
    "ItemsByNamePath": "",
    "CachePath": "",
    "LogPath": "",
    "InternalMetadataPath": "",
    "TranscodingTempPath": "",
    "CastReceiverApplications": [],
    "HasUpdateAvailable": False,
    "EncoderLocation": "NotFound",
    "SystemArchitecture": "X64",
}
"""What Jellyfin adds; there is neither a disk, nor a web socket, nor an update to speak of."""


@routes.view("/System/Info/Public", "GET")
@operation(answers=PublicSystemInfo)
def get_public_system_info(request: Request) -> Response:
    """Say which server this is."""
    return json_response(request, _public_info())


@routes.view("/System/Info", "GET")
@operation(answers=SystemInfo)
@authenticated
def get_system_info(request: Request) -> Response:
    """Say which server this is to whoever has signed in; clients ask it whether their token still holds."""
    info: SystemInfo = {**_public_info(), **_PRIVATE_INFO}
    return json_response(request, info)


@routes.view("/System/Ping", "GET", "POST")
@operation(answers=str)
def ping(request: Request) -> Response:
    """Say that the server is there."""
    return json_response(request, PRODUCT)


@routes.view("/Branding/Configuration", "GET")
@operation(answers=BrandingOptions)
def get_branding(request: Request) -> Response:
    """Say that the login screen is plain."""
    return json_response(request, branding_options(container().settings))


@routes.view("/openapi.json", "GET")
@operation(answers=STATIC_FILE)
def get_openapi(request: Request) -> Response:
    """Describe the whole API as an OpenAPI document."""
    return respond_with_document(request, Path(api.__path__[0]), "openapi.json")


def _public_info() -> PublicSystemInfo:
    settings = container().settings
    return {
        "ServerName": settings.server_name,
        "Version": JELLYFIN_VERSION,
        "ProductName": PRODUCT,
        "OperatingSystem": "",
        "Id": settings.server_id,
        "StartupWizardCompleted": True,
    }
