"""A name and a password against an access token."""

import secrets
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

from chalicelib.domain.accounts.accounts import Device, Session, User, is_possible_name, token_digest
from chalicelib.errors import ConflictError, ForbiddenError, UnauthenticatedError
from chalicelib.services.accounts.password_gate import Attempt, PasswordGate
from chalicelib.services.accounts.ports import Accounts, Passwords, Tokens
from chalicelib.services.ports import Clock
from chalicelib.services.retries import retry_on_conflict


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A user with a new session; the token is known here and to the client, and to nobody else."""

    user: User
    session: Session
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignIn:
    """Open and close sessions; one lasts for `lifetime`."""

    accounts: Accounts
    tokens: Tokens
    gate: PasswordGate
    passwords: Passwords
    clock: Clock
    lifetime: timedelta

    def sign_in(self, name: str, password: str, device: Device, address: str) -> SignedIn:
        """Open a session on a device; the one that the user had there ends.

        Raises UnauthenticatedError alike for a wrong password, an unknown user and one without a password;
        ForbiddenError for a disabled user, only after the right password; TooManyAttemptsError.
        """
        name = name if is_possible_name(name) else ""
        user = self.accounts.find_named(name) if name else None
        check = self.gate.check(Attempt(name, user, password, address, device.id))
        if user is None or not check.is_right:
            raise UnauthenticatedError("The user name or the password is wrong.")
        if user.policy.is_disabled:
            raise ForbiddenError("This user is disabled.")
        password_hash = self.passwords.hash(password) if check.is_outdated else user.password_hash
        return self._opened(self._noted(user, password_hash), device)

    def sign_out(self, session: Session) -> None:
        """Close a session."""
        self.tokens.close(session)

    def _noted(self, user: User, password_hash: str) -> User:
        """Record the time; whoever changed the user meanwhile is right, and the session counts from before."""
        noted = replace(user, last_login=self.clock.now(), password_hash=password_hash)
        with suppress(ConflictError):
            return self.accounts.save(noted)
        return noted

    def _opened(self, user: User, device: Device) -> SignedIn:
        token, now = secrets.token_hex(16), self.clock.now().replace(microsecond=0)
        session = Session(token_digest(token), user.id, device, user.generation, now, now + self.lifetime)
        retry_on_conflict(lambda: self.tokens.open(session))
        return SignedIn(user, session, token)
