"""Who a token belongs to, asked anew at every request: revoking takes effect at once."""

from chalicelib.domain.accounts.accounts import ApiKey, Identity, Session, token_digest
from chalicelib.services.accounts.ports import Accounts, Tokens
from chalicelib.services.ports import Clock

MAX_TOKEN_LENGTH = 256
"""Characters; ours have 32, and nothing longer is worth a read."""


class Authentication:
    """Identify callers; an API key costs one read, a user's token two."""

    def __init__(self, accounts: Accounts, tokens: Tokens, clock: Clock) -> None:
        self._accounts = accounts
        self._tokens = tokens
        self._clock = clock

    def identify(self, token: str | None) -> Identity | None:
        """Return the identity behind a token; None for none, and for one unknown, expired or revoked."""
        if not token or len(token) > MAX_TOKEN_LENGTH:
            return None
        credential = self._tokens.find(token_digest(token))
        if isinstance(credential, ApiKey):
            return Identity.of_api_key(credential) if credential.is_valid_at(self._clock.now()) else None
        return self._of_session(credential) if credential else None

    def _of_session(self, session: Session) -> Identity | None:
        user = self._accounts.find(session.user_id)
        if user is None or not session.is_valid_for(user, self._clock.now()):
            return None
        return Identity.of_user(user, session)
