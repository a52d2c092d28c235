"""The image catalog in memory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.domain.images import OwnerImages
from chalicelib.domain.owners import OwnerKey
from chalicelib.errors import ConflictError
from chalicelib.services.ports import Claim


@dataclass
class FakeImageCatalog:
    """ImageCatalog over dicts; `reads` counts look-ups of an owner."""

    rows: dict[OwnerKey, OwnerImages] = field(default_factory=dict)
    claimed: dict[tuple[str, OwnerKey], datetime] = field(default_factory=dict)
    reads: int = 0

    def find(self, owner: OwnerKey) -> OwnerImages | None:
        self.reads += 1
        return self.rows.get(owner)

    def find_many(self, owners: Iterable[OwnerKey]) -> Mapping[OwnerKey, OwnerImages]:
        wanted = list(dict.fromkeys(owners))
        self.reads += -(-len(wanted) // 100)
        return {owner: self.rows[owner] for owner in wanted if owner in self.rows}

    def save(self, images: OwnerImages) -> OwnerImages:
        self._expect(images)
        saved = replace(images, version=(images.version or 0) + 1)
        self.rows[images.owner] = saved
        return saved

    def remove(self, images: OwnerImages) -> None:
        self._expect(images)
        del self.rows[images.owner]

    def claim(self, original: str, owner: OwnerKey, at: datetime) -> None:
        self.claimed[original, owner] = at

    def claims(self, original: str) -> tuple[Claim, ...]:
        return tuple(Claim(owner, at) for (key, owner), at in self.claimed.items() if key == original)

    def release(self, original: str, claim: Claim) -> bool:
        if self.claimed.get((original, claim.owner)) != claim.at:
            return False
        del self.claimed[original, claim.owner]
        return True

    def _expect(self, images: OwnerImages) -> None:
        row = self.rows.get(images.owner)
        if (row.version if row else None) != images.version:
            message = "changed meanwhile"
            raise ConflictError(message)
