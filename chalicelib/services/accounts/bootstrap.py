"""The first administrator and API key: they come from the deployment, never from a default password."""

import secrets
import uuid
from dataclasses import dataclass, field

from chalicelib.domain.accounts.accounts import ApiKey, Policy, User, is_possible_name, token_digest
from chalicelib.errors import InvalidInputError
from chalicelib.services.accounts.ports import Accounts, Passwords, Tokens
from chalicelib.services.ports import Clock

MIN_KEY_LENGTH = 32
"""Characters of an API key that is given rather than made: 128 bits as hex digits."""


@dataclass(frozen=True, slots=True)
class Bootstrapped:
    """What there is now; `password` is empty where the account was there before, and is shown this once."""

    user: User
    password: str = field(repr=False)
    api_key: str = field(repr=False)


class Bootstrap:
    """Make sure that somebody can administer; running it again changes nothing."""

    def __init__(self, accounts: Accounts, tokens: Tokens, passwords: Passwords, clock: Clock) -> None:
        self._accounts = accounts
        self._tokens = tokens
        self._passwords = passwords
        self._clock = clock

    def run(self, name: str, *, app: str, password: str = "", api_key: str = "") -> Bootstrapped:
        """Create the administrator `name` unless there is one of that name, and register an API key.

        A password or key that is not given is made at random. Give the key of an earlier run to keep it.
        """
        user, made = self._administrator(name, password)
        return Bootstrapped(user, made, self._api_key(app, api_key))

    def _administrator(self, name: str, password: str) -> tuple[User, str]:
        if not is_possible_name(name):
            raise InvalidInputError("name", "No user can have this name.")
        if (user := self._accounts.find_named(name)) is not None:
            return _checked(user), ""
        password = password or secrets.token_urlsafe(18)
        user = User(
            id=uuid.uuid4().hex,
            name=name,
            created=self._clock.now(),
            policy=Policy(is_administrator=True),
            password_hash=self._passwords.hash(password),
        )
        return self._accounts.add(user), password

    def _api_key(self, app: str, key: str) -> str:
        if key and len(key) < MIN_KEY_LENGTH:
            raise InvalidInputError("api_key", f"The API key is shorter than {MIN_KEY_LENGTH} characters.")
        key = key or secrets.token_hex(16)
        self._tokens.add_key(ApiKey(token_digest(key), app, self._clock.now()))
        return key


def _checked(user: User) -> User:
    if not user.policy.can_administer:
        raise InvalidInputError(
            "name", f"There is a user {user.name} who cannot administer; give another name."
        )
    return user
