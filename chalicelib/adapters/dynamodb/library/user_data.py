"""What users have done with items, in DynamoDB: pk `userdata#<user id>`, sk the item's id; some 120 bytes each."""

import dataclasses
import json
from collections.abc import Iterable, Mapping

from pynamodb.attributes import UnicodeAttribute
from pynamodb.exceptions import PutError

from chalicelib.adapters.dynamodb.table.batches import batch_of
from chalicelib.adapters.dynamodb.table.conditions import is_refused
from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.domain.library.user_data import UNTOUCHED, UserBook, UserData
from chalicelib.errors import ConflictError


class UserDataRow(Row):
    """What one user has done with one item; a document, which is compared as a whole."""

    document = UnicodeAttribute()


class DynamoUserData:
    """UserDataStore over the row above."""

    def find(self, user_id: str, item_ids: Iterable[str]) -> Mapping[str, UserData]:
        """Read by batches."""
        keys = [(_partition(user_id), item_id) for item_id in dict.fromkeys(item_ids)]
        return {row.sk: _data(row) for row in UserDataRow.batch_get(keys, consistent_read=True)}

    def all(self, user_id: str) -> UserBook:
        """Query the user's partition."""
        return {row.sk: _data(row) for row in UserDataRow.query(_partition(user_id), consistent_read=True)}

    def save(self, user_id: str, item_id: str, before: UserData, after: UserData) -> None:
        """Put the row on the condition that it says what it said."""
        same = UserDataRow.document == _document(before)
        if before == UNTOUCHED:
            same |= UserDataRow.pk.does_not_exist()
        try:
            _row(user_id, item_id, after).save(same)
        except PutError as error:
            if is_refused(error):
                message = f"What user {user_id} did with item {item_id} changed meanwhile."
                raise ConflictError(message) from error
            raise

    def save_many(self, user_id: str, data: Mapping[str, UserData]) -> None:
        """Put the rows by batches."""
        with batch_of(UserDataRow) as batch:
            for item_id, one in data.items():
                batch.save(_row(user_id, item_id, one))


def forget_user_data(user_id: str) -> None:
    """Delete all rows of a user that is no more."""
    rows = list(UserDataRow.query(_partition(user_id), attributes_to_get=["pk", "sk"]))
    with batch_of(Row) as batch:
        for row in rows:
            batch.delete(row)


def _partition(user_id: str) -> str:
    return f"userdata#{user_id}"


def _row(user_id: str, item_id: str, data: UserData) -> UserDataRow:
    return UserDataRow(_partition(user_id), item_id, document=_document(data))


def _document(data: UserData) -> str:
    """Write what is not as it is by default."""
    said = ((known, getattr(data, known.name)) for known in dataclasses.fields(data))
    return json.dumps({k.name: v for k, v in said if v != k.default}, separators=(",", ":"))


def _data(row: UserDataRow) -> UserData:
    return UserData(**json.loads(row.document))
