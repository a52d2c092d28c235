"""Keys by which programs act as administrators."""

import re
import secrets
from dataclasses import dataclass

from chalicelib.domain.accounts.accounts import ApiKey, token_digest
from chalicelib.services.accounts.ports import Tokens
from chalicelib.services.ports import Clock

_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ApiKeys:
    """Make, list and revoke keys; a key itself is never kept."""

    tokens: Tokens
    clock: Clock

    def list(self) -> tuple[ApiKey, ...]:
        """Return all keys, oldest first."""
        return self.tokens.keys()

    def create(self, app: str) -> tuple[ApiKey, str]:
        """Make a key for an app; return it with its token, which is known to nobody else."""
        token = secrets.token_hex(16)
        key = ApiKey(token_digest(token), app, self.clock.now())
        self.tokens.add_key(key)
        return key, token

    def revoke(self, name: str) -> bool:
        """Revoke the key of that digest, or of that token; False when there is none."""
        is_digest = _DIGEST.fullmatch(name) is not None
        return (is_digest and self.tokens.remove_key(name)) or self.tokens.remove_key(token_digest(name))
