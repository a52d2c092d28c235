"""How much each library stores: images, originals, steps of the ladder, variants."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.images.owners import OwnerKind
from chalicelib.domain.library.items import Item
from chalicelib.services.ports import BlobInfo

ELSEWHERE = "(in no library)"
USERS = "(users)"


@dataclass(slots=True)
class Amount:
    """A number of blobs and their bytes together."""

    count: int = 0
    size: int = 0

    def add(self, count: int, size: int) -> None:
        """Add blobs."""
        self.count += count
        self.size += size


@dataclass(slots=True)
class Stored:
    """What one library stores; an original that several images share counts once."""

    images: int = 0
    originals: Amount = field(default_factory=Amount)
    steps: Amount = field(default_factory=Amount)
    variants: Amount = field(default_factory=Amount)

    @property
    def size(self) -> int:
        """Return all bytes."""
        return self.originals.size + self.steps.size + self.variants.size


@dataclass(frozen=True, slots=True)
class Libraries:
    """To which library each item belongs: the name of the item at the top of its tree, by item id."""

    names: Mapping[str, str]

    @classmethod
    def of_items(cls, items: Iterable[Item]) -> Self:
        """Read where items lie; people, artists and the like lie in no tree."""
        tops: dict[str, str] = {}
        names: dict[str, str] = {}
        for item in items:
            tops[item.id] = item.ancestors[0] if item.ancestors else item.id
            names[item.id] = f"({item.type.value})" if item.type.is_named else item.name
        return cls({item_id: names.get(top, ELSEWHERE) for item_id, top in tops.items()})

    def of(self, images: OwnerImages) -> str:
        """Return the library of an owner."""
        if images.owner.kind is OwnerKind.USER:
            return USERS
        return self.names.get(images.owner.id, ELSEWHERE)


def amounts(blobs: Iterable[BlobInfo], place: int) -> dict[str, Amount]:
    """Add up blobs by the tag of their original, which is that part of their keys."""
    found: dict[str, Amount] = defaultdict(Amount)
    for blob in blobs:
        found[blob.key.split("/")[place]].add(1, blob.size)
    return found


def by_library(
    owners: Iterable[OwnerImages],
    libraries: Libraries,
    steps: Mapping[str, Amount],
    variants: Mapping[str, Amount],
) -> dict[str, Stored]:
    """Add up what is stored for each library."""
    stored: dict[str, Stored] = defaultdict(Stored)
    seen: set[tuple[str, str]] = set()
    for images in owners:
        name = libraries.of(images)
        for image in images.images:
            stored[name].images += 1
            if (name, image.tag) not in seen:
                seen.add((name, image.tag))
                _add(stored[name], image.size, steps.get(image.tag), variants.get(image.tag))
    return dict(sorted(stored.items()))


def _add(stored: Stored, size: int, steps: Amount | None, variants: Amount | None) -> None:
    stored.originals.add(1, size)
    if steps:
        stored.steps.add(steps.count, steps.size)
    if variants:
        stored.variants.add(variants.count, variants.size)
