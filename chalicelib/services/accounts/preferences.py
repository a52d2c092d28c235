"""Display preferences of users, read and kept."""

from dataclasses import dataclass

from chalicelib.domain.accounts.accounts import Identity
from chalicelib.domain.accounts.preferences import FRESH, DisplayPreferences, PreferencesKey
from chalicelib.errors import ForbiddenError, NotFoundError
from chalicelib.services.accounts.ports import Accounts, Preferences


@dataclass(frozen=True, slots=True)
class UserPreferences:
    """What clients keep for a user; each client has its own."""

    store: Preferences
    accounts: Accounts

    def find(self, identity: Identity, key: PreferencesKey) -> DisplayPreferences:
        """Return what was kept, or Jellyfin's defaults; raises ForbiddenError for another user's."""
        _check(identity, key)
        return self.store.find(key) or FRESH

    def save(self, identity: Identity, key: PreferencesKey, preferences: DisplayPreferences) -> None:
        """Keep preferences in place of those before; raises ForbiddenError, and NotFoundError without a user."""
        _check(identity, key)
        if key.user_id != identity.user_id and self.accounts.find(key.user_id) is None:
            raise NotFoundError(f"There is no user {key.user_id}.")
        self.store.save(key, preferences)


def _check(identity: Identity, key: PreferencesKey) -> None:
    if not identity.may_act_for(key.user_id):
        raise ForbiddenError("Only the user itself or an administrator may do this.")
