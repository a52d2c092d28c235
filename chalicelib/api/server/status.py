"""The state of the service, for those who are signed in; ours, Jellyfin has no such calls."""

from chalice.app import Response

from chalicelib.api.server.system import JELLYFIN_VERSION
from chalicelib.container import container, identity_of
from chalicelib.version import VERSION
from chalicelib.web.protocol.auth import authenticated, elevated
from chalicelib.web.protocol.blueprint import Routes
from chalicelib.web.protocol.declarations.operations import operation
from chalicelib.web.protocol.request import Request
from chalicelib.web.protocol.responses import json_response
from chalicelib.web.status.dto import status_dto, storage_dto, upstream_dto
from chalicelib.web.status.schemas import ServiceStatus, ServiceStorage, UpstreamState

routes = Routes(__name__, identity_of)


@routes.view("/System/Status", "GET")
@operation(answers=ServiceStatus)
@elevated
def get_status(request: Request) -> Response:
    """Tell what waits, what the last sweep found, and what a month costs."""
    return json_response(request, status_dto(container().status.status(), VERSION, JELLYFIN_VERSION))


@routes.view("/System/Storage", "GET")
@operation(answers=ServiceStorage)
@elevated
def get_storage(request: Request) -> Response:
    """Tell what each library stores."""
    return json_response(request, storage_dto(container().status.storage(request.deadline)))


@routes.view("/System/Upstream", "GET")
@operation(answers=UpstreamState)
@authenticated
def get_upstream(request: Request) -> Response:
    """Tell whether the service stands in front of a Jellyfin server, and whether that one answers."""
    upstream = container().images.upstream
    return json_response(request, upstream_dto(upstream.status.state() if upstream else None))
