"""Accounts, tokens, passwords and time in memory, behind the same ports as the real ones."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Lock

from chalicelib.domain.accounts.accounts import ApiKey, Session, User, folded_name
from chalicelib.domain.accounts.preferences import DisplayPreferences, PreferencesKey
from chalicelib.domain.accounts.throttle import Attempts
from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.errors import ConflictError, LastAdministratorError, NameTakenError
from chalicelib.services.accounts.ports import PasswordCheck
from tests.support.fakes.catalog import FakeImageCatalog

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass
class FakeClock:
    """A clock that stands still until told."""

    time: datetime = NOON

    def now(self) -> datetime:
        return self.time

    def advance(self, **units: float) -> None:
        self.time += timedelta(**units)


@dataclass
class FakeAccounts:
    """Accounts in a dict, their image lists in a catalog."""

    users: dict[str, User] = field(default_factory=dict)
    catalog: FakeImageCatalog = field(default_factory=FakeImageCatalog)
    sessions: "FakeTokens | None" = None
    preferences: "FakePreferences | None" = None
    forget_user_data: Callable[[str], None] = lambda _user_id: None

    def find(self, user_id: str) -> User | None:
        return self.users.get(user_id)

    def find_named(self, name: str) -> User | None:
        folded = folded_name(name)
        return next((user for user in self.users.values() if folded_name(user.name) == folded), None)

    def list(self) -> tuple[User, ...]:
        return tuple(sorted(self.users.values(), key=lambda user: folded_name(user.name)))

    def add(self, user: User) -> User:
        if self.find_named(user.name):
            raise NameTakenError(user.name)
        self.catalog.save(Change(OwnerImages(OwnerKey.user(user.id), user.name)))
        return self._put(replace(user, version=1))

    def save(self, user: User) -> User:
        self._check(user)
        if not user.policy.can_administer:
            self._keep_an_administrator_besides(user)
        return self._put(replace(user, version=(user.version or 0) + 1))

    def remove(self, user: User, images: OwnerImages | None) -> None:
        self._check(user)
        self._keep_an_administrator_besides(user)
        if images is not None:
            self.catalog.remove(images)
        del self.users[user.id]
        if self.sessions is not None:
            self.sessions.end_all(user.id)
        if self.preferences is not None:
            self.preferences.forget(user.id)
        self.forget_user_data(user.id)

    def _put(self, user: User) -> User:
        self.users[user.id] = user
        return user

    def _check(self, user: User) -> None:
        found = self.users.get(user.id)
        if found is None or found.version != user.version:
            message = f"The user {user.id} changed meanwhile."
            raise ConflictError(message)

    def _keep_an_administrator_besides(self, user: User) -> None:
        administrators = {u.id for u in self.users.values() if u.policy.can_administer}
        if administrators == {user.id}:
            raise LastAdministratorError(user.name)


@dataclass
class FakeTokens:
    """Sessions and API keys in dicts."""

    sessions: dict[str, Session] = field(default_factory=dict)
    api_keys: dict[str, ApiKey] = field(default_factory=dict)
    devices: set[tuple[str, str]] = field(default_factory=set)
    reads: int = 0

    def find(self, digest: str) -> Session | ApiKey | None:
        self.reads += 1
        return self.sessions.get(digest) or self.api_keys.get(digest)

    def knows_device(self, user_id: str, device_id: str) -> bool:
        return (user_id, device_id) in self.devices

    def open(self, session: Session) -> None:
        self.devices.add((session.user_id, session.device.id))
        on_device = (session.user_id, session.device.id)
        self._end(s for s in self.sessions.values() if (s.user_id, s.device.id) == on_device)
        self.sessions[session.digest] = session

    def renew(self, session: Session) -> None:
        if session.digest in self.sessions:
            self.sessions[session.digest] = session

    def close(self, session: Session) -> None:
        self.sessions.pop(session.digest, None)

    def end_all(self, user_id: str) -> None:
        self._end(session for session in self.sessions.values() if session.user_id == user_id)

    def add_key(self, key: ApiKey) -> None:
        self.api_keys[key.digest] = key

    def keys(self) -> tuple[ApiKey, ...]:
        return tuple(sorted(self.api_keys.values(), key=lambda key: (key.created, key.digest)))

    def remove_key(self, digest: str) -> bool:
        return self.api_keys.pop(digest, None) is not None

    def _end(self, sessions: Iterable[Session]) -> None:
        for session in list(sessions):
            del self.sessions[session.digest]


@dataclass
class FakePreferences:
    """Display preferences in a dict."""

    kept: dict[PreferencesKey, DisplayPreferences] = field(default_factory=dict)

    def find(self, key: PreferencesKey) -> DisplayPreferences | None:
        return self.kept.get(key)

    def save(self, key: PreferencesKey, preferences: DisplayPreferences) -> None:
        self.kept[key] = preferences

    def forget(self, user_id: str) -> None:
        self.kept = {key: kept for key, kept in self.kept.items() if key.user_id != user_id}


@dataclass
class FakePasswords:
    """Hashes that can be read: the scheme's name and the password."""

    scheme: str = "new"
    checks: list[str] = field(default_factory=list)

    def hash(self, password: str) -> str:
        return f"{self.scheme}:{password}"

    def check(self, password_hash: str, password: str) -> PasswordCheck:
        self.checks.append(password_hash)
        scheme, _, known = password_hash.partition(":")
        is_right = bool(password_hash) and known == password
        return PasswordCheck(is_right, is_outdated=is_right and scheme != self.scheme)


@dataclass
class FakeLoginAttempts:
    """Attempts in a dict."""

    attempts: dict[str, Attempts] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def find(self, key: str) -> Attempts:
        return self.attempts.get(key, Attempts())

    def replace(self, key: str, seen: Attempts, attempts: Attempts) -> bool:
        with self.lock:
            if self.attempts.get(key, Attempts()) != seen:
                return False
            self.attempts[key] = attempts
            return True

    def add(self, key: str, most: int, now: datetime, forget_at: datetime) -> bool:
        with self.lock:
            seen = self.attempts.get(key)
            if seen is None:
                self.attempts[key] = Attempts(1, None, forget_at)
                return True
            is_void = seen.forget_at is None or seen.forget_at <= now
            if is_void or seen.failures >= most or (seen.next_at and seen.next_at > now):
                return False
            self.attempts[key] = replace(seen, failures=seen.failures + 1, forget_at=forget_at)
            return True

    def forgive(self, key: str) -> None:
        if (found := self.find(key)).failures:
            self.attempts[key] = replace(found, failures=found.failures - 1, next_at=None)

    def forget(self, key: str) -> None:
        self.attempts.pop(key, None)
