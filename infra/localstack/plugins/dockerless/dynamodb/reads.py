"""Let moto's DynamoDB read without copying what it reads, and look only where a query can find something.

It copies each row that it finds, and for a projection once more for each attribute; a query goes through the whole
table. Answers are written while the lock of all operations is held, so rows cannot change under them.
"""

import copy
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import wraps
from types import SimpleNamespace
from typing import Any

from localstack.utils.patch import patch
from moto.dynamodb.models import table as table_module
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler

from ..persistence.restored import RestoredItem

INDEX_NAME = 6
"""Where a query has the index's name among its arguments behind the key."""

COUNTED = "get_item", "put_item", "query", "scan", "delete_item"
"""Operations of which moto reads its own answer, to add what it consumed, and writes it anew."""


def apply_patches() -> None:
    """Change module and classes in place, once per process."""
    table_module.copy = SimpleNamespace(copy=copy.copy, deepcopy=_copied)
    _project_without_copies()
    _query_one_partition()
    for operation in COUNTED:
        setattr(DynamoHandler, operation, _counted_when_asked(getattr(DynamoHandler, operation)))


def _counted_when_asked(operation: Callable[[DynamoHandler], object]) -> Callable[[DynamoHandler], object]:
    @wraps(operation)
    def answer(handler: DynamoHandler) -> object:
        is_asked = handler.body.get("ReturnConsumedCapacity", "NONE") != "NONE"
        return operation(handler) if is_asked else operation.__wrapped__(handler)  # type: ignore[attr-defined]

    return answer


def _copied(value: Any) -> Any:  # noqa: ANN401  # whatever moto copies
    """Copy what is no result of a read; rows that were found are only read."""
    if isinstance(value, Item):
        return value
    if isinstance(value, list) and all(isinstance(one, Item) for one in value):
        return list(value)
    return copy.deepcopy(value)


def _project_without_copies() -> None:
    @patch(target=Item.project)
    def project(original: Callable[..., Item], item: Item, expressions: Sequence[Sequence[str]]) -> Item:
        if any(len(path) != 1 or "[" in path[0] for path in expressions):
            return original(item, expressions)
        projected = Item(item.hash_key, item.range_key, {})
        projected.attrs.update({name: item.attrs[name] for (name,) in expressions if name in item.attrs})
        return projected


def _query_one_partition() -> None:
    @patch(target=Table.query)
    def query(
        original: Callable[..., object],
        table: Table,
        hash_key: DynamoType,
        *others: object,
        **options: object,
    ) -> object:
        index_name = others[INDEX_NAME] if len(others) > INDEX_NAME else options.get("index_name")
        return original(_narrowed(table, hash_key, index_name), hash_key, *others, **options)


def _narrowed(table: Table, hash_key: DynamoType, index_name: object) -> Table:
    """Return the table as it were with those rows alone that have a key, in itself or in an index."""
    narrow = copy.copy(table)
    if index_name is None:
        narrow.items = {hash_key: table.items[hash_key]} if hash_key in table.items else {}
        return narrow
    for index in table.all_indexes():
        if index.name == index_name:
            name = next(key["AttributeName"] for key in index.schema if key["KeyType"] == "HASH")
            narrow.items = _rows_with(table, name, hash_key)
    return narrow


def _rows_with(table: Table, name: str, value: DynamoType) -> dict[DynamoType, Any]:
    found: defaultdict[DynamoType, Any] = defaultdict(dict)
    wanted, kind = value.value, value.type
    for partition, rows in table.items.items():
        for key, row in rows.items() if table.range_key_attr else ((None, rows),):
            if isinstance(row, RestoredItem) and not row.may_have(name):
                continue
            attribute = row.attrs.get(name)
            if attribute is None or attribute.value != wanted or attribute.type != kind:
                continue
            if table.range_key_attr:
                found[partition][key] = row
            else:
                found[partition] = row
    return found
