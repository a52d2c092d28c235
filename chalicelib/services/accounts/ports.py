"""What the services of accounts and access need from the outside world."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.domain.accounts.accounts import ApiKey, Session, User
from chalicelib.domain.accounts.preferences import DisplayPreferences, PreferencesKey
from chalicelib.domain.accounts.throttle import Attempts
from chalicelib.domain.images.images import OwnerImages


class Accounts(Protocol):
    """The users. All reads are consistent: what was written is seen, what was revoked is gone."""

    def find(self, user_id: str) -> User | None:
        """Return a user by its id."""
        ...

    def find_named(self, name: str) -> User | None:
        """Return a user by its name in any letter case."""
        ...

    def list(self) -> tuple[User, ...]:
        """Return all users by folded name."""
        ...

    def add(self, user: User) -> User:
        """Create a user together with its empty image list; raises NameTakenError."""
        ...

    def save(self, user: User) -> User:
        """Write a user and return it with the new version; its name stays.

        Raises ConflictError when the row changed since it was read, LastAdministratorError when nobody would
        be left to administer.
        """
        ...

    def remove(self, user: User, images: OwnerImages | None) -> None:
        """Delete a user, its image list as it was read and its sessions; raises as `save` does."""
        ...


class Tokens(Protocol):
    """Sessions and API keys by the digest of their token. All reads are consistent."""

    def find(self, digest: str) -> Session | ApiKey | None:
        """Return what a token stands for."""
        ...

    def knows_device(self, user_id: str, device_id: str) -> bool:
        """Tell whether the user has signed in on a device before."""
        ...

    def open(self, session: Session) -> None:
        """Add a session; the one that the user had on the same device ends."""
        ...

    def renew(self, session: Session) -> None:
        """Write a session again if it is still open."""
        ...

    def close(self, session: Session) -> None:
        """End a session; no error when it has ended."""
        ...

    def add_key(self, key: ApiKey) -> None:
        """Add an API key; no error when it is there."""
        ...

    def keys(self) -> tuple[ApiKey, ...]:
        """Return all API keys, oldest first."""
        ...

    def remove_key(self, digest: str) -> bool:
        """Revoke an API key; False when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class PasswordCheck:
    """Whether a password is right, and whether its hash should be made anew with today's parameters."""

    is_right: bool
    is_outdated: bool = False


class Passwords(Protocol):
    """Hashes of passwords, slow on purpose."""

    def hash(self, password: str) -> str:
        """Return the hash to store."""
        ...

    def check(self, password_hash: str, password: str) -> PasswordCheck:
        """Compare; an empty hash is never right and takes as long."""
        ...


class LoginAttempts(Protocol):
    """Recent login attempts by what they are counted under. All reads are consistent."""

    def find(self, key: str) -> Attempts:
        """Return the attempts counted under a key, void ones when there are none."""
        ...

    def add(self, key: str, most: int, now: datetime, forget_at: datetime) -> bool:
        """Count one more failure atomically, and forget all at `forget_at`.

        False, and not counted, when there would be more than `most`, when the next attempt has to wait, and when
        what is kept is void but not removed yet.
        """
        ...

    def replace(self, key: str, seen: Attempts, attempts: Attempts) -> bool:
        """Write if what is kept is still `seen`; False when another attempt was faster."""
        ...

    def forgive(self, key: str) -> None:
        """Take the latest failure back, and its delay; no error when there is none."""
        ...

    def forget(self, key: str) -> None:
        """Forget all under a key."""
        ...


class Preferences(Protocol):
    """Display preferences of users; they go with their user. All reads are consistent."""

    def find(self, key: PreferencesKey) -> DisplayPreferences | None:
        """Return what was kept, None when nothing was."""
        ...

    def save(self, key: PreferencesKey, preferences: DisplayPreferences) -> None:
        """Keep preferences in place of those before; the last writer wins."""
        ...
