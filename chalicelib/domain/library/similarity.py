"""How much two items have in common."""

from collections.abc import Iterable

from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.names import name_key

_GENRE, _TAG, _STUDIO, _PERSON = 10, 5, 3, 3
_RATING, _YEARS_APART = 2, 10


def similar(entry: Entry, others: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return those that have something in common with an entry, the most similar first."""
    scores = ((likeness(entry, other), other) for other in others if other.id != entry.id)
    found = [(score, other) for score, other in scores if score > 0]
    found.sort(key=lambda pair: (-pair[0], pair[1].sort_name, pair[1].id))
    return tuple(other for _, other in found)


def likeness(one: Entry, other: Entry) -> int:
    """Score what two entries share: genres most; years and ratings tip the scales where they share anything."""
    shared = (
        _GENRE * _common(one.genres, other.genres)
        + _TAG * _common(one.tags, other.tags)
        + _STUDIO * _common(one.studios, other.studios)
        + _PERSON * len(set(one.mentions) & set(other.mentions))
    )
    return shared + _close(one, other) if shared else 0


def _close(one: Entry, other: Entry) -> int:
    same_rating = one.official_rating is not None and one.official_rating == other.official_rating
    apart = abs(one.year - other.year) if one.year and other.year else _YEARS_APART
    return _RATING * same_rating + (apart < _YEARS_APART) + (apart < _YEARS_APART // 2)


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    return len(set(map(name_key, one)) & set(map(name_key, other)))
