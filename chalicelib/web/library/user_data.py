"""What users have done with items, in Jellyfin's shape."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib.domain.library.user_data import UserData
from chalicelib.services.library.viewing import Seen
from chalicelib.web.library.schemas.items import UserItemData
from chalicelib.web.protocol.declarations.json_fields import JsonFields
from chalicelib.web.protocol.declarations.query import Moment, Ticks, Truth
from chalicelib.web.protocol.declarations.shapes import date_time
from chalicelib.web.protocol.request import Request

MAX_BODY_BYTES = 65_536
LIKES = Truth("likes", "whether the user likes the item")
DATE_PLAYED = Moment("datePlayed", "when the user played the item; now where it is not given")
POSITION_TICKS = Ticks("positionTicks", "how far the user came, in units of 100 ns")

_TICKS = range(2**63)


@dataclass(frozen=True, slots=True)
class Playback:
    """What a client plays; `position` counts ticks, None where it is not said."""

    item_id: str | None
    position: int | None
    failed: bool


def user_data_dto(item_id: str, seen: Seen, run_time_ticks: int | None) -> UserItemData:
    """Return Jellyfin's UserItemDataDto; of a folder it is played when all below it is."""
    data, tally = seen.data, seen.tally
    return {
        "Rating": data.rating,
        "PlayedPercentage": tally.percentage if tally else _percentage(data, run_time_ticks),
        "UnplayedItemCount": tally.unplayed if tally else None,
        "PlaybackPositionTicks": data.position_ticks,
        "PlayCount": data.play_count,
        "IsFavorite": data.is_favourite,
        "Likes": data.likes,
        "LastPlayedDate": date_time(datetime.fromisoformat(data.last_played)) if data.last_played else None,
        "Played": tally.is_played if tally else data.is_played,
        "Key": item_id,
        "ItemId": item_id,
    }


def user_data_change(request: Request) -> Callable[[UserData], UserData]:
    """Read a change of what a user has done; what is left out or null stays."""
    fields = JsonFields.of_body(request, MAX_BODY_BYTES)
    last_played = fields.date("LastPlayedDate")
    said: dict[str, Any] = {
        "rating": fields.decimal("Rating", 0, 100),
        "position_ticks": fields.integer("PlaybackPositionTicks", _TICKS),
        "play_count": fields.integer("PlayCount"),
        "is_favourite": fields.boolean("IsFavorite"),
        "likes": fields.boolean("Likes"),
        "is_played": fields.boolean("Played"),
        "last_played": last_played.isoformat() if last_played else None,
    }
    given = {name: value for name, value in said.items() if value is not None}
    return lambda data: replace(data, **given)


def playback(request: Request) -> Playback:
    """Read what a client says of what it plays."""
    fields = JsonFields.of_body(request, MAX_BODY_BYTES)
    return Playback(
        item_id=fields.guid("ItemId"),
        position=fields.integer("PositionTicks", _TICKS),
        failed=fields.boolean("Failed") is True,
    )


def with_favourite(*, is_favourite: bool) -> Callable[[UserData], UserData]:
    """Return the change that makes an item a favourite, or none."""
    return lambda data: replace(data, is_favourite=is_favourite)


def liked(*, likes: bool | None) -> Callable[[UserData], UserData]:
    """Return the change that says whether a user likes an item."""
    return lambda data: replace(data, likes=likes)


def _percentage(data: UserData, run_time_ticks: int | None) -> float | None:
    if not run_time_ticks or not data.position_ticks:
        return None
    return 100 * data.position_ticks / run_time_ticks
