"""Let moto's DynamoDB measure, copy and write its values once.

It measures all of a row for each attribute that it adds, and copies a value at each of its levels to write it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from localstack.utils.patch import patch
from moto.dynamodb.exceptions import ItemSizeTooLarge
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.utilities import bytesize

ITEM_BYTES = 405_000
"""Moto's own limit of a row."""


def apply_patches() -> None:
    """Change the classes in place, once per process."""
    Item.__init__ = _begin
    DynamoType.size = _size
    DynamoType.__deepcopy__ = _copied
    Item.__deepcopy__ = _copied_row
    _write_without_copies()


def _begin(item: Item, hash_key: DynamoType, range_key: DynamoType | None, attrs: Mapping[str, Any]) -> None:
    """Set a row's attributes all at once; raises ItemSizeTooLarge where moto would at the last of them."""
    item.hash_key, item.range_key = hash_key, range_key
    item.attrs = LimitedSizeDict()
    dict.update(item.attrs, {name: DynamoType(value) for name, value in attrs.items()})
    if item.size() > ITEM_BYTES:
        raise ItemSizeTooLarge


def _size(value: DynamoType) -> int:
    """Return the bytes of a value as moto counts them."""
    kind, content = value.type, value.value
    if kind in {"S", "B"}:
        return bytesize(content)
    if kind == "L":
        return sum(map(_size, content))
    if kind == "M":
        return sum(len(name.encode()) + _size(each) for name, each in content.items())
    if kind == "N":
        return len(str(content))
    if isinstance(content, bool):
        return 1
    return sum(len(str(each)) if kind == "NS" else bytesize(each) for each in content)


def _copied(value: DynamoType, _memo: object = None) -> DynamoType:
    """Copy a value as deep as it can be changed."""
    made: DynamoType = object.__new__(DynamoType)
    made.type, content = value.type, value.value
    if value.type == "M":
        content = {name: _copied(each) for name, each in content.items()}
    elif value.type == "L":
        content = [_copied(each) for each in content]
    elif isinstance(content, list):
        content = list(content)
    made.value = content
    return made


def _copied_row(item: Item, _memo: object) -> Item:
    """Copy a row, past moto's register of all that it ever made."""
    made: Item = object.__new__(Item)
    made.hash_key, made.range_key = item.hash_key, item.range_key
    made.attrs = LimitedSizeDict()
    dict.update(made.attrs, {name: _copied(value) for name, value in item.attrs.items()})
    return made


def _write_without_copies() -> None:
    @patch(target=DynamoType.to_regular_json)
    def to_regular_json(original: Callable[[DynamoType], Any], value: DynamoType) -> Any:  # noqa: ANN401
        match value.type:
            case "S" | "N" | "BOOL" | "NULL":
                return {value.type: value.value}
            case "L":
                return {"L": [each.to_regular_json() for each in value.value]}
            case "M":
                return {"M": {name: each.to_regular_json() for name, each in value.value.items()}}
        return original(value)
