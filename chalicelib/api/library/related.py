"""What belongs to an item, and what whole lists hold."""

from dataclasses import replace

from chalice.app import Response

from chalicelib.container import container, identity_of
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.queries import ItemQuery
from chalicelib.domain.library.root import ROOT
from chalicelib.web.library.overviews import (
    filters,
    legacy_filters,
    library_counts,
    no_theme,
    no_themes,
    recommendation_dtos,
)
from chalicelib.web.library.queries import (
    EXCLUDED_ARTIST_IDS,
    IS_FAVORITE,
    LISTED,
    MEDIA_TYPES,
    PARENT_ID,
    TOLD,
    TYPES,
    everything,
    filter_query,
    item_query,
    suggestion_query,
    wanted,
)
from chalicelib.web.library.responses import (
    item_dtos,
    respond_with_item,
    respond_with_page,
    viewer_of,
)
from chalicelib.web.library.schemas.items import BaseItemDto, BaseItemDtoQueryResult
from chalicelib.web.library.schemas.overviews import (
    AllThemeMediaResult,
    LibraryCounts,
    QueryFilters,
    QueryFiltersLegacy,
    RecommendationDto,
    ThemeMediaResult,
)
from chalicelib.web.library.shows import PAGED, page_query
from chalicelib.web.protocol.auth import authenticated
from chalicelib.web.protocol.blueprint import Routes
from chalicelib.web.protocol.declarations.operations import operation
from chalicelib.web.protocol.declarations.parameters import guid
from chalicelib.web.protocol.declarations.query import LIMIT, USER_ID, Integer, Words
from chalicelib.web.protocol.request import Request
from chalicelib.web.protocol.responses import json_response

routes = Routes(__name__, identity_of)

ITEMS = "/Items"
ITEM = ITEMS + "/{item_id}"
OF_USER = "/Users/{user_id}"
CATEGORY_LIMIT = Integer("categoryLimit", "how many reasons to name at most, 5 if not given")
ITEM_LIMIT = Integer("itemLimit", "how many items to name for each reason at most, 8 if not given")
SUGGESTED_TYPE = Words("type", "the types of item to suggest")
NARROWED = (USER_ID, PARENT_ID, TYPES, MEDIA_TYPES)


@routes.view(ITEMS + "/Filters", "GET")
@operation(*NARROWED, answers=QueryFiltersLegacy)
@authenticated
def list_filter_words(request: Request) -> Response:
    """List the words by which a list can be narrowed."""
    query = filter_query(request, viewer_of(request))
    return json_response(request, legacy_filters(container().library.summaries.words(query)))


@routes.view(ITEMS + "/Filters2", "GET")
@operation(*NARROWED, answers=QueryFilters)
@authenticated
def list_filters(request: Request) -> Response:
    """List the words by which a list can be narrowed, genres with their ids."""
    query, summaries = filter_query(request, viewer_of(request)), container().library.summaries
    return json_response(request, filters(summaries.genres(query), summaries.words(query)))


@routes.view(ITEMS + "/Counts", "GET")
@operation(USER_ID, IS_FAVORITE, answers=LibraryCounts)
@authenticated
def count_items(request: Request) -> Response:
    """Tell how many items of each type there are."""
    viewer, favourite = viewer_of(request), IS_FAVORITE.of(request.query)
    return json_response(request, library_counts(container().library.summaries.counts(viewer, favourite)))


@routes.view(ITEMS + "/Root", "GET")
@routes.view(OF_USER + ITEMS + "/Root", "GET")
@operation(USER_ID, answers=BaseItemDto)
@authenticated
def get_root_folder(request: Request, user_id: str | None = None) -> Response:
    """Answer the root of the library, which holds the items at the top."""
    return respond_with_item(container(), request, ROOT, viewer_of(request, user_id))


@routes.view(ITEMS + "/Suggestions", "GET")
@routes.view(OF_USER + "/Suggestions", "GET")
@operation(*TOLD, *PAGED, MEDIA_TYPES, SUGGESTED_TYPE, answers=BaseItemDtoQueryResult)
@authenticated
def list_suggestions(request: Request, user_id: str | None = None) -> Response:
    """List items at random."""
    viewer = viewer_of(request, user_id)
    told, page = wanted(request, viewer), page_query(request, viewer)
    query = suggestion_query(request, page, SUGGESTED_TYPE.of(request.lists))
    return respond_with_page(container(), request, container().library.relations.suggestions(query), told)


