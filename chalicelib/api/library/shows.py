"""Series: seasons, episodes, what comes next, what is still to be shown."""

from dataclasses import replace

from chalice.app import Response

from chalicelib.container import container, identity_of
from chalicelib.domain.library.items import Item
from chalicelib.domain.library.queries import ItemQuery, Page
from chalicelib.web.library.queries import IS_MISSING, PARENT_ID, wanted
from chalicelib.web.library.responses import respond_with_page, viewer_of
from chalicelib.web.library.schemas.items import BaseItemDtoQueryResult
from chalicelib.web.library.shows import (
    EPISODES,
    IS_SPECIAL_SEASON,
    NEXT_UP,
    SEASONS,
    UPCOMING,
    episode_order,
    episode_query,
    next_up_query,
    page_query,
)
from chalicelib.web.protocol.auth import authenticated
from chalicelib.web.protocol.blueprint import Routes
from chalicelib.web.protocol.declarations.operations import operation
from chalicelib.web.protocol.declarations.parameters import guid
from chalicelib.web.protocol.request import Request

routes = Routes(__name__, identity_of)

SHOWS = "/Shows"
NOTHING: Page[Item] = Page((), 0, 0)


@routes.view(SHOWS + "/{series_id}/Seasons", "GET")
@operation(*SEASONS, answers=BaseItemDtoQueryResult)
@authenticated
def list_seasons(request: Request, series_id: str) -> Response:
    """List the seasons of a series."""
    viewer = viewer_of(request)
    told, special = wanted(request, viewer), IS_SPECIAL_SEASON.of(request.query)
    is_missing = IS_MISSING.of(request.query)
    shows, query = container().library.shows, ItemQuery(user_id=viewer)
    page = shows.seasons(guid("seriesId", series_id), query, special=special)
    return respond_with_page(container(), request, NOTHING if is_missing else page, told)


@routes.view(SHOWS + "/{series_id}/Episodes", "GET")
@operation(*EPISODES, answers=BaseItemDtoQueryResult)
@authenticated
def list_episodes(request: Request, series_id: str) -> Response:
    """List episodes of a series."""
    viewer = viewer_of(request)
    told, which, is_missing = wanted(request, viewer), episode_query(request), IS_MISSING.of(request.query)
    query = replace(page_query(request, viewer), order=episode_order(request))
    page = container().library.shows.episodes(guid("seriesId", series_id), which, query)
    return respond_with_page(container(), request, NOTHING if is_missing else page, told)


@routes.view(SHOWS + "/NextUp", "GET")
@operation(*NEXT_UP, answers=BaseItemDtoQueryResult)
@authenticated
def list_next_up(request: Request) -> Response:
    """List the next episode of each series that a user watches."""
    viewer = viewer_of(request)
    told, which = wanted(request, viewer), next_up_query(request)
    query = replace(page_query(request, viewer), parent_id=PARENT_ID.of(request.query))
    return respond_with_page(container(), request, container().library.shows.next_up(which, query), told)


@routes.view(SHOWS + "/Upcoming", "GET")
@operation(*UPCOMING, answers=BaseItemDtoQueryResult)
@authenticated
def list_upcoming(request: Request) -> Response:
    """List episodes that are still to be shown."""
    viewer = viewer_of(request)
    told = wanted(request, viewer)
    query = replace(page_query(request, viewer), parent_id=PARENT_ID.of(request.query))
    return respond_with_page(container(), request, container().library.shows.upcoming(query), told)
