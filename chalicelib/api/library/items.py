"""Items: lists, single ones, and the administrator's changes of them."""

from contextlib import suppress

from chalice.app import Response

from chalicelib.container import container, identity_of
from chalicelib.domain.library.items import FOLDER_TYPES
from chalicelib.domain.library.queries import ItemQuery
from chalicelib.errors import NotFoundError
from chalicelib.web.library.bodies import item_body, item_change
from chalicelib.web.library.naming import judged_names
from chalicelib.web.library.queries import LISTED, SEARCHED, TOLD, item_query, wanted
from chalicelib.web.library.responses import (
    respond_with_artwork,
    respond_with_hints,
    respond_with_item,
    respond_with_items,
    respond_with_page,
    viewer_of,
)
from chalicelib.web.library.schemas.artwork import ItemArtworkQueryResult
from chalicelib.web.library.schemas.bodies import ItemBody, ItemChange
from chalicelib.web.library.schemas.items import BaseItemDto, BaseItemDtoQueryResult, SearchHintResult
from chalicelib.web.library.schemas.names import NamesBody, NamesResult
from chalicelib.web.protocol.auth import authenticated, elevated
from chalicelib.web.protocol.blueprint import Routes
from chalicelib.web.protocol.declarations.operations import operation
from chalicelib.web.protocol.declarations.parameters import guid
from chalicelib.web.protocol.declarations.query import USER_ID, Ids
from chalicelib.web.protocol.request import Request
from chalicelib.web.protocol.responses import json_response, no_content

routes = Routes(__name__, identity_of)

ITEMS = "/Items"
ITEM = ITEMS + "/{item_id}"
OF_USER = "/Users/{user_id}"
DELETED_IDS = Ids("ids", "the items to delete")


@routes.view(ITEMS, "GET")
@routes.view(OF_USER + ITEMS, "GET")
@operation(*LISTED, answers=BaseItemDtoQueryResult)
@authenticated
def list_items(request: Request, user_id: str | None = None) -> Response:
    """List the items that the query asks for."""
    viewer = viewer_of(request, user_id)
    query, told = item_query(request, viewer), wanted(request, viewer)
    return respond_with_page(container(), request, container().library.lists.page(query), told)


@routes.view(ITEMS + "/Artwork", "GET")
@operation(*SEARCHED, answers=ItemArtworkQueryResult)
@authenticated
def list_artwork(request: Request) -> Response:
    """List what artwork items have, with sizes; this is ours."""
    page = container().library.lists.page(item_query(request, viewer_of(request)))
    return respond_with_artwork(container(), request, page)


@routes.view("/Library/Names", "POST")
@operation(body=NamesBody, answers=NamesResult)
@elevated
def judge_names(request: Request) -> Response:
    """Tell what names of a media folder mean, before anything is sent; this is ours."""
    return json_response(request, judged_names(request))


@routes.view(ITEM, "GET")
@routes.view(OF_USER + ITEM, "GET")
@operation(USER_ID, answers=BaseItemDto)
@authenticated
def get_item(request: Request, item_id: str, user_id: str | None = None) -> Response:
    """Answer one item with all that is known of it."""
    viewer = viewer_of(request, user_id)
    item = container().library.lists.find(guid("itemId", item_id))
    return respond_with_item(container(), request, item, viewer)


@routes.view(ITEMS + "/Latest", "GET")
@routes.view(OF_USER + ITEMS + "/Latest", "GET")
@operation(*LISTED, answers=list[BaseItemDto])
@authenticated
def list_latest_items(request: Request, user_id: str | None = None) -> Response:
    """List the newest items."""
    viewer = viewer_of(request, user_id)
    query, told = item_query(request, viewer), wanted(request, viewer)
    return respond_with_items(container(), request, container().library.lists.latest(query), told)


@routes.view("/UserItems/Resume", "GET")
@routes.view(OF_USER + ITEMS + "/Resume", "GET")
@operation(*LISTED, answers=BaseItemDtoQueryResult)
@authenticated
def list_resumable_items(request: Request, user_id: str | None = None) -> Response:
    """List what a user has begun to play, the latest first."""
    viewer = viewer_of(request, user_id)
    query, told = item_query(request, viewer), wanted(request, viewer)
    return respond_with_page(container(), request, container().library.lists.resumable(query), told)


@routes.view("/UserViews", "GET")
@routes.view(OF_USER + "/Views", "GET")
@operation(*TOLD, answers=BaseItemDtoQueryResult)
@authenticated
def list_user_views(request: Request, user_id: str | None = None) -> Response:
    """List the folders at the top of the library."""
    told = wanted(request, viewer_of(request, user_id))
    page = container().library.lists.page(ItemQuery(types=FOLDER_TYPES))
    return respond_with_page(container(), request, page, told)


@routes.view("/Search/Hints", "GET")
@operation(*SEARCHED, answers=SearchHintResult)
@authenticated
def list_search_hints(request: Request) -> Response:
    """List what a search term finds."""
    viewer_of(request)
    found = container().library.lists.search(item_query(request))
    return respond_with_hints(container(), request, found)


@routes.view(ITEMS, "POST")
@operation(USER_ID, body=ItemBody, answers=BaseItemDto)
@elevated
def create_item(request: Request) -> Response:
    """Create an item; this is ours, Jellyfin's own items come from its scanner."""
    viewer, body = viewer_of(request), item_body(request, container().adapters.clock.now())
    item = container().library.editing.add(body.item, body.parent_id, request.deadline)
    return respond_with_item(container(), request, item, viewer)


@routes.view(ITEM, "PUT")
@operation(USER_ID, body=ItemBody, answers=BaseItemDto)
@elevated
def replace_item(request: Request, item_id: str) -> Response:
    """Replace what an item says of itself; this is ours."""
    viewer, body = viewer_of(request), item_body(request, container().adapters.clock.now())
    editing = container().library.editing
    item = editing.update(guid("itemId", item_id), body.item, body.parent_id, request.deadline)
    return respond_with_item(container(), request, item, viewer)


@routes.view(ITEM, "POST")
@operation(body=ItemChange)
@elevated
def edit_item(request: Request, item_id: str) -> Response:
    """Change what an item says of itself, as Jellyfin's metadata editor does; what is left out stays."""
    change = item_change(request)
    container().library.editing.edit(guid("itemId", item_id), change, request.deadline)
    return no_content()


@routes.view(ITEMS, "DELETE")
@operation(DELETED_IDS)
@elevated
def delete_items(request: Request) -> Response:
    """Delete several items with all below them; what is gone already is no mistake."""
    for item_id in dict.fromkeys(DELETED_IDS.of(request.lists)):
        with suppress(NotFoundError):
            container().library.removal.remove(item_id, request.deadline)
    return no_content()


@routes.view(ITEM, "DELETE")
@elevated
def delete_item(request: Request, item_id: str) -> Response:
    """Delete an item with all below it."""
    container().library.removal.remove(guid("itemId", item_id), request.deadline)
    return no_content()
