"""Use cases around users, their sessions, and API keys."""

# ruff: noqa: PLC0415  # each use case is imported when it is first used

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.services.accounts.api_keys import ApiKeys
    from chalicelib.services.accounts.authentication import Authentication
    from chalicelib.services.accounts.bootstrap import Bootstrap
    from chalicelib.services.accounts.password_gate import PasswordGate
    from chalicelib.services.accounts.preferences import UserPreferences
    from chalicelib.services.accounts.sign_in import SignIn
    from chalicelib.services.accounts.users import Users
    from chalicelib.settings import Settings
    from chalicelib.wiring.adapters import Adapters


@dataclass(frozen=True, eq=False)
class AccountUseCases:
    """The use cases of services/accounts."""

    settings: "Settings"
    adapters: "Adapters"

    @cached_property
    def authentication(self) -> "Authentication":
        """Return the use case that identifies callers."""
        from chalicelib.services.accounts.authentication import Authentication

        return Authentication(self.adapters.accounts, self.adapters.tokens, self.adapters.clock)

    @cached_property
    def sign_in(self) -> "SignIn":
        """Return the use cases that open and close sessions."""
        from chalicelib.services.accounts.sign_in import SignIn

        return SignIn(
            self.adapters.accounts,
            self.adapters.tokens,
            self._password_gate,
            self.adapters.passwords,
            self.adapters.clock,
            timedelta(days=self.settings.session_days),
        )

    @cached_property
    def api_keys(self) -> "ApiKeys":
        """Return the use cases around API keys."""
        from chalicelib.services.accounts.api_keys import ApiKeys

        return ApiKeys(self.adapters.tokens, self.adapters.clock)

    @cached_property
    def users(self) -> "Users":
        """Return the use cases around users."""
        from chalicelib.services.accounts.users import Users

        return Users(
            self.adapters.accounts,
            self.adapters.tokens,
            self._password_gate,
            self.adapters.passwords,
            self.adapters.catalog,
            self.adapters.queue,
            self.adapters.clock,
            self.settings.min_password_length,
        )

    @cached_property
    def preferences(self) -> "UserPreferences":
        """Return the use cases around display preferences."""
        from chalicelib.services.accounts.preferences import UserPreferences

        return UserPreferences(self.adapters.preferences, self.adapters.accounts)

    @cached_property
    def bootstrap(self) -> "Bootstrap":
        """Return the use case that creates the first administrator."""
        from chalicelib.services.accounts.bootstrap import Bootstrap

        adapters = self.adapters
        return Bootstrap(adapters.accounts, adapters.tokens, adapters.passwords, adapters.clock)

    @cached_property
    def _password_gate(self) -> "PasswordGate":
        from chalicelib.services.accounts.password_gate import PasswordGate

        adapters = self.adapters
        return PasswordGate(adapters.passwords, adapters.login_attempts, adapters.tokens, adapters.clock)
