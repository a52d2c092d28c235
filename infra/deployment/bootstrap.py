"""Create the first administrator and API key straight in the table."""

from datetime import UTC, datetime

from chalicelib.adapters.argon2_passwords import Argon2Passwords
from chalicelib.adapters.dynamodb.accounts.accounts import DynamoAccounts
from chalicelib.adapters.dynamodb.accounts.tokens import DynamoTokens
from chalicelib.adapters.dynamodb.table.models import bind
from chalicelib.services.accounts.bootstrap import Bootstrap, Bootstrapped


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """Return the time in UTC."""
        return datetime.now(UTC)


def bootstrap(table: str, name: str = "admin", *, password: str = "", api_key: str = "") -> Bootstrapped:
    """Make sure that an administrator and an API key exist; what is not given is made at random."""
    bind(table)
    run = Bootstrap(DynamoAccounts(), DynamoTokens(), Argon2Passwords(), SystemClock()).run
    return run(name, app="operator", password=password, api_key=api_key)
