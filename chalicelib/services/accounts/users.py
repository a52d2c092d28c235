"""Users made, changed and removed, by administrators or by themselves."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from chalicelib.domain.accounts.accounts import (
    MAX_PASSWORD_LENGTH,
    Identity,
    Policy,
    Session,
    User,
    is_possible_name,
)
from chalicelib.domain.accounts.configuration import UserConfiguration
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.errors import ForbiddenError, InvalidInputError, LimitExceededError, NotFoundError
from chalicelib.services.accounts.password_gate import Attempt, PasswordGate
from chalicelib.services.accounts.ports import Accounts, Passwords, Tokens
from chalicelib.services.ports import Clock, ImageCatalog, OriginalsQueue
from chalicelib.services.retries import retry_on_conflict


@dataclass(frozen=True, slots=True)
class Users:
    """The accounts of people."""

    accounts: Accounts
    tokens: Tokens
    gate: PasswordGate
    passwords: Passwords
    catalog: ImageCatalog
    queue: OriginalsQueue
    clock: Clock
    min_password_length: int

    def find(self, user_id: str) -> User:
        """Return a user."""
        if (user := self.accounts.find(user_id)) is None:
            raise NotFoundError(f"There is no user {user_id}.")
        return user

    def seen_by(self, identity: Identity | None) -> tuple[User, ...]:
        """Return all users for an administrator; for anybody else those not hidden or disabled, and itself."""
        users = self.accounts.list()
        if identity is not None and identity.is_administrator:
            return users
        own = identity.user_id if identity else None
        return tuple(user for user in users if user.id == own or user.policy.is_shown)

    def create(self, name: str, password: str) -> User:
        """Create a plain, hidden user; without a password it cannot sign in until it is given one."""
        name = name.strip()
        if not is_possible_name(name):
            raise InvalidInputError(
                "Name", "A name has 1 to 64 letters, digits, spaces or -'._@+ characters."
            )
        password_hash = self._hash("Password", password) if password else ""
        return self.accounts.add(User(uuid.uuid4().hex, name, self.clock.now(), password_hash=password_hash))

    def set_policy(self, user_id: str, change: Callable[[Policy], Policy]) -> None:
        """Change what a user may do; takes effect at its next request."""
        self._change(user_id, lambda user: replace(user, policy=change(user.policy)))

    def set_configuration(self, identity: Identity, user_id: str, configuration: UserConfiguration) -> None:
        """Keep how a user likes things, in place of what was kept before."""
        self._may_change(identity, user_id)
        self._change(user_id, lambda user: replace(user, configuration=configuration))

    def check_name(self, identity: Identity, user_id: str, name: str) -> None:
        """Raise InvalidInputError where a name is not the one that a user has."""
        if self._may_change(identity, user_id).name != name:
            raise InvalidInputError("Name", "The name of a user cannot change. Create a new user instead.")

    def change_password(self, identity: Identity, user_id: str, current: str, new: str, address: str) -> None:
        """Set a password and end the user's sessions, but for the one that asks.

        A user needs the current password for itself, if it has one; an administrator needs none for others.
        """
        user = self._may_change(identity, user_id)
        if identity.user_id == user_id and user.password_hash:
            self._check_current(user, current, address)
        password_hash = self._hash("NewPw", new)
        changed = self._change(user_id, lambda user: _with_password(user, password_hash))
        if identity.user_id == user_id and isinstance(identity.credential, Session):
            self.tokens.renew(replace(identity.credential, generation=changed.generation))

    def reset_password(self, identity: Identity, user_id: str) -> None:
        """Take another user's password away, and end its sessions: it cannot sign in until it is given one."""
        self._may_change(identity, user_id)
        if not identity.is_administrator or identity.user_id == user_id:
            raise ForbiddenError("Only an administrator may reset a password, and only another user's.")
        self._change(user_id, lambda user: _with_password(user, ""))

    def remove(self, user_id: str) -> None:
        """Delete a user with its image and its sessions; raises LastAdministratorError."""
        images = retry_on_conflict(lambda: self._removed(user_id))
        if images.images:
            self.queue.released(sorted(images.originals()))

    def _removed(self, user_id: str) -> OwnerImages:
        """Delete the rows; an upload in between is a conflict, so no image is left behind."""
        user, images = self.find(user_id), self.catalog.find(OwnerKey.user(user_id))
        self.accounts.remove(user, images)
        return images or OwnerImages(OwnerKey.user(user_id), user.name)

    def _may_change(self, identity: Identity, user_id: str) -> User:
        """Refuse before looking whether the user exists: a stranger learns nothing."""
        if not identity.may_act_for(user_id):
            raise ForbiddenError("Only the user itself or an administrator may do this.")
        return self.find(user_id)

    def _check_current(self, user: User, current: str, address: str) -> None:
        if not self.gate.check(Attempt(user.name, user, current, address)).is_right:
            raise ForbiddenError("The current password is wrong.")

    def _hash(self, field: str, password: str) -> str:
        if len(password) < self.min_password_length:
            raise InvalidInputError(
                field, f"A password has at least {self.min_password_length:,} characters."
            )
        if len(password) > MAX_PASSWORD_LENGTH:
            raise LimitExceededError(
                field, "length of the password in characters", len(password), MAX_PASSWORD_LENGTH
            )
        return self.passwords.hash(password)

    def _change(self, user_id: str, change: Callable[[User], User]) -> User:
        return retry_on_conflict(lambda: self.accounts.save(change(self.find(user_id))))


def _with_password(user: User, password_hash: str) -> User:
    return replace(user, password_hash=password_hash, generation=user.generation + 1)
