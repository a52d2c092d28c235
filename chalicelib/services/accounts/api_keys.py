"""Keys by which programs act: as administrators, or with less."""

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.accounts.accounts import ApiKey, token_digest
from chalicelib.errors import InvalidInputError
from chalicelib.services.accounts.ports import Tokens
from chalicelib.services.ports import Clock

MOST_DAYS = 3_650
_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ApiKeys:
    """Make, list and revoke keys; a key itself is never kept."""

    tokens: Tokens
    clock: Clock

    def list(self) -> tuple[ApiKey, ...]:
        """Return all keys, oldest first."""
        return self.tokens.keys()

    def create(
        self, app: str, *, is_administrator: bool = True, days: int | None = None
    ) -> tuple[ApiKey, str]:
        """Make a key for an app, for ever or for some days; return it with its token, known to nobody else.

        Raises InvalidInputError for a number of days that is none of 1 to 3650.
        """
        if days is not None and not 0 < days <= MOST_DAYS:
            raise InvalidInputError(
                "days", f"days must be 1 to {MOST_DAYS}; without days a key never expires."
            )
        token, now = secrets.token_hex(16), self.clock.now()
        expires = None if days is None else now + timedelta(days=days)
        key = ApiKey(token_digest(token), app, now, is_administrator, expires)
        self.tokens.add_key(key)
        return key, token

    def revoke(self, name: str) -> bool:
        """Revoke the key of that digest, or of that token; False when there is none."""
        is_digest = _DIGEST.fullmatch(name) is not None
        return (is_digest and self.tokens.remove_key(name)) or self.tokens.remove_key(token_digest(name))
