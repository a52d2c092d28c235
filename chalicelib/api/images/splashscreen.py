"""The picture behind the login screen."""

from dataclasses import replace

from chalice.app import Response

from chalicelib.container import container, identity_of
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import SPLASHSCREEN
from chalicelib.web.images.responses import respond_to_image_request
from chalicelib.web.images.uploads import picture_of
from chalicelib.web.protocol.auth import elevated
from chalicelib.web.protocol.blueprint import Routes
from chalicelib.web.protocol.declarations.image_parameters import SHOWN
from chalicelib.web.protocol.declarations.operations import PICTURE, operation
from chalicelib.web.protocol.request import Request
from chalicelib.web.protocol.responses import no_content

routes = Routes(__name__, identity_of)

PATH = "/Branding/Splashscreen"
HEEDED = frozenset({"tag", "format", "accept", "apikey", "api_key"})
"""What GET takes; sizes are read and, since Jellyfin 10.11, ignored."""


@routes.view(PATH, "GET", "HEAD")
@operation(*SHOWN, answers=PICTURE)
def get_splashscreen(request: Request) -> Response:
    """Answer the picture that an administrator sent, else the one that was made of the library's artwork."""
    heeded = replace(request, query={name: value for name, value in request.query.items() if name in HEEDED})
    finder = container().branding.finder
    return respond_to_image_request(container(), heeded, SPLASHSCREEN, ImageType.PRIMARY, None, lookup=finder)


@routes.view(PATH, "POST")
@operation(body=PICTURE)
@elevated
def upload_splashscreen(request: Request) -> Response:
    """Make the body the splash screen."""
    picture = picture_of(request, container().settings.max_upload_bytes)
    container().branding.splashscreen.take(picture, request.deadline)
    return no_content()


@routes.view(PATH, "DELETE")
@elevated
def delete_splashscreen(request: Request) -> Response:
    """Drop the picture that was sent, so that the one that was made shows again."""
    container().branding.splashscreen.restore(request.deadline)
    return no_content()