@routes.view(ITEM + "/Ancestors", "GET")
@operation(USER_ID, answers=list[BaseItemDto])
@authenticated
def list_ancestors(request: Request, item_id: str) -> Response:
    """List what is above an item, the nearest first."""
    viewer = viewer_of(request)
    above = container().library.relations.ancestors(guid("itemId", item_id))
    return json_response(request, item_dtos(container(), above, everything(request, viewer)))


@routes.view(ITEM + "/Collections", "GET")
@operation(*TOLD, *PAGED, answers=BaseItemDtoQueryResult)
@authenticated
def list_collections(request: Request, item_id: str) -> Response:
    """List the box sets that an item lies in."""
    viewer = viewer_of(request)
    told, query = wanted(request, viewer), page_query(request, viewer)
    page = container().library.relations.collections(guid("itemId", item_id), query)
    return respond_with_page(container(), request, page, told)


@routes.view(ITEM + "/Similar", "GET")
@routes.view("/Artists/{item_id}/Similar", "GET")
@routes.view("/Albums/{item_id}/Similar", "GET")
@routes.view("/Movies/{item_id}/Similar", "GET")
@routes.view("/Shows/{item_id}/Similar", "GET")
@routes.view("/Trailers/{item_id}/Similar", "GET")
@operation(*TOLD, LIMIT, EXCLUDED_ARTIST_IDS, answers=BaseItemDtoQueryResult)
@authenticated
def list_similar_items(request: Request, item_id: str) -> Response:
    """List the items that have most in common with an item."""
    viewer = viewer_of(request)
    told, excluded = wanted(request, viewer), EXCLUDED_ARTIST_IDS.of(request.lists)
    query = ItemQuery(limit=LIMIT.of(request.query), excluded_artists=frozenset(excluded))
    page = container().library.relations.similar(guid("itemId", item_id), query)
    return respond_with_page(container(), request, page, told)


@routes.view(ITEM + "/InstantMix", "GET")
@routes.view("/Artists/{item_id}/InstantMix", "GET")
@routes.view("/Albums/{item_id}/InstantMix", "GET")
@routes.view("/Songs/{item_id}/InstantMix", "GET")
@routes.view("/Playlists/{item_id}/InstantMix", "GET")
@operation(*TOLD, LIMIT, answers=BaseItemDtoQueryResult)
@authenticated
def list_instant_mix(request: Request, item_id: str) -> Response:
    """List songs that have much in common with an item."""
    viewer = viewer_of(request)
    told, query = wanted(request, viewer), ItemQuery(limit=LIMIT.of(request.query))
    page = container().library.relations.instant_mix(guid("itemId", item_id), query)
    return respond_with_page(container(), request, page, told)


@routes.view(ITEM + "/ThemeMedia", "GET")
@operation(answers=AllThemeMediaResult)
@authenticated
def list_theme_media(request: Request, item_id: str) -> Response:
    """List no theme songs or videos."""
    return json_response(request, no_themes(_known(item_id)))


@routes.view(ITEM + "/ThemeSongs", "GET")
@routes.view(ITEM + "/ThemeVideos", "GET")
@operation(answers=ThemeMediaResult)
@authenticated
def list_themes(request: Request, item_id: str) -> Response:
    """List no theme songs or videos."""
    return json_response(request, no_theme(_known(item_id)))


@routes.view("/Movies/Recommendations", "GET")
@operation(*TOLD, PARENT_ID, CATEGORY_LIMIT, ITEM_LIMIT, answers=list[RecommendationDto])
@authenticated
def list_recommendations(request: Request) -> Response:
    """List films like those that a user played or likes."""
    viewer = viewer_of(request)
    told = wanted(request, viewer)
    query = ItemQuery(user_id=viewer, parent_id=PARENT_ID.of(request.query))
    categories, items = CATEGORY_LIMIT.of(request.query), ITEM_LIMIT.of(request.query)
    found = container().library.relations.recommendations(
        query, 5 if categories is None else categories, 8 if items is None else items
    )
    return json_response(request, recommendation_dtos(container(), found, told))


@routes.view("/Trailers", "GET")
@operation(*LISTED, answers=BaseItemDtoQueryResult)
@authenticated
def list_trailers(request: Request) -> Response:
    """List the trailers that the query asks for."""
    viewer = viewer_of(request)
    query, told = item_query(request, viewer), wanted(request, viewer)
    trailers = replace(query, recursive=True, types=frozenset({ItemType.TRAILER}))
    return respond_with_page(container(), request, container().library.lists.page(trailers), told)


def _known(item_id: str) -> str:
    """Return the id of an item that exists; raises NotFoundError."""
    return container().library.lists.find(guid("itemId", item_id)).id
