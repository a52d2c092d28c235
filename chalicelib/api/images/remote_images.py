"""Artwork that other sites offer for items."""

from chalice.app import Response

from chalicelib.api.images.item_images import item_concerned
from chalicelib.container import container, forwarder, identity_of
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.web.images.remote import (
    LISTED,
    WANTED_TYPE,
    WANTED_URL,
    provider_infos,
    remote_image_query,
    remote_image_result,
    wanted_type,
    wanted_url,
)
from chalicelib.web.images.schemas import ImageProviderInfo, RemoteImageResult
from chalicelib.web.protocol.auth import authenticated, elevated
from chalicelib.web.protocol.blueprint import Routes
from chalicelib.web.protocol.declarations import parameters
from chalicelib.web.protocol.declarations.operations import operation
from chalicelib.web.protocol.passing import passed_on
from chalicelib.web.protocol.request import Request
from chalicelib.web.protocol.responses import json_response, no_content

routes = Routes(__name__, identity_of, forwarder)

REMOTE_IMAGES = "/Items/{item_id}/RemoteImages"


@routes.view(REMOTE_IMAGES, "GET")
@operation(*LISTED, answers=RemoteImageResult)
@passed_on(item_concerned)
@authenticated
def list_remote_images(request: Request, item_id: str) -> Response:
    """List what providers offer for an item."""
    query = remote_image_query(request.query)
    page = container().remote.search.list(parameters.guid("itemId", item_id), query, request.deadline)
    return json_response(request, remote_image_result(page))


@routes.view(REMOTE_IMAGES + "/Providers", "GET")
@operation(answers=list[ImageProviderInfo])
@passed_on(item_concerned)
@authenticated
def list_remote_image_providers(request: Request, item_id: str) -> Response:
    """List who may have images for an item."""
    found = container().remote.search.providers_of(parameters.guid("itemId", item_id))
    return json_response(request, provider_infos(found))


@routes.view(REMOTE_IMAGES + "/Download", "POST")
@operation(WANTED_TYPE, WANTED_URL)
@passed_on(item_concerned)
@elevated
def download_remote_image(request: Request, item_id: str) -> Response:
    """Make the picture behind a URL an image of an item."""
    owner = OwnerKey.item(parameters.guid("itemId", item_id))
    image_type, url = wanted_type(request.query), wanted_url(request.query)
    container().remote.download.save_image(owner, image_type, url, request.deadline)
    return no_content()
