"""What users do with items: favourites, what they played, and how far they came."""

from collections.abc import Callable

from chalice.app import Response

from chalicelib.container import container, identity_of
from chalicelib.domain.library.items import Item
from chalicelib.domain.library.user_data import UserData
from chalicelib.errors import InvalidInputError
from chalicelib.services.library.viewing import Seen
from chalicelib.web.accounts.responses import caller_of, user_of
from chalicelib.web.library.responses import viewer_of
from chalicelib.web.library.schemas.bodies import PlaybackReport, UserDataChange
from chalicelib.web.library.schemas.items import UserItemData
from chalicelib.web.library.user_data import (
    DATE_PLAYED,
    LIKES,
    POSITION_TICKS,
    liked,
    playback,
    user_data_change,
    user_data_dto,
    with_favourite,
)
from chalicelib.web.protocol.auth import authenticated
from chalicelib.web.protocol.blueprint import Routes
from chalicelib.web.protocol.declarations.operations import operation
from chalicelib.web.protocol.declarations.parameters import guid
from chalicelib.web.protocol.declarations.query import USER_ID
from chalicelib.web.protocol.request import Request
from chalicelib.web.protocol.responses import json_response, no_content

routes = Routes(__name__, identity_of)

OF_USER = "/Users/{user_id}"
ITEM = "/{item_id}"


@routes.view("/UserFavoriteItems" + ITEM, "POST")
@routes.view(OF_USER + "/FavoriteItems" + ITEM, "POST")
@operation(USER_ID, answers=UserItemData)
@authenticated
def mark_favourite(request: Request, item_id: str, user_id: str | None = None) -> Response:
    """Make an item one of a user's favourites."""
    return _change(request, item_id, user_id, with_favourite(is_favourite=True))


@routes.view("/UserFavoriteItems" + ITEM, "DELETE")
@routes.view(OF_USER + "/FavoriteItems" + ITEM, "DELETE")
@operation(USER_ID, answers=UserItemData)
@authenticated
def unmark_favourite(request: Request, item_id: str, user_id: str | None = None) -> Response:
    """Make an item none of a user's favourites."""
    return _change(request, item_id, user_id, with_favourite(is_favourite=False))


@routes.view("/UserPlayedItems" + ITEM, "POST")
@routes.view(OF_USER + "/PlayedItems" + ITEM, "POST")
@operation(USER_ID, DATE_PLAYED, answers=UserItemData)
@authenticated
def mark_played(request: Request, item_id: str, user_id: str | None = None) -> Response:
    """Say that a user has played an item, or all below a folder."""
    user, when = _user(request, user_id), DATE_PLAYED.of(request.query)
    item = _item(item_id)
    seen = container().library.viewing.mark_played(user, item, when, request.deadline)
    return _respond(request, item, seen)


@routes.view("/UserPlayedItems" + ITEM, "DELETE")
@routes.view(OF_USER + "/PlayedItems" + ITEM, "DELETE")
@operation(USER_ID, answers=UserItemData)
@authenticated
def mark_unplayed(request: Request, item_id: str, user_id: str | None = None) -> Response:
    """Say that a user has not played an item, or any below a folder."""
    user, item = _user(request, user_id), _item(item_id)
    return _respond(request, item, container().library.viewing.mark_unplayed(user, item, request.deadline))


@routes.view("/UserItems" + ITEM + "/Rating", "POST")
@routes.view(OF_USER + "/Items" + ITEM + "/Rating", "POST")
@operation(USER_ID, LIKES, answers=UserItemData)
@authenticated
def rate_item(request: Request, item_id: str, user_id: str | None = None) -> Response:
    """Say whether a user likes an item."""
    return _change(request, item_id, user_id, liked(likes=LIKES.of(request.query)))


@routes.view("/UserItems" + ITEM + "/Rating", "DELETE")
@routes.view(OF_USER + "/Items" + ITEM + "/Rating", "DELETE")
@operation(USER_ID, answers=UserItemData)
@authenticated
def unrate_item(request: Request, item_id: str, user_id: str | None = None) -> Response:
    """Forget whether a user likes an item."""
    return _change(request, item_id, user_id, liked(likes=None))


@routes.view("/UserItems" + ITEM + "/UserData", "GET")
@routes.view(OF_USER + "/Items" + ITEM + "/UserData", "GET")
@operation(USER_ID, answers=UserItemData)
@authenticated
def get_user_data(request: Request, item_id: str, user_id: str | None = None) -> Response:
    """Answer what a user has done with an item."""
    user, item = _user(request, user_id), _item(item_id)
    return _respond(request, item, container().library.viewing.seen(user, [item])[item.id])


