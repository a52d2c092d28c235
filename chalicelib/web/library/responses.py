"""Answers about items: one of them, a page of them, hints for a search."""

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from chalice.app import Response

from chalicelib.domain.images.images import ImageType, OwnerImages
from chalicelib.domain.library.items import Item
from chalicelib.domain.library.queries import Page
from chalicelib.errors import ForbiddenError
from chalicelib.services.library.lists import LibraryLists
from chalicelib.services.library.named_items import Counts, NamedItems
from chalicelib.services.library.viewing import Viewing
from chalicelib.settings import Settings
from chalicelib.web.library.artwork import artwork_dtos
from chalicelib.web.library.dto import Surroundings, item_dto
from chalicelib.web.library.pictures import ImagesById
from chalicelib.web.library.queries import Wanted, everything
from chalicelib.web.library.schemas.items import (
    BaseItemDto,
    BaseItemDtoQueryResult,
    SearchHint,
    SearchHintResult,
)
from chalicelib.web.protocol.declarations.parameters import guid
from chalicelib.web.protocol.declarations.query import USER_ID
from chalicelib.web.protocol.declarations.shapes import shaped
from chalicelib.web.protocol.request import Request
from chalicelib.web.protocol.responses import json_response

if TYPE_CHECKING:
    from chalicelib.web.library.schemas.artwork import ItemArtworkQueryResult


class LibraryUseCases(Protocol):
    """The use cases around items."""

    @property
    def lists(self) -> LibraryLists:
        """Return the use cases that read the library."""
        ...

    @property
    def named_items(self) -> NamedItems:
        """Return the use cases that read named items."""
        ...

    @property
    def viewing(self) -> Viewing:
        """Return the use cases around what users have done with items."""
        ...


class LibrarySources(Protocol):
    """Where items come from."""

    @property
    def library(self) -> LibraryUseCases:
        """Return the use cases around items."""
        ...

    @property
    def settings(self) -> Settings:
        """Return the settings."""
        ...


def respond_with_item(
    sources: LibrarySources, request: Request, item: Item, viewer_id: str | None
) -> Response:
    """Answer one item with all that is known of it."""
    return json_response(request, item_dtos(sources, [item], everything(request, viewer_id))[0])


def respond_with_page(sources: LibrarySources, request: Request, page: Page[Item], told: Wanted) -> Response:
    """Answer a part of a list, with as much of each item as the query asks for."""
    items = fitting(item_dtos(sources, page.items, told), sources.settings.max_inline_bytes)
    body: BaseItemDtoQueryResult = {
        "Items": items,
        "TotalRecordCount": page.total,
        "StartIndex": page.start_index,
    }
    return json_response(request, body)


def respond_with_artwork(sources: LibrarySources, request: Request, page: Page[Item]) -> Response:
    """Answer what artwork the items of a part of a list have."""
    dtos = artwork_dtos(page.items, sources.library.lists.images_around(page.items))
    items = fitting(dtos, sources.settings.max_inline_bytes)
    body: ItemArtworkQueryResult = {
        "Items": items,
        "TotalRecordCount": page.total,
        "StartIndex": page.start_index,
    }
    return json_response(request, body)


def respond_with_items(sources: LibrarySources, request: Request, page: Page[Item], told: Wanted) -> Response:
    """Answer a bare list of items, which is what Jellyfin gives for the newest."""
    items = item_dtos(sources, page.items, told)
    return json_response(request, fitting(items, sources.settings.max_inline_bytes))


def respond_with_hints(sources: LibrarySources, request: Request, page: Page[Item]) -> Response:
    """Answer what a search found, in the shape of Jellyfin's SearchHint."""
    images = sources.library.lists.images_around(page.items)
    hints = [_hint(item, images) for item in page.items]
    body: SearchHintResult = {"SearchHints": hints, "TotalRecordCount": page.total}
    return json_response(request, body)


def viewer_of(request: Request, user_id: str | None = None) -> str | None:
    """Return whose view of the library is asked for, None for an API key's own.

    A user may ask for its own only, an administrator for anybody's: else raises ForbiddenError.
    """
    about = guid("userId", user_id) if user_id else USER_ID.of(request.query)
    if about and request.identity and not request.identity.may_act_for(about):
        raise ForbiddenError("Only an administrator may see the library as somebody else.")
    return about or (request.identity.user_id if request.identity else None)


def fitting[D: Mapping[str, object]](items: Iterable[D], limit: int) -> list[D]:
    """Return as many of the first items as an answer of so many bytes can hold.

    A client that reads on at the number of items it got misses none.
    """
    kept: list[D] = []
    for item in items:
        limit -= len(json.dumps(shaped(item, camel_case=False), ensure_ascii=False).encode())
        if limit < 0:
            break
        kept.append(item)
    return kept


def item_dtos(sources: LibrarySources, items: Iterable[Item], what: Wanted) -> list[BaseItemDto]:
    """Return items with as much of each as is wanted."""
    shown = tuple(items)
    library = sources.library
    around = Surroundings(
        library.lists.images_around(shown, with_people=what.field("People")),
        library.viewing.seen(what.viewer_id, shown) if what.viewer_id else {},
        _counts(library.named_items, shown, what),
    )
    return [item_dto(item, around, what, sources.settings.server_id) for item in shown]


def _counts(named_items: NamedItems, items: Iterable[Item], what: Wanted) -> Mapping[str, Counts]:
    """Count what mentions each named item, where that is asked for: it is one reading of the whole library."""
    named = [item for item in items if item.type.is_named]
    return named_items.counts(named) if named and what.field("ItemCounts") else {}


def _hint(item: Item, images: ImagesById) -> SearchHint:
    """Return a hint; the pictures are the item's own."""
    own = images.get(item.id)
    primary, thumb, backdrop = (
        own.find(image_type) if own else None
        for image_type in (ImageType.PRIMARY, ImageType.THUMB, ImageType.BACKDROP)
    )
    return {
        "ItemId": item.id,
        "Id": item.id,
        "Name": item.name,
        "Type": item.type,
        "MediaType": item.type.media_type,
        "IsFolder": item.type.is_folder,
        "ProductionYear": item.year,
        "IndexNumber": item.index_number,
        "ParentIndexNumber": item.parent_index_number,
        "PrimaryImageTag": primary.tag if primary else None,
        "PrimaryImageAspectRatio": primary.facts.width / primary.facts.height if primary else None,
        "ThumbImageTag": thumb.tag if thumb else None,
        "ThumbImageItemId": item.id if thumb else None,
        "BackdropImageTag": backdrop.tag if backdrop else None,
        "BackdropImageItemId": item.id if backdrop else None,
        "Artists": [mention.name for mention in item.artists],
        "AlbumArtist": item.album_artists[0].name if item.album_artists else None,
        "AlbumId": item.album_id,
        "Album": _name(images.get(item.album_id or "")),
        "Series": _name(images.get(item.series_id or "")),
    }


def _name(images: OwnerImages | None) -> str | None:
    return images.name if images else None
