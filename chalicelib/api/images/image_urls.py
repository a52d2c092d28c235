"""Ready image URLs; ours, Jellyfin has no such call."""

from chalice.app import Response

from chalicelib.container import container, identity_of
from chalicelib.web.images.schemas import ImageUrls
from chalicelib.web.images.urls import ITEM_IDS, USER_IDS, image_urls, owners_meant
from chalicelib.web.protocol.auth import authenticated
from chalicelib.web.protocol.blueprint import Routes
from chalicelib.web.protocol.declarations.operations import operation
from chalicelib.web.protocol.request import Request
from chalicelib.web.protocol.responses import json_response

routes = Routes(__name__, identity_of)


@routes.view("/Images/Urls", "GET")
@operation(ITEM_IDS, USER_IDS, answers=ImageUrls)
@authenticated
def list_image_urls(request: Request) -> Response:
    """List URLs of all images of items and users, which an `<img>` can show without a token."""
    image_access = container().images.access
    owners = image_access.find_many(owners_meant(request)).values()
    return json_response(
        request, image_urls(owners, image_access.expires() if image_access.is_restricted else None)
    )
