"""Rows of users, and what they hold.

| pk | sk | Holds |
|---|---|---|
| `user#<id>` | `account` | the user |
| `accounts` | `name#<folded name>` | whose name that is: unique, and all of them are the list of users |
| `accounts` | `administrators` | the ids of those who can administer: never empty once filled |
"""

from dataclasses import asdict
from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)

from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.domain.accounts.accounts import Policy, User
from chalicelib.domain.accounts.configuration import UserConfiguration
from chalicelib.domain.images.owners import OwnerKey

ACCOUNT = "account"
ACCOUNTS = "accounts"
NAME = "name#"
ADMINISTRATORS = "administrators"


class AccountRow(Row):
    """One user."""

    name = UnicodeAttribute()
    created = UTCDateTimeAttribute()
    last_login = UTCDateTimeAttribute(null=True)
    password_hash = UnicodeAttribute()
    generation = NumberAttribute()
    version = NumberAttribute()
    is_administrator = BooleanAttribute()
    is_disabled = BooleanAttribute()
    is_hidden = BooleanAttribute()
    enable_user_preference_access = BooleanAttribute()
    configuration = JSONAttribute(null=True)


class NameRow(Row):
    """The claim of one user to a name."""

    user_id = UnicodeAttribute()


class AdministratorsRow(Row):
    """Who can administer."""

    ids = UnicodeSetAttribute(null=True)


def user_key(user_id: str) -> str:
    """Return the key that a user's rows share with its image list."""
    return str(OwnerKey.user(user_id))


def account_row(user: User) -> AccountRow:
    """Turn a user into its row."""
    return AccountRow(
        user_key(user.id),
        ACCOUNT,
        name=user.name,
        created=user.created,
        last_login=user.last_login,
        password_hash=user.password_hash,
        generation=user.generation,
        version=user.version,
        is_administrator=user.policy.is_administrator,
        is_disabled=user.policy.is_disabled,
        is_hidden=user.policy.is_hidden,
        enable_user_preference_access=user.policy.enable_user_preference_access,
        configuration=None if user.configuration == UserConfiguration() else asdict(user.configuration),
    )


def user_of(row: AccountRow) -> User:
    """Read a user from its row."""
    policy = Policy(row.is_administrator, row.is_disabled, row.is_hidden, row.enable_user_preference_access)
    return User(
        id=row.pk.partition("#")[2],
        name=row.name,
        created=row.created,
        policy=policy,
        password_hash=row.password_hash,
        generation=int(row.generation),
        last_login=row.last_login,
        version=int(row.version),
        configuration=_configuration(row.configuration or {}),
    )


def _configuration(kept: dict[str, Any]) -> UserConfiguration:
    """Read a configuration; JSON knows no tuples."""
    lists = {name: tuple(value) for name, value in kept.items() if isinstance(value, list)}
    return UserConfiguration(**kept | lists)
