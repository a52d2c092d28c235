"""What a library holds, in numbers and in the words by which it can be narrowed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.items import Item, ItemType, Mention
from chalicelib.domain.library.names import name_key
from chalicelib.domain.library.queries import ItemQuery
from chalicelib.domain.library.selection import selected
from chalicelib.domain.library.user_data import UserBook
from chalicelib.services.library.entries import EntryFinder
from chalicelib.services.library.listed import ListedPages
from chalicelib.services.library.ports import Library
from chalicelib.services.library.viewing import Viewing


@dataclass(frozen=True, slots=True)
class FilterWords:
    """The words that items of a list have, each once and sorted."""

    genres: tuple[str, ...]
    tags: tuple[str, ...]
    official_ratings: tuple[str, ...]
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Summaries:
    """Reads of whole lists, of which no item is shown."""

    library: Library
    finder: EntryFinder
    viewing: Viewing

    def words(self, query: ItemQuery) -> FilterWords:
        """Return the words of the items that a query asks for."""
        entries = selected(self.finder.find(query, {}), query)
        return FilterWords(
            genres=_once(genre for entry in entries for genre in entry.genres),
            tags=_once(tag for entry in entries for tag in entry.tags),
            official_ratings=_once(entry.official_rating for entry in entries if entry.official_rating),
            years=tuple(sorted({entry.year for entry in entries if entry.year})),
        )

    def genres(self, query: ItemQuery) -> tuple[Mention, ...]:
        """Return the genres of the items that a query asks for, with their ids."""
        mentioned = {
            mention for entry in selected(self.finder.find(query, {}), query) for mention in entry.mentions
        }
        kinds = (ItemType.GENRE, ItemType.MUSIC_GENRE)
        genres = (entry for kind in kinds for entry in self.library.of_type(kind) if entry.id in mentioned)
        return tuple(Mention(genre.name, genre.id) for genre in sorted(genres, key=_by_name))

    def counts(self, user_id: str | None, favourite: bool | None) -> Mapping[ItemType, int]:  # noqa: FBT001  # what a client asks, or None
        """Return how many items of each type there are, of the user's favourites alone or of all others."""
        book = self.viewing.book(user_id) if favourite is not None else {}
        if favourite:
            return _counted(self.library.find_many(_favourites(book)).values())
        counts = ListedPages(self.library).counts()
        if counts is None:
            counts = {kind: len(self.library.of_type(kind)) for kind in ItemType}
        if favourite is False:
            loved = _counted(self.library.find_many(_favourites(book)).values())
            return {kind: count - loved.get(kind, 0) for kind, count in counts.items()}
        return counts


def _favourites(book: UserBook) -> list[str]:
    return [item_id for item_id, data in book.items() if data.is_favourite]


def _counted(items: Iterable[Item]) -> dict[ItemType, int]:
    counts: dict[ItemType, int] = {}
    for item in items:
        counts[item.type] = counts.get(item.type, 0) + 1
    return counts


def _once(words: Iterable[str]) -> tuple[str, ...]:
    """Return words without repetition; of several spellings the first."""
    first: dict[str, str] = {}
    for word in words:
        first.setdefault(name_key(word), word)
    return tuple(first[key] for key in sorted(first))


def _by_name(entry: Entry) -> str:
    return entry.sort_name
