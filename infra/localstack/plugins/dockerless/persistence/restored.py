"""Rows as a snapshot had them: each stays the text that it was kept as until somebody asks for its attributes."""

import json
from typing import Any, Self

from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict

_read = json.JSONDecoder().raw_decode
"""json.loads without its checks of the argument, for the hundred thousand keys that a start reads."""


class RestoredItem(Item):
    """A row whose attributes are read when they are first asked for; its size was checked when it was written."""

    def __new__(cls, *_: object) -> Self:
        """Make one past moto's register of all that it ever made."""
        return object.__new__(cls)

    def __init__(self, hash_key: DynamoType, range_key: DynamoType | None, text: str) -> None:
        self.hash_key = hash_key
        self.range_key = range_key
        self._text = text
        self._attributes: Any = None

    @property
    def attrs(self) -> Any:  # noqa: ANN401  # moto's dictionary
        """Return the attributes. Whoever asks holds the lock of all operations."""
        if self._attributes is None:
            self._attributes = LimitedSizeDict()
            values = json.loads(self._text)
            self._attributes.update({name: DynamoType(value) for name, value in values.items()})
            self._text = ""
        return self._attributes

    def may_have(self, name: str) -> bool:
        """Tell whether an attribute could be there, without reading the text; False is certain."""
        return self._attributes is not None or f'"{name}"' in self._text


def restored_key(text: str, names: tuple[str, ...]) -> tuple[DynamoType, ...]:
    """Read the values of a kept key, in the order of its attributes' names."""
    values = _read(text)[0]
    return tuple(DynamoType(values[name]) for name in names)
