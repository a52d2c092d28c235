"""Named items: artists, genres, persons and studios; their lists, themselves and their images."""

import functools
from collections.abc import Callable

from chalice.app import Response

from chalicelib.container import container, identity_of
from chalicelib.domain.library.items import ItemType
from chalicelib.web.images.access import named_owner
from chalicelib.web.images.responses import respond_to_image_request
from chalicelib.web.library.queries import LISTED, item_query, wanted
from chalicelib.web.library.responses import respond_with_item, respond_with_page, viewer_of
from chalicelib.web.library.schemas.items import BaseItemDto, BaseItemDtoQueryResult
from chalicelib.web.protocol.auth import authenticated
from chalicelib.web.protocol.blueprint import Routes, View
from chalicelib.web.protocol.declarations import parameters
from chalicelib.web.protocol.declarations.image_parameters import PARAMETERS, image_index_of
from chalicelib.web.protocol.declarations.operations import PICTURE, operation
from chalicelib.web.protocol.declarations.query import USER_ID
from chalicelib.web.protocol.request import Request

routes = Routes(__name__, identity_of)

RESOURCES = {
    "/Artists": ItemType.MUSIC_ARTIST,
    "/Genres": ItemType.GENRE,
    "/MusicGenres": ItemType.MUSIC_GENRE,
    "/Persons": ItemType.PERSON,
    "/Studios": ItemType.STUDIO,
}
NAMED = "/{name}"
IMAGE = NAMED + "/Images/{image_type}"
INDEXED = IMAGE + "/{image_index}"


def for_each_resource(path: str, *methods: str) -> Callable[[View], View]:
    """Register a view `(request, item type, **path segments)` below every resource of named items."""

    def register(view: View) -> View:
        for resource, item_type in RESOURCES.items():
            routes.view(resource + path, *methods)(_of_type(item_type, view))
        return view

    return register


def _of_type(item_type: ItemType, view: View) -> View:
    @functools.wraps(view)
    def view_of_type(request: Request, **segments: str) -> Response:
        return view(request, item_type, **segments)

    return view_of_type


@for_each_resource("", "GET")
@operation(*LISTED, answers=BaseItemDtoQueryResult)
@authenticated
def list_named_items(request: Request, item_type: ItemType) -> Response:
    """List the named items of a type."""
    viewer = viewer_of(request)
    query, told = item_query(request, viewer), wanted(request, viewer)
    page = container().library.named_items.page(item_type, query)
    return respond_with_page(container(), request, page, told)


@routes.view("/Artists/AlbumArtists", "GET")
@operation(*LISTED, answers=BaseItemDtoQueryResult)
@authenticated
def list_album_artists(request: Request) -> Response:
    """List the artists of whom there is an album."""
    viewer = viewer_of(request)
    query, told = item_query(request, viewer), wanted(request, viewer)
    page = container().library.named_items.page(ItemType.MUSIC_ARTIST, query, as_album_artist=True)
    return respond_with_page(container(), request, page, told)


@for_each_resource(NAMED, "GET")
@operation(USER_ID, answers=BaseItemDto)
@authenticated
def get_named_item(request: Request, item_type: ItemType, name: str) -> Response:
    """Answer a named item."""
    viewer = viewer_of(request)
    lists = container().library.lists
    return respond_with_item(container(), request, lists.find(lists.named(item_type, name)), viewer)


@for_each_resource(IMAGE, "GET", "HEAD")
@for_each_resource(INDEXED, "GET", "HEAD")
@operation(*PARAMETERS, answers=PICTURE)
def get_named_item_image(
    request: Request, item_type: ItemType, name: str, image_type: str, image_index: str | None = None
) -> Response:
    """Answer an image of a named item; unlike Jellyfin an unknown name creates nothing."""
    parameters.image_type(image_type)
    image_index_of(request.query, image_index)
    owners = container().named_owners
    owner = named_owner(container(), request, lambda: owners.owner_named(item_type, name))
    return respond_to_image_request(container(), request, owner, image_type, image_index)
