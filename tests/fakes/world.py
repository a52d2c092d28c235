"""The application over fakes; only the pictures are real."""

from chalicelib.container import Container
from chalicelib.domain.accounts import ApiKey, token_digest
from chalicelib.domain.images import OwnerImages
from chalicelib.domain.owners import OwnerKey
from chalicelib.settings import Settings
from tests.fakes.accounts import (
    NOON,
    FakeAccounts,
    FakeClock,
    FakeLoginAttempts,
    FakePasswords,
    FakeTokens,
)
from tests.fakes.blobs import FakeBlobStore
from tests.fakes.catalog import FakeImageCatalog
from tests.fakes.library import FakeLibrary
from tests.fakes.queue import FakeOriginalsQueue
from tests.fakes.tickets import FakeTickets

ADMIN = {"X-Emby-Token": "administrator-key"}
SETTINGS = Settings(table="table", originals_bucket="originals", variants_bucket="variants")


class World(Container):
    """A container whose ports lead to memory; `administrator-key` is a valid API key."""

    def __init__(self, settings: Settings = SETTINGS) -> None:
        super().__init__(settings)
        self.blobs_of_originals = self.originals_store = FakeBlobStore()
        self.blobs_of_variants = self.variants_store = FakeBlobStore()
        self.rows = self.catalog = FakeImageCatalog()
        self.shelves = self.library = FakeLibrary(self.rows)
        self.issued = self.upload_ticket_store = FakeTickets(self.rows)
        self.messages = self.queue = FakeOriginalsQueue()
        self.time = self.clock = FakeClock()
        self.credentials = self.tokens = FakeTokens()
        self.people = self.accounts = FakeAccounts(catalog=self.rows, sessions=self.credentials)
        self.passwords = FakePasswords()
        self.login_attempts = FakeLoginAttempts()
        self.tokens.add_key(ApiKey(token_digest("administrator-key"), "tests", NOON))

    def add_item(self, item_id: str, name: str = "Metropolis") -> OwnerKey:
        """Let an item exist."""
        owner = OwnerKey.item(item_id)
        self.catalog.save(OwnerImages(owner, name))
        return owner
