"""Which known item a title means: by an id at another site first, then by name and year.

An item whose id at one of the title's sites differs never matches, however alike the names are.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.names import loose_key, name_key, squeezed_key
from chalicelib.domain.library.naming.titles import Title


@dataclass(frozen=True, slots=True)
class KnownItem:
    """An item as far as matching needs it.

    `place` is what must be equal besides: the parent of a season or an episode, the artist of an album.
    """

    id: str
    type: ItemType
    name: str
    year: int | None = None
    provider_ids: Mapping[str, str] = field(default_factory=dict)
    place: Hashable = None

    def __str__(self) -> str:
        return f"{self.name} ({self.year})" if self.year else self.name


@dataclass(frozen=True, slots=True)
class Match:
    """The items that a title means, several when it does not tell them apart; else those that it nearly means."""

    items: tuple[KnownItem, ...] = ()
    near: tuple[KnownItem, ...] = ()


class ItemMatcher:
    """Known items, found by their ids, names and years."""

    def __init__(self, items: Iterable[KnownItem] = ()) -> None:
        self._by_site: dict[Hashable, list[KnownItem]] = defaultdict(list)
        self._by_name: dict[Hashable, list[KnownItem]] = defaultdict(list)
        for item in items:
            self.add(item)

    def add(self, item: KnownItem) -> None:
        """Know one more item."""
        for site, number in item.provider_ids.items():
            self._by_site[site, number].append(item)
        for key in _keys(item.name):
            self._by_name[key].append(item)

    def has_any(self, provider_ids: Mapping[str, str]) -> bool:
        """Tell whether an item with one of some ids at other sites is known."""
        return any(self._by_site.get(pair) for pair in provider_ids.items())

    def match(self, title: Title, types: Collection[ItemType], place: Hashable = None) -> Match:
        """Return the items of some types that a title means: by id, else by name, else by what disks spell."""

        def fits(item: KnownItem) -> bool:
            return item.type in types and item.place == place

        if same := _unique(
            item for pair in title.provider_ids.items() for item in self._by_site.get(pair, ()) if fits(item)
        ):
            return Match(same)
        exact, loose, squeezed = (self._named(key, fits) for key in _keys(title.name))
        for named in (exact, loose):
            possible = [item for item in named if not _differs(item, title)]
            if found := _of_year(possible, title.year):
                return Match(found)
        return Match(
            near=tuple(item for item in _unique((*exact, *loose, *squeezed)) if _is_near(item, title))
        )

    def _named(self, key: Hashable, fits: Callable[[KnownItem], bool]) -> list[KnownItem]:
        return [item for item in self._by_name.get(key, ()) if fits(item)]


def _keys(name: str) -> tuple[Hashable, Hashable, Hashable]:
    return ("exact", name_key(name)), ("loose", loose_key(name)), ("squeezed", squeezed_key(name))


def _of_year(items: list[KnownItem], year: int | None) -> tuple[KnownItem, ...]:
    """Return the items of a year, else those without one; without a year to look for, all."""
    if year is None:
        return tuple(items)
    return tuple(item for item in items if item.year == year) or tuple(
        item for item in items if item.year is None
    )


def _differs(item: KnownItem, title: Title) -> bool:
    """Tell whether an item has another id at one of the title's sites."""
    ids = item.provider_ids
    return any(ids.get(site, number) != number for site, number in title.provider_ids.items())


def _is_near(item: KnownItem, title: Title) -> bool:
    return item.year is None or title.year is None or abs(item.year - title.year) < 2  # noqa: PLR2004  # years


def _unique(items: Iterable[KnownItem]) -> tuple[KnownItem, ...]:
    return tuple({item.id: item for item in items}.values())
