"""Use cases around accounts."""

# ruff: noqa: PLC0415  # imports inside functions are the purpose here: a 304 pays for no Pillow

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.wiring.outside import Outside

if TYPE_CHECKING:
    from chalicelib.services.accounts.api_keys import ApiKeys
    from chalicelib.services.accounts.authentication import Authentication
    from chalicelib.services.accounts.password_gate import PasswordGate
    from chalicelib.services.accounts.preferences import UserPreferences
    from chalicelib.services.accounts.sign_in import SignIn
    from chalicelib.services.accounts.users import Users


class People(Outside):
    """What the product does with users, their sessions, and keys."""

    @cached_property
    def access(self) -> "Authentication":
        """Return the use case that finds out who calls."""
        from chalicelib.services.accounts.authentication import Authentication

        return Authentication(self.accounts, self.tokens, self.clock)

    @cached_property
    def password_gate(self) -> "PasswordGate":
        """Return the check of passwords."""
        from chalicelib.services.accounts.password_gate import PasswordGate

        return PasswordGate(self.passwords, self.login_attempts, self.tokens, self.clock)

    @cached_property
    def sign_in(self) -> "SignIn":
        """Return the use cases that open and close sessions."""
        from chalicelib.services.accounts.sign_in import SignIn

        lifetime = timedelta(days=self.settings.session_days)
        return SignIn(self.accounts, self.tokens, self.password_gate, self.clock, lifetime)

    @cached_property
    def api_keys(self) -> "ApiKeys":
        """Return the use cases around API keys."""
        from chalicelib.services.accounts.api_keys import ApiKeys

        return ApiKeys(self.tokens, self.clock)

    @cached_property
    def users(self) -> "Users":
        """Return the use cases around users."""
        from chalicelib.services.accounts.users import Users

        return Users(
            self.accounts,
            self.tokens,
            self.password_gate,
            self.catalog,
            self.queue,
            self.clock,
            self.settings.min_password_length,
        )

    @cached_property
    def user_preferences(self) -> "UserPreferences":
        """Return the use cases around display preferences."""
        from chalicelib.services.accounts.preferences import UserPreferences

        return UserPreferences(self.preferences, self.accounts)
