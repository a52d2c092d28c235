"""What a search finds: names by how they begin, and by how any of their first words begins, as keys in order.

A search reads the keys that begin with its term and no others, so it costs the same in any library.
"""

import re
from dataclasses import dataclass
from itertools import islice

from chalicelib.domain.library.items import Item
from chalicelib.domain.library.names import search_key

ANY_KIND = "any"
"""All kinds but those of named items."""

MOST_WORDS = 8
"""Of a name, for each of which a key is written, and another without the item's kind."""

_LONGEST = 200
"""Bytes of a name in a key."""

_WORD = re.compile(r"(?<!\w)\w")


@dataclass(frozen=True, slots=True, order=True)
class Find:
    """A key by which an item is found, and the partition that it is in."""

    partition: str
    key: str


def finds_of(item: Item) -> frozenset[Find]:
    """Return the keys by which an item is found."""
    scope = item.ancestors[0] if item.ancestors else ""
    kinds = (item.type.value,) if item.type.is_named else (item.type.value, ANY_KIND)
    return frozenset(
        Find(partition_of(kind, text, is_name=n == 0), f"{text}\0{scope}\0{item.id}")
        for n, text in enumerate(_texts(item.name))
        for kind in kinds
    )


def term_of(text: str) -> str:
    """Return what the keys that a search term finds begin with."""
    return _cut(search_key(text))


def partition_of(kind: str, text: str, *, is_name: bool) -> str:
    """Return the partition of a text: by its first character, names and other words apart."""
    return f"find#{kind}#{'name' if is_name else 'word'}#{text[:1]}"


def scope_and_id(key: str) -> tuple[str, str]:
    """Return in which scope a key's item is, and its id."""
    _, scope, item_id = key.rsplit("\0", 2)
    return scope, item_id


def _texts(name: str) -> list[str]:
    """Return a name and what is left of it from each of its further words on."""
    key = search_key(name).replace("\0", " ")
    starts = [match.start() for match in islice(_WORD.finditer(key), MOST_WORDS) if match.start()]
    return [text for text in (_cut(key[start:]) for start in (0, *starts)) if text][:MOST_WORDS]


def _cut(text: str) -> str:
    return text.encode()[:_LONGEST].decode(errors="ignore")
