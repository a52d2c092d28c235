"""Create the first administrator and API key straight in the table."""

import argparse
import json
import os
from datetime import UTC, datetime

from chalicelib.adapters.argon2_passwords import Argon2Passwords
from chalicelib.adapters.dynamodb.accounts.accounts import DynamoAccounts
from chalicelib.adapters.dynamodb.accounts.tokens import DynamoTokens
from chalicelib.adapters.dynamodb.table.models import bind
from chalicelib.services.accounts.bootstrap import Bootstrap, Bootstrapped

PASSWORD_VARIABLE = "ADMIN_PASSWORD"  # noqa: S105  # the name of a variable
API_KEY_VARIABLE = "ADMIN_API_KEY"


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


def main() -> None:
    """Bootstrap a table and print, once, what was made; given secrets come from the environment."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--table", required=True)
    parser.add_argument("--name", default="admin", help="of the administrator")
    arguments = parser.parse_args()
    made = bootstrap(
        arguments.table,
        arguments.name,
        password=os.environ.get(PASSWORD_VARIABLE, ""),
        api_key=os.environ.get(API_KEY_VARIABLE, ""),
    )
    print(json.dumps({"user": made.user.name, "password": made.password, "api_key": made.api_key}, indent=2))


if __name__ == "__main__":
    main()
