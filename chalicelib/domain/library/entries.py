"""Entries: the little of an item that lists are filtered and sorted by."""

from dataclasses import dataclass
from typing import Self

from chalicelib.domain.library.items import Item, ItemType


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as it stands in a list; its times are ISO 8601 texts in UTC, which sort as time does.

    `genres` and `studios` are names; `mentions` are the ids of all named items that the item mentions, and
    `album_artists` those of its album artists.
    """

    id: str
    type: ItemType
    name: str
    sort_name: str
    created: str
    ancestors: tuple[str, ...] = ()
    year: int | None = None
    index_number: int | None = None
    parent_index_number: int | None = None
    genres: tuple[str, ...] = ()
    studios: tuple[str, ...] = ()
    artists: tuple[str, ...] = ()
    album_artists: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    official_rating: str | None = None
    community_rating: float | None = None
    premiered: str | None = None
    run_time_ticks: int | None = None

    @classmethod
    def of(cls, item: Item) -> Self:
        """Take from an item what lists need."""
        return cls(
            id=item.id,
            type=item.type,
            name=item.name,
            sort_name=item.sort_name,
            created=item.created.isoformat(),
            ancestors=item.ancestors,
            year=item.year,
            index_number=item.index_number,
            parent_index_number=item.parent_index_number,
            genres=tuple(mention.name for mention in item.genres),
            studios=tuple(mention.name for mention in item.studios),
            artists=tuple(mention.name for mention in item.artists),
            album_artists=tuple(mention.id for mention in item.album_artists),
            mentions=tuple(sorted(item.mentioned_ids())),
            tags=item.metadata.tags,
            official_rating=item.metadata.official_rating or None,
            community_rating=item.metadata.community_rating,
            premiered=item.metadata.premiered or None,
            run_time_ticks=item.metadata.run_time_ticks,
        )
