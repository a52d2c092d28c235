"""Images of items."""

from collections.abc import Mapping
from dataclasses import replace

from chalice.app import Response

from chalicelib.container import container, forwarder, identity_of
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.web.images.infos import image_infos
from chalicelib.web.images.responses import respond_to_image_request
from chalicelib.web.images.schemas import ImageInfo
from chalicelib.web.images.uploads import picture_of
from chalicelib.web.protocol.auth import authenticated, elevated
from chalicelib.web.protocol.blueprint import Routes
from chalicelib.web.protocol.declarations import parameters
from chalicelib.web.protocol.declarations.image_parameters import (
    IMAGE_INDEX,
    NEW_INDEX,
    PARAMETERS,
    from_long_path,
    image_index_of,
)
from chalicelib.web.protocol.declarations.operations import PICTURE, operation
from chalicelib.web.protocol.passing import passed_on
from chalicelib.web.protocol.request import Request
from chalicelib.web.protocol.responses import json_response, no_content

routes = Routes(__name__, identity_of, forwarder)

IMAGES = "/Items/{item_id}/Images"
IMAGE = IMAGES + "/{image_type}"
INDEXED = IMAGE + "/{image_index}"
LONG = INDEXED + "/{tag}/{format}/{max_width}/{max_height}/{percent_played}/{unplayed_count}"


def item_concerned(_: Request, segments: Mapping[str, str]) -> OwnerKey:
    """Return the item whose images a request is about."""
    return _item(segments["item_id"])


@routes.view(IMAGES, "GET")
@operation(answers=list[ImageInfo])
@passed_on(item_concerned)
@authenticated
def list_item_images(request: Request, item_id: str) -> Response:
    """List what images an item has."""
    return json_response(request, image_infos(container().images.access.list(_item(item_id))))


@routes.view(IMAGE, "GET", "HEAD")
@routes.view(INDEXED, "GET", "HEAD")
@operation(*PARAMETERS, answers=PICTURE)
def get_item_image(
    request: Request, item_id: str, image_type: str, image_index: str | None = None
) -> Response:
    """Answer an image of an item, transformed as the query says."""
    return respond_to_image_request(container(), request, _item(item_id), image_type, image_index)


@routes.view(LONG, "GET", "HEAD")
@operation(*PARAMETERS, answers=PICTURE)
def get_item_image_by_path(
    request: Request, item_id: str, image_type: str, image_index: str, **options: str
) -> Response:
    """Answer an image of an item by Jellyfin's legacy path, which holds the commonest parameters."""
    named = replace(request, query={**request.query, **from_long_path(options)})
    return respond_to_image_request(container(), named, _item(item_id), image_type, image_index)


@routes.view(IMAGE, "POST")
@routes.view(INDEXED, "POST")
@operation(IMAGE_INDEX, body=PICTURE)
@passed_on(item_concerned)
@elevated
def upload_item_image(
    request: Request, item_id: str, image_type: str, image_index: str | None = None
) -> Response:
    """Make the body an image of an item."""
    index = image_index_of(request.query, image_index)
    kind = parameters.image_type(image_type)
    picture = picture_of(request, container().settings.max_upload_bytes)
    container().images.editing.upload(_item(item_id), kind, picture, index=index, deadline=request.deadline)
    return no_content()


@routes.view(IMAGE, "DELETE")
@routes.view(INDEXED, "DELETE")
@operation(IMAGE_INDEX)
@passed_on(item_concerned)
@elevated
def delete_item_image(
    request: Request, item_id: str, image_type: str, image_index: str | None = None
) -> Response:
    """Drop an image of an item."""
    index = image_index_of(request.query, image_index) or 0
    kind = parameters.image_type(image_type)
    container().images.editing.delete(_item(item_id), kind, index, request.deadline)
    return no_content()


@routes.view(INDEXED + "/Index", "POST")
@operation(NEW_INDEX)
@passed_on(item_concerned)
@elevated
def move_item_image(request: Request, item_id: str, image_type: str, image_index: str) -> Response:
    """Exchange an image of an item with the one at another index."""
    first = parameters.index("imageIndex", image_index)
    second = NEW_INDEX.given(request.query)
    kind = parameters.image_type(image_type)
    container().images.editing.swap(_item(item_id), kind, first, second, request.deadline)
    return no_content()


def _item(text: str) -> OwnerKey:
    return OwnerKey.item(parameters.guid("itemId", text))
