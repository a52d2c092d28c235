"""DynamoDB: which rows were written since the last snapshot, and what they are now."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from localstack.utils.patch import patch
from moto.dynamodb.models import DynamoDBBackend, dynamodb_backends
from moto.dynamodb.models.dynamo_type import DynamoType

from .archive import Archive, KeptRow, Snapshot
from .restored import RestoredItem, restored_key

type Written = dict[str, set[str]]
"""Keys of rows, as JSON, by table."""


class Rows:
    """The rows of some tables. Whoever calls must hold the lock of all operations."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._written: Written = defaultdict(set)
        self._tables: set[str] = set()

    def restore(self, tables: Iterable[str]) -> None:
        """Put the archive's rows into tables, and keep those tables from now on."""
        for name in tables:
            self._tables.add(name)
            table = _table(name)
            for item in table.all_items():
                self.mark(name, item.to_json()["Attributes"])
            for kept in self._archive.rows(name):
                _put_back(table, kept)

    def mark(self, name: str, attributes: Mapping[str, Any]) -> None:
        """Remember that a row is written, told by whatever has its key."""
        if name in self._tables and (table := _table(name)) is not None:
            names = [key for key in (table.hash_key_attr, table.range_key_attr) if key]
            self._written[name].add(json.dumps({key: attributes.get(key) for key in names}, sort_keys=True))

    def collect(self, snapshot: Snapshot) -> Written:
        """Add the rows that were written to a snapshot; return which, to be marked again if that fails."""
        written, self._written = self._written, defaultdict(set)
        for name, keys in written.items():
            table = _table(name)
            snapshot.rows[name] = [KeptRow(key, _item(table, key)) for key in keys]
        return written

    def put_back(self, written: Written) -> None:
        """Take rows for unsaved again."""
        for name, keys in written.items():
            self._written[name] |= keys

    def watch(self) -> None:
        """Notice every write from now on: transactions and batches come down to these three."""
        for operation in (DynamoDBBackend.put_item, DynamoDBBackend.update_item, DynamoDBBackend.delete_item):
            patch(target=operation)(self._noticing())

    def _noticing(self) -> Callable[..., object]:
        def write(
            original: Callable[..., object],
            backend: object,
            table_name: str,
            key: Mapping[str, Any] | None = None,
            *others: object,
            **options: Any,  # noqa: ANN401  # moto's
        ) -> object:
            found = key if key is not None else options.get("item_attrs")
            self.mark(bare_name(table_name), found or {})
            arguments = (table_name,) if key is None else (table_name, key)
            return original(backend, *arguments, *others, **options)

        return write


def bare_name(table: str) -> str:
    """Return a table's name, of which its ARN is another form and ends in it."""
    return table.rpartition("/")[2]


def _table(name: str) -> Any:  # noqa: ANN401  # moto's
    """Return a table, whosoever's it is; None where there is none."""
    for regions in dynamodb_backends.values():
        for backend in regions.values():
            if name in backend.tables:
                return backend.tables[name]
    return None


def _item(table: Any, key: str) -> str | None:  # noqa: ANN401  # moto's
    if table is None:
        return None
    values = json.loads(key)
    range_value = values.get(table.range_key_attr)
    found = table.get_item(
        DynamoType(values[table.hash_key_attr]), DynamoType(range_value) if range_value else None
    )
    return json.dumps(found.to_json()["Attributes"]) if found else None


def _put_back(table: Any, kept: KeptRow) -> None:  # noqa: ANN401  # moto's
    """Put a row into a table as it was kept: it was checked when it was written."""
    if table.range_key_attr:
        key, range_key = restored_key(kept.key, (table.hash_key_attr, table.range_key_attr))
        table.items[key][range_key] = RestoredItem(key, range_key, kept.item or "{}")
    else:
        (key,) = restored_key(kept.key, (table.hash_key_attr,))
        table.items[key] = RestoredItem(key, None, kept.item or "{}")
