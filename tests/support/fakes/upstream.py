"""What is remembered of the upstream server, in memory."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.images.owners import OwnerKind
from chalicelib.domain.upstream.places import Place
from chalicelib.domain.variants.allowances import Allowance
from chalicelib.services.ports import Clock
from tests.support.fakes.catalog import FakeImageCatalog


@dataclass
class FakeUpstreamMemory:
    """UpstreamMemory over dicts."""

    clock: Clock
    leases: dict[tuple[str, str, str], datetime] = field(default_factory=dict)
    touches: dict[str, datetime] = field(default_factory=dict)
    spent: Counter[tuple[str, int]] = field(default_factory=Counter)
    resting: datetime | None = None
    lock: Lock = field(default_factory=Lock)

    def lease(self, place: Place, purpose: str, time: timedelta) -> bool:
        with self.lock:
            if self.is_leased(place, purpose):
                return False
            self.leases[place.subject, place.name, purpose] = self.clock.now() + time
            return True

    def is_leased(self, place: Place, purpose: str) -> bool:
        until = self.leases.get((place.subject, place.name, purpose))
        return until is not None and until > self.clock.now()

    def give_back(self, place: Place, purpose: str) -> None:
        self.leases.pop((place.subject, place.name, purpose), None)

    def forget(self, subject: str, purpose: str) -> None:
        for key in [key for key in self.leases if (key[0], key[2]) == (subject, purpose)]:
            self.leases.pop(key, None)

    def touch(self, subject: str, at: datetime) -> None:
        self.touches[subject] = at

    def touched(self, subject: str) -> datetime | None:
        return self.touches.get(subject)

    def spend(self, allowance: Allowance, at: datetime) -> bool:
        key = (allowance.name, allowance.number_at(at))
        with self.lock:
            if self.spent[key] >= allowance.most:
                return False
            self.spent[key] += 1
            return True

    def refund(self, allowance: Allowance, at: datetime) -> None:
        with self.lock:
            self.spent[allowance.name, allowance.number_at(at)] -= 1

    def forgive(self, allowance: Allowance, at: datetime) -> None:
        self.spent.pop((allowance.name, allowance.number_at(at)), None)

    def rests_until(self) -> datetime | None:
        return self.resting

    def rest(self, until: datetime) -> None:
        self.resting = until

    def wake(self) -> None:
        self.resting = None


@dataclass
class FakeUpstreamImages:
    """UpstreamImages over a catalog in memory."""

    catalog: FakeImageCatalog

    def of(self, subject: str) -> tuple[OwnerImages, ...]:
        rows = list(self.catalog.rows.items())
        return tuple(
            images
            for owner, images in rows
            if owner.kind is OwnerKind.UPSTREAM and Place.parse(owner).subject == subject
        )
