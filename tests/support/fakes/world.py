"""The application over fakes; only the pictures are real."""

import uuid

from chalicelib.container import Container
from chalicelib.domain.accounts.accounts import ApiKey, Device, Policy, User, token_digest
from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.settings import Settings
from chalicelib.wiring.adapters import Adapters
from tests.support.fakes.accounts import (
    NOON,
    FakeAccounts,
    FakeClock,
    FakeLoginAttempts,
    FakePasswords,
    FakePreferences,
    FakeTokens,
)
from tests.support.fakes.blobs import FakeBlobStore
from tests.support.fakes.catalog import FakeImageCatalog
from tests.support.fakes.guard import FakeRenderGuard
from tests.support.fakes.library import FakeLibrary, FakeUserData
from tests.support.fakes.queue import FakeOriginalsQueue
from tests.support.fakes.remote import FakeImageFetcher, FakeOfferCache
from tests.support.fakes.status import FakeEventQueues, FakeTableFacts
from tests.support.fakes.sweep import FakeSweepProgressStore, FakeTableScan
from tests.support.fakes.tickets import FakeTickets
from tests.support.fakes.upstream import FakeUpstreamImages, FakeUpstreamMemory

ADMIN = {"X-Emby-Token": "administrator-key"}
SETTINGS = Settings(table="table", originals_bucket="originals", variants_bucket="variants")

PLAIN = Policy()
ADMINISTRATOR = Policy(is_administrator=True)


class World(Adapters):
    """Adapters in memory, and a container over them; `administrator-key` is a valid API key."""

    def __init__(self, settings: Settings = SETTINGS) -> None:
        super().__init__(settings)
        self.container = Container(self)
        self.images = self.container.images
        self.time = self.clock = FakeClock()
        self.blobs_of_originals = self.originals_store = FakeBlobStore(clock=self.clock)
        self.blobs_of_variants = self.variants_store = FakeBlobStore(clock=self.clock)
        self.rows = self.catalog = FakeImageCatalog()
        self.shelves = self.library = FakeLibrary(self.rows)
        self.issued = self.tickets = FakeTickets(self.rows)
        self.messages = self.queue = FakeOriginalsQueue()
        self.offers = self.offer_cache = FakeOfferCache()
        self.web = self.image_fetcher = FakeImageFetcher()
        self.all_rows = self.table_scan = FakeTableScan(self.rows, library=self.shelves)
        self.depths = self.event_queues = FakeEventQueues()
        self.table_facts = FakeTableFacts()
        self.remembered = self.sweep_progress = FakeSweepProgressStore()
        self.asked = self.upstream_memory = FakeUpstreamMemory(self.clock)
        self.upstream_images = FakeUpstreamImages(self.rows)
        self.leases = self.guard = FakeRenderGuard(self.clock)
        self.credentials = self.tokens = FakeTokens()
        self.books = self.user_data = FakeUserData()
        self.kept_preferences = self.preferences = FakePreferences()
        self.people = self.accounts = FakeAccounts(
            catalog=self.rows,
            sessions=self.credentials,
            preferences=self.kept_preferences,
            forget_user_data=self.books.forget,
        )
        self.passwords = FakePasswords()
        self.login_attempts = FakeLoginAttempts()
        self.tokens.add_key(ApiKey(token_digest("administrator-key"), "tests", NOON))

    def add_user(self, name: str, policy: Policy = PLAIN, password: str = "secret") -> User:
        """Let a user exist."""
        password_hash = self.passwords.hash(password)
        return self.people.add(User(uuid.uuid4().hex, name, NOON, policy, password_hash))

    def token_of(self, user: User, device_id: str = "device") -> dict[str, str]:
        """Sign a user in and return the header that carries the token."""
        device = Device("Tests", "Machine", device_id, "1.0")
        token = self.container.accounts.sign_in.sign_in(user.name, "secret", device, "192.0.2.1").token
        return {"X-Emby-Token": token}

    def add_item(self, item_id: str, name: str = "Metropolis") -> OwnerKey:
        """Let an item exist."""
        owner = OwnerKey.item(item_id)
        self.catalog.save(Change(OwnerImages(owner, name)))
        return owner
