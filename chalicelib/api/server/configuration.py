"""The server's settings, to read; a deployment decides them."""

from chalice.app import Response

from chalicelib.container import container, identity_of
from chalicelib.errors import ForbiddenError, NotFoundError
from chalicelib.web.protocol.auth import elevated
from chalicelib.web.protocol.blueprint import Routes
from chalicelib.web.protocol.declarations.operations import operation
from chalicelib.web.protocol.request import Request
from chalicelib.web.protocol.responses import json_response
from chalicelib.web.server.configuration import ABSENT_FEATURES, branding_options, server_configuration
from chalicelib.web.server.schemas import ServerConfiguration

routes = Routes(__name__, identity_of)

CONFIGURATION = "/System/Configuration"
BRANDING = "branding"


@routes.view(CONFIGURATION, "GET")
@operation(answers=ServerConfiguration)
@elevated
def get_configuration(request: Request) -> Response:
    """Answer the settings."""
    return json_response(request, server_configuration(container().settings))


@routes.view(CONFIGURATION + "/{key}", "GET")
@operation(answers=dict[str, object])
@elevated
def get_named_configuration(request: Request, key: str) -> Response:
    """Answer the settings of one feature: of branding, or of one that is not here, switched off."""
    name = key.lower()
    if name == BRANDING:
        return json_response(request, branding_options(container().settings))
    if name not in ABSENT_FEATURES:
        known = ", ".join((BRANDING, *ABSENT_FEATURES))
        raise NotFoundError(f"There is no configuration named '{key[:100]}'. There are: {known}.")
    return json_response(request, ABSENT_FEATURES[name])


@routes.view(CONFIGURATION, "POST")
@routes.view(CONFIGURATION + "/{key}", "POST")
@elevated
def refuse_configuration(_request: Request, **_segments: str) -> Response:
    """Refuse: the settings are parameters of the deployment."""
    raise ForbiddenError("The settings are parameters of the deployment. Deploy the stack with other values.")