@routes.view("/UserItems" + ITEM + "/UserData", "POST")
@routes.view(OF_USER + "/Items" + ITEM + "/UserData", "POST")
@operation(USER_ID, body=UserDataChange, answers=UserItemData)
@authenticated
def change_user_data(request: Request, item_id: str, user_id: str | None = None) -> Response:
    """Change what a user has done with an item; what is left out stays."""
    return _change(request, item_id, user_id, user_data_change(request))


@routes.view("/Sessions/Playing", "POST")
@operation(body=PlaybackReport)
@authenticated
def report_start(request: Request) -> Response:
    """Take note that a user begins to play an item."""
    user, report = user_of(caller_of(request)), playback(request)
    if report.item_id:
        item, now = _item(report.item_id), container().adapters.clock.now()
        container().library.viewing.change(user, item, lambda data: data.started(item, now))
    return no_content()


@routes.view("/Sessions/Playing/Progress", "POST")
@operation(body=PlaybackReport)
@authenticated
def report_progress(request: Request) -> Response:
    """Take note of how far a user came."""
    user, report = user_of(caller_of(request)), playback(request)
    if report.item_id and report.position is not None:
        _reach(user, _item(report.item_id), report.position)
    return no_content()


@routes.view("/Sessions/Playing/Stopped", "POST")
@operation(body=PlaybackReport)
@authenticated
def report_stop(request: Request) -> Response:
    """Take note of where a user stopped; where that is not said, it was at the end."""
    user, report = user_of(caller_of(request)), playback(request)
    if report.item_id and not report.failed:
        _stop(user, _item(report.item_id), report.position)
    return no_content()


@routes.view("/Sessions/Playing/Ping", "POST")
@operation()
@authenticated
def report_ping(_request: Request) -> Response:
    """Take note that a client plays on, which nobody asks for."""
    return no_content()


@routes.view("/PlayingItems" + ITEM, "POST")
@routes.view(OF_USER + "/PlayingItems" + ITEM, "POST")
@operation(USER_ID)
@authenticated
def report_start_by_path(request: Request, item_id: str, user_id: str | None = None) -> Response:
    """Take note that a user begins to play an item, by Jellyfin's legacy path."""
    user, item, now = _user(request, user_id), _item(item_id), container().adapters.clock.now()
    container().library.viewing.change(user, item, lambda data: data.started(item, now))
    return no_content()


@routes.view("/PlayingItems" + ITEM + "/Progress", "POST")
@routes.view(OF_USER + "/PlayingItems" + ITEM + "/Progress", "POST")
@operation(USER_ID, POSITION_TICKS)
@authenticated
def report_progress_by_path(request: Request, item_id: str, user_id: str | None = None) -> Response:
    """Take note of how far a user came, by Jellyfin's legacy path."""
    user, position = _user(request, user_id), POSITION_TICKS.of(request.query)
    if position is not None:
        _reach(user, _item(item_id), position)
    return no_content()


@routes.view("/PlayingItems" + ITEM, "DELETE")
@routes.view(OF_USER + "/PlayingItems" + ITEM, "DELETE")
@operation(USER_ID, POSITION_TICKS)
@authenticated
def report_stop_by_path(request: Request, item_id: str, user_id: str | None = None) -> Response:
    """Take note of where a user stopped, by Jellyfin's legacy path."""
    user, position = _user(request, user_id), POSITION_TICKS.of(request.query)
    _stop(user, _item(item_id), position)
    return no_content()


def _change(
    request: Request, item_id: str, user_id: str | None, change: Callable[[UserData], UserData]
) -> Response:
    user, item = _user(request, user_id), _item(item_id)
    return _respond(request, item, container().library.viewing.change(user, item, change))


def _reach(user: str, item: Item, position: int) -> None:
    container().library.viewing.change(user, item, lambda data: data.reached(item, position))


def _stop(user: str, item: Item, position: int | None) -> None:
    if position is not None:
        _reach(user, item, position)
    else:
        container().library.viewing.change(user, item, lambda data: data.stopped(item))


def _user(request: Request, user_id: str | None) -> str:
    """Return whose data it is; raises InvalidInputError for an API key that names nobody."""
    viewer = viewer_of(request, user_id)
    if viewer is None:
        raise InvalidInputError(USER_ID.name, "An API key has no user; userId is required.")
    if request.identity is None or viewer != request.identity.user_id:
        container().accounts.users.find(viewer)
    return viewer


def _item(item_id: str) -> Item:
    return container().library.lists.find(guid("itemId", item_id))


def _respond(request: Request, item: Item, seen: Seen) -> Response:
    return json_response(request, user_data_dto(item.id, seen, item.metadata.run_time_ticks))
