"""Sessions and API keys in DynamoDB.

| pk | sk | Holds |
|---|---|---|
| `token#<digest>` | `token` | what the token stands for: one read |
| `user#<id>` | `device#<digest of the device's id>` | the digest of the session open there |
| `accounts` | `key#<digest>` | an API key, for a list by a consistent read |

Rows of sessions, and of keys that end, expire by the time to live, which lags: a reader looks at `expires_at` too.
"""

import hashlib
from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    NumberAttribute,
    TTLAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.exceptions import DoesNotExist, PutError, TransactWriteError

from chalicelib.adapters.dynamodb.accounts.rows import ACCOUNTS, user_key
from chalicelib.adapters.dynamodb.table.batches import batch_of
from chalicelib.adapters.dynamodb.table.conditions import is_refused
from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.adapters.dynamodb.table.transactions import failures, transaction
from chalicelib.domain.accounts.accounts import ApiKey, Device, Session
from chalicelib.errors import ConflictError

TOKEN = "token"  # noqa: S105  # the name of a row
DEVICE = "device#"
KEY = "key#"


class TokenRow(Row):
    """What one token stands for: a session if it has a user, else an API key of the app `name`."""

    name = UnicodeAttribute()
    created = UTCDateTimeAttribute()
    user_id = UnicodeAttribute(null=True)
    client = UnicodeAttribute(null=True)
    device_id = UnicodeAttribute(null=True)
    client_version = UnicodeAttribute(null=True)
    generation = NumberAttribute(null=True)
    is_limited = BooleanAttribute(null=True)
    expires_at = TTLAttribute(null=True)


class DeviceRow(Row):
    """The session open on one device of a user."""

    digest = UnicodeAttribute()
    expires_at = TTLAttribute()


class KeyRow(Row):
    """One API key; without `is_limited`, as before there was such a choice, it is an administrator's."""

    app = UnicodeAttribute()
    created = UTCDateTimeAttribute()
    is_limited = BooleanAttribute(null=True)
    expires_at = TTLAttribute(null=True)


class DynamoTokens:
    """Tokens over the rows above."""

    def find(self, digest: str) -> Session | ApiKey | None:
        """Read one row."""
        try:
            row = TokenRow.get(_token_key(digest), TOKEN, consistent_read=True)
        except DoesNotExist:
            return None
        return _session(digest, row) if row.user_id else _key(digest, row.name, row)

    def knows_device(self, user_id: str, device_id: str) -> bool:
        """Look for the device's row; it stays when its session is closed."""
        return _open_on(DeviceRow(user_key(user_id), _device_key(device_id))) is not None

    def open(self, session: Session) -> None:
        """Put the session and its device, and delete the device's session before, all or none."""
        device = _device_row(session)
        before = _open_on(device)
        free = DeviceRow.pk.does_not_exist() if before is None else DeviceRow.digest == before
        try:
            with transaction() as write:
                write.save(_token_row(session))
                write.save(device, free)
                if before is not None:
                    write.delete(TokenRow(_token_key(before), TOKEN))
        except TransactWriteError as error:
            if failures(error):
                raise ConflictError("Somebody else signs in on this device.") from error
            raise

    def renew(self, session: Session) -> None:
        """Put the session if its row is there."""
        try:
            _token_row(session).save(TokenRow.pk.exists())
        except PutError as error:
            if not is_refused(error):
                raise

    def close(self, session: Session) -> None:
        """Delete the token; the device's row names a token that is no more, which harms nobody."""
        TokenRow(_token_key(session.digest), TOKEN).delete()

    def add_key(self, key: ApiKey) -> None:
        """Put the key's two rows."""
        facts: dict[str, Any] = {
            "created": key.created,
            "is_limited": None if key.is_administrator else True,
            "expires_at": key.expires,
        }
        with transaction() as write:
            write.save(TokenRow(_token_key(key.digest), TOKEN, name=key.app, **facts))
            write.save(KeyRow(ACCOUNTS, KEY + key.digest, app=key.app, **facts))

    def keys(self) -> tuple[ApiKey, ...]:
        """Query the keys."""
        rows = KeyRow.query(ACCOUNTS, KeyRow.sk.startswith(KEY), consistent_read=True)
        keys = (_key(row.sk.removeprefix(KEY), row.app, row) for row in rows)
        return tuple(sorted(keys, key=lambda key: (key.created, key.digest)))

    def remove_key(self, digest: str) -> bool:
        """Delete the key's two rows if they are there."""
        try:
            with transaction() as write:
                write.delete(TokenRow(_token_key(digest), TOKEN))
                write.delete(KeyRow(ACCOUNTS, KEY + digest), KeyRow.pk.exists())
        except TransactWriteError as error:
            if failures(error):
                return False
            raise
        return True


def end_all_sessions(user_id: str) -> None:
    """Delete the rows of all sessions of a user that is no more."""
    devices = list(DeviceRow.query(user_key(user_id), DeviceRow.sk.startswith(DEVICE), consistent_read=True))
    with batch_of(Row) as batch:
        for device in devices:
            batch.delete(TokenRow(_token_key(device.digest), TOKEN))
            batch.delete(device)


def _open_on(device: DeviceRow) -> str | None:
    try:
        return DeviceRow.get(device.pk, device.sk, consistent_read=True).digest
    except DoesNotExist:
        return None


def _token_key(digest: str) -> str:
    return f"token#{digest}"


def _device_key(device_id: str) -> str:
    """Name a device by a digest: its id is the client's free text, a key has 1,024 bytes."""
    return DEVICE + hashlib.sha256(device_id.encode()).hexdigest()


def _device_row(session: Session) -> DeviceRow:
    key = user_key(session.user_id), _device_key(session.device.id)
    return DeviceRow(*key, digest=session.digest, expires_at=session.expires)


def _token_row(session: Session) -> TokenRow:
    return TokenRow(
        _token_key(session.digest),
        TOKEN,
        name=session.device.name,
        created=session.created,
        user_id=session.user_id,
        client=session.device.client,
        device_id=session.device.id,
        client_version=session.device.version,
        generation=session.generation,
        expires_at=session.expires,
    )


def _key(digest: str, app: str, row: TokenRow | KeyRow) -> ApiKey:
    return ApiKey(digest, app, row.created, not row.is_limited, row.expires_at)


def _session(digest: str, row: TokenRow) -> Session:
    device = Device(row.client or "", row.name, row.device_id or "", row.client_version or "")
    return Session(digest, row.user_id, device, int(row.generation), row.created, row.expires_at)
