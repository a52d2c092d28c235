"""The drop folder: what the key of an object in it says."""

from dataclasses import dataclass
from hashlib import sha256

from chalicelib.errors import InvalidInputError

INBOX = "inbox/"
REFUSED = "refused/"


@dataclass(frozen=True, slots=True)
class Drop:
    """A dropped object: `inbox/<folder>/<file>`, where the file may lie in folders of its own."""

    key: str
    folder: str
    file: str

    @property
    def prefix(self) -> str:
        """Return what the keys of all that was dropped into the same folder begin with."""
        return f"{INBOX}{self.folder}/"

    def ticket_id(self, version: str) -> str:
        """Return the id of the ticket for one write of this key: the same whenever its event comes."""
        return sha256(f"{version} {self.key}".encode()).hexdigest()[:32]


def drop_of(key: str) -> Drop:
    """Take a key apart; raises InvalidInputError for an object outside of any folder."""
    folder, _, file = key.removeprefix(INBOX).partition("/")
    if not folder.strip() or not file:
        raise InvalidInputError("key", f"Copy pictures to {INBOX}<item id or name>/.")
    return Drop(key, folder, file)


def refused_key(key: str) -> str:
    """Return where a refused object is kept."""
    return REFUSED + key.removeprefix(INBOX)
