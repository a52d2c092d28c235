"""Display preferences in DynamoDB: pk `user#<id>`, sk `preferences#<digest of the client>#<id>`."""

import hashlib
import json
from dataclasses import asdict

from pynamodb.attributes import UnicodeAttribute
from pynamodb.exceptions import DoesNotExist

from chalicelib.adapters.dynamodb.accounts.rows import user_key
from chalicelib.adapters.dynamodb.table.batches import batch_of
from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.domain.accounts.preferences import DisplayPreferences, PreferencesKey

PREFERENCES = "preferences#"


class PreferencesRow(Row):
    """What one client keeps of one thing for a user; a document, for nothing reads it in part."""

    document = UnicodeAttribute()


class DynamoPreferences:
    """Preferences over the row above."""

    def find(self, key: PreferencesKey) -> DisplayPreferences | None:
        """Read one row."""
        try:
            row = PreferencesRow.get(*_key(key), consistent_read=True)
        except DoesNotExist:
            return None
        return DisplayPreferences(**json.loads(row.document))

    def save(self, key: PreferencesKey, preferences: DisplayPreferences) -> None:
        """Put the row."""
        document = json.dumps(asdict(preferences), ensure_ascii=False, separators=(",", ":"))
        PreferencesRow(*_key(key), document=document).save()


def forget_preferences(user_id: str) -> None:
    """Delete all preferences of a user that is no more."""
    rows = PreferencesRow.query(
        user_key(user_id), PreferencesRow.sk.startswith(PREFERENCES), attributes_to_get=["pk", "sk"]
    )
    with batch_of(Row) as batch:
        for row in rows:
            batch.delete(row)


def _key(key: PreferencesKey) -> tuple[str, str]:
    """Name the client by a digest: it is free text, and a key has 1,024 bytes."""
    client = hashlib.sha256(key.client.encode()).hexdigest()[:32]
    return user_key(key.user_id), f"{PREFERENCES}{client}#{key.id}"
