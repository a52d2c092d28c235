"""Who calls: users, their sessions, API keys, and what each may do."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from chalicelib.domain.accounts.configuration import UserConfiguration

NOBODY = "0" * 32
"""The id that no user has."""
MAX_NAME_BYTES = 200
MAX_PASSWORD_LENGTH = 1_024
"""Characters; nobody types more, and hashing a longer one is work that a stranger could order."""
_NAME = re.compile(r"[\w\-'._@+](?:[\w\-'._@+ ]{0,62}[\w\-'._@+])?")


@dataclass(frozen=True, slots=True)
class Policy:
    """What an administrator lets a user do; named as in Jellyfin's UserPolicy."""

    is_administrator: bool = False
    is_disabled: bool = False
    is_hidden: bool = True
    enable_user_preference_access: bool = True

    @property
    def is_shown(self) -> bool:
        """Tell whether strangers may see that the user exists."""
        return not (self.is_hidden or self.is_disabled)

    @property
    def can_administer(self) -> bool:
        """Tell whether the user is an administrator who can sign in."""
        return self.is_administrator and not self.is_disabled


@dataclass(frozen=True, slots=True)
class User:
    """A user; its images belong to the owner `user#<id>`.

    `id` is 32 lower-case hex digits. `password_hash` is empty until a password is set: such a user cannot
    sign in. Sessions of an earlier `generation` are revoked. `version` counts writes, None before the first.
    """

    id: str
    name: str
    created: datetime
    policy: Policy = Policy()
    password_hash: str = field(default="", repr=False)
    generation: int = 0
    last_login: datetime | None = None
    version: int | None = field(default=None, compare=False)
    configuration: UserConfiguration = field(default_factory=UserConfiguration)


@dataclass(frozen=True, slots=True)
class Device:
    """What a client says of itself when it signs in; all four are its own free text."""

    client: str
    name: str
    id: str
    version: str


@dataclass(frozen=True, slots=True)
class Session:
    """A user signed in on a device, kept under the digest of its access token."""

    digest: str = field(repr=False)
    user_id: str
    device: Device
    generation: int
    created: datetime
    expires: datetime

    def is_valid_for(self, user: User, now: datetime) -> bool:
        """Tell whether the session still lets its user in."""
        return (
            now < self.expires
            and self.user_id == user.id
            and self.generation == user.generation
            and not user.policy.is_disabled
        )


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key by which a program acts without being a user, kept under its digest; without `expires` it lasts.

    One that is no administrator may do what any signed-in user may, and nothing in the name of a user.
    """

    digest: str = field(repr=False)
    app: str
    created: datetime
    is_administrator: bool = True
    expires: datetime | None = None

    def is_valid_at(self, now: datetime) -> bool:
        """Tell whether the key still lets its bearer in."""
        return self.expires is None or now < self.expires


@dataclass(frozen=True, slots=True)
class Identity:
    """On whose behalf a request acts; an API key has no user."""

    name: str
    user_id: str | None
    is_administrator: bool
    may_change_own_image: bool
    credential: Session | ApiKey = field(repr=False)

    @classmethod
    def of_user(cls, user: User, session: Session) -> Self:
        """Speak for a user."""
        policy = user.policy
        may_change = policy.is_administrator or policy.enable_user_preference_access
        return cls(user.name, user.id, policy.can_administer, may_change, session)

    @classmethod
    def of_api_key(cls, key: ApiKey) -> Self:
        """Speak for an API key."""
        may_change = key.is_administrator
        return cls(key.app, None, key.is_administrator, may_change_own_image=may_change, credential=key)

    @property
    def is_api_key(self) -> bool:
        """Tell whether no user stands behind the request."""
        return self.user_id is None

    def may_act_for(self, user_id: str) -> bool:
        """Tell whether the identity is that user or an administrator."""
        return self.is_administrator or self.user_id == user_id


def token_digest(token: str) -> str:
    """Return the SHA-256 digest under which a token is kept; tokens are random, so no salt is needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def is_possible_name(name: str) -> bool:
    """Tell whether a user may have a name: letters, digits, inner spaces and `-'._@+`, as in Jellyfin.

    Compared it takes at most 200 bytes: it is part of a key.
    """
    return (
        bool(_NAME.fullmatch(unicodedata.normalize("NFC", name)))
        and 0 < len(folded_name(name).encode()) <= MAX_NAME_BYTES
    )


def folded_name(name: str) -> str:
    """Reduce a user's name to what must be unique, whatever its letter case or Unicode form."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).strip()
