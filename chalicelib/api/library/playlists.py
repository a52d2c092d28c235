"""Playlists, which are items that hold others; what they hold is changed as any item is."""

from dataclasses import replace

from chalice.app import Response

from chalicelib.container import container, identity_of
from chalicelib.domain.library.items import Item, ItemType
from chalicelib.errors import NotFoundError
from chalicelib.web.library.queries import TOLD, wanted
from chalicelib.web.library.responses import respond_with_page, viewer_of
from chalicelib.web.library.schemas.items import BaseItemDtoQueryResult
from chalicelib.web.library.schemas.playlists import PlaylistDto, PlaylistUserPermissions
from chalicelib.web.library.shows import PAGED, page_query
from chalicelib.web.protocol.auth import authenticated
from chalicelib.web.protocol.blueprint import Routes
from chalicelib.web.protocol.declarations.operations import operation
from chalicelib.web.protocol.declarations.parameters import guid
from chalicelib.web.protocol.request import Request
from chalicelib.web.protocol.responses import json_response

routes = Routes(__name__, identity_of)

PLAYLIST = "/Playlists/{item_id}"


@routes.view(PLAYLIST, "GET")
@operation(answers=PlaylistDto)
@authenticated
def get_playlist(request: Request, item_id: str) -> Response:
    """Answer a playlist, which everybody may see."""
    children = container().library.lists.library.children(_playlist(item_id).id)
    playlist: PlaylistDto = {
        "OpenAccess": True,
        "Shares": [],
        "ItemIds": [entry.id for entry in sorted(children, key=lambda entry: (entry.sort_name, entry.id))],
    }
    return json_response(request, playlist)


@routes.view(PLAYLIST + "/Items", "GET")
@operation(*TOLD, *PAGED, answers=BaseItemDtoQueryResult)
@authenticated
def list_playlist_items(request: Request, item_id: str) -> Response:
    """List what a playlist holds."""
    viewer = viewer_of(request)
    told = wanted(request, viewer)
    query = replace(page_query(request, viewer), parent_id=_playlist(item_id).id)
    return respond_with_page(container(), request, container().library.lists.page(query), told)


@routes.view(PLAYLIST + "/Users", "GET")
@operation(answers=list[PlaylistUserPermissions])
@authenticated
def list_playlist_users(request: Request, item_id: str) -> Response:
    """List nobody: a playlist is shared with nobody in particular."""
    _playlist(item_id)
    return json_response(request, [])


@routes.view(PLAYLIST + "/Users/{user_id}", "GET")
@operation(answers=PlaylistUserPermissions)
@authenticated
def get_playlist_user(request: Request, item_id: str, user_id: str) -> Response:
    """Say that a user may not change a playlist here."""
    permissions: PlaylistUserPermissions = {"UserId": guid("userId", user_id), "CanEdit": False}
    _playlist(item_id)
    return json_response(request, permissions)


def _playlist(item_id: str) -> Item:
    """Return a playlist; raises NotFoundError."""
    item = container().library.lists.find(guid("itemId", item_id))
    if item.type is not ItemType.PLAYLIST:
        raise NotFoundError(f"The item {item.id} is a {item.type}, not a Playlist.")
    return item
