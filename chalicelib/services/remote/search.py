"""Listing the artwork that other sites offer for an item."""

from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import Item, ItemType
from chalicelib.domain.remote.artwork import (
    ProviderInfo,
    RemoteImagePage,
    RemoteImageQuery,
    Subject,
    page,
    selected,
)
from chalicelib.errors import NotFoundError
from chalicelib.services.library.ports import Library
from chalicelib.services.remote.offers import OfferCollector
from chalicelib.services.remote.ports import RemoteImageProvider

_BELOW_A_SERIES = frozenset({ItemType.SEASON, ItemType.EPISODE})


@dataclass(frozen=True, slots=True)
class ArtworkSearch:
    """Asks providers for at most `longest`; `providers` are in the order of their answers."""

    library: Library
    providers: tuple[RemoteImageProvider, ...]
    offers: OfferCollector
    longest: timedelta

    def list(self, item_id: str, query: RemoteImageQuery, deadline: Deadline) -> RemoteImagePage:
        """Return a page of what the providers offer for an item; raises NotFoundError without the item."""
        item = self._item(item_id)
        able = [site for site in self.providers if _may_have(site, item.type, query.image_type)]
        asked = [site for site in able if _is_named(site, query.provider)]
        offers = self.offers.collect(asked, self._subject(item), deadline.within(self.longest))
        images = [
            image for site in asked for image in selected(offers.get(site.name, ()), query, item.language)
        ]
        return RemoteImagePage(page(images, query), len(images), tuple(site.name for site in able))

    def providers_of(self, item_id: str) -> tuple[ProviderInfo, ...]:
        """Return who may have images for an item; raises NotFoundError without the item."""
        item = self._item(item_id)
        infos = (ProviderInfo(site.name, site.image_types(item.type)) for site in self.providers)
        return tuple(info for info in infos if info.image_types)

    def _item(self, item_id: str) -> Item:
        if item := self.library.find(item_id):
            return item
        raise NotFoundError("The item does not exist.")

    def _subject(self, item: Item) -> Subject:
        series = self._series(item)
        return Subject(
            type=item.type,
            name=item.name,
            ids=frozenset(item.provider_ids.items()),
            series_ids=frozenset(series.provider_ids.items()) if series else frozenset(),
            season=item.index_number if item.type is ItemType.SEASON else item.parent_index_number,
            episode=item.index_number if item.type is ItemType.EPISODE else None,
        )

    def _series(self, item: Item) -> Item | None:
        if item.type in _BELOW_A_SERIES and item.series_id:
            return self.library.find(item.series_id)
        return None


def _may_have(provider: RemoteImageProvider, item_type: ItemType, image_type: ImageType | None) -> bool:
    types = provider.image_types(item_type)
    return image_type in types if image_type else bool(types)


def _is_named(provider: RemoteImageProvider, name: str | None) -> bool:
    return not name or provider.name.lower() == name.lower()
