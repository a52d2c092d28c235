"""What the query of seasons, episodes and what comes next may say."""

from chalicelib.domain.library.queries import ItemQuery, Order, SortBy
from chalicelib.services.library.shows import EpisodeQuery, NextUpQuery
from chalicelib.web.library.queries import COUNT_ALL, IS_MISSING, PARENT_ID, SORT_BY, TOLD
from chalicelib.web.protocol.declarations.query import LIMIT, START_INDEX, Id, Integer, Moment, Truth
from chalicelib.web.protocol.request import Request

IS_SPECIAL_SEASON = Truth("isSpecialSeason", "whether to list the season of specials alone, or all others")
ADJACENT_TO = Id("adjacentTo", "an episode, to be listed with the ones before and after it")
SEASON = Integer("season", "the number of the season")
SEASON_ID = Id("seasonId", "the season; it comes before its number")
START_ITEM_ID = Id("startItemId", "the first episode to list")
SERIES_ID = Id("seriesId", "the one series that is asked about")
CUTOFF = Moment("nextUpDateCutoff", "the day since when a series must have been watched")
DISABLE_FIRST = Truth("disableFirstEpisode", "whether the first episode of the one series may not come next")
ENABLE_RESUMABLE = Truth(
    "enableResumable", "whether an episode that was begun may come next; yes if not given"
)
PAGED = (START_INDEX, LIMIT, COUNT_ALL)

SEASONS = (*TOLD, IS_SPECIAL_SEASON, IS_MISSING)
EPISODES = (*TOLD, *PAGED, SEASON, SEASON_ID, START_ITEM_ID, ADJACENT_TO, SORT_BY, IS_MISSING)
NEXT_UP = (*TOLD, *PAGED, PARENT_ID, SERIES_ID, CUTOFF, DISABLE_FIRST, ENABLE_RESUMABLE)
UPCOMING = (*TOLD, *PAGED, PARENT_ID)


def page_query(request: Request, viewer_id: str | None) -> ItemQuery:
    """Read which part of a list is wanted."""
    return ItemQuery(
        user_id=viewer_id,
        start_index=START_INDEX.of(request.query) or 0,
        limit=LIMIT.of(request.query),
        count_all=COUNT_ALL.of(request.query) is not False,
    )


def episode_query(request: Request) -> EpisodeQuery:
    """Read which episodes of a series are wanted."""
    query = request.query
    season_id, season = SEASON_ID.of(query), SEASON.of(query)
    return EpisodeQuery(
        season_id=season_id,
        season=None if season_id else season,
        start_item_id=START_ITEM_ID.of(query),
        adjacent_to=ADJACENT_TO.of(query),
    )


def episode_order(request: Request) -> tuple[Order, ...]:
    """Read the order of episodes: as they were aired, unless at random."""
    words = [word.lower() for word in SORT_BY.of(request.lists)]
    return (Order(SortBy.RANDOM),) if words == ["random"] else ()


def next_up_query(request: Request) -> NextUpQuery:
    """Read of which series the next episodes are wanted."""
    query, cutoff = request.query, CUTOFF.of(request.query)
    return NextUpQuery(
        series_id=SERIES_ID.of(query),
        watched_since=cutoff.isoformat() if cutoff else "",
        first=DISABLE_FIRST.of(query) is not True,
        resumable=ENABLE_RESUMABLE.of(query) is not False,
    )
