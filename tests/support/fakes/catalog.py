"""The image catalog in memory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock

from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.claims import Claim
from chalicelib.domain.images.heads import ImageHeads
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.intake.tickets import Ticket
from chalicelib.errors import ClaimLostError, ConflictError, SettledError


@dataclass
class FakeImageCatalog:
    """ImageCatalog over dicts; `reads` counts look-ups of an owner."""

    rows: dict[OwnerKey, OwnerImages] = field(default_factory=dict)
    claimed: dict[tuple[str, OwnerKey], Claim] = field(default_factory=dict)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    reads: int = 0
    lock: Lock = field(default_factory=Lock)

    def find(self, owner: OwnerKey) -> OwnerImages | None:
        self.reads += 1
        return self.rows.get(owner)

    def find_heads(self, owner: OwnerKey) -> ImageHeads | None:
        found = self.find(owner)
        return ImageHeads.of(found) if found else None

    def find_many(self, owners: Iterable[OwnerKey]) -> Mapping[OwnerKey, OwnerImages]:
        wanted = list(dict.fromkeys(owners))
        self.reads += -(-len(wanted) // 100)
        return {owner: self.rows[owner] for owner in wanted if owner in self.rows}

    def save(self, change: Change, ticket: Ticket | None = None) -> OwnerImages:
        images = change.images
        with self.lock:
            self._expect_waiting(ticket)
            self._expect(images)
            self._hold(change.held)
            for original in change.dropped:
                self.claimed.pop((original, images.owner), None)
            if ticket:
                self.tickets[ticket.id] = ticket
            saved = replace(images, version=(images.version or 0) + 1)
            self.rows[images.owner] = saved
            return saved

    def remove(self, images: OwnerImages) -> None:
        self._expect(images)
        del self.rows[images.owner]

    def claim(self, original: str, owner: OwnerKey, at: datetime) -> Claim:
        with self.lock:
            known = self.claimed.get((original, owner))
            made = Claim(original, owner, known.since if known else at, at)
            self.claimed[original, owner] = made
            return made

    def claims(self, original: str) -> tuple[Claim, ...]:
        return tuple(claim for (key, _), claim in list(self.claimed.items()) if key == original)

    def release(self, claim: Claim) -> None:
        with self.lock:
            if self.claimed.get((claim.original, claim.owner)) == claim:
                del self.claimed[claim.original, claim.owner]

    def _hold(self, claim: Claim | None) -> None:
        if claim is None:
            return
        known = self.claimed.get((claim.original, claim.owner))
        if known is None or known.since != claim.since:
            raise ClaimLostError(claim.original)
        self.claimed[claim.original, claim.owner] = replace(known, is_held=True)

    def _expect_waiting(self, ticket: Ticket | None) -> None:
        if ticket is None:
            return
        before = self.tickets.get(ticket.id)
        if before is None or before.is_settled:
            raise SettledError(ticket.id)

    def _expect(self, images: OwnerImages) -> None:
        row = self.rows.get(images.owner)
        if (row.version if row else None) != images.version:
            message = "changed meanwhile"
            raise ConflictError(message)
