"""JSON Schema (2020-12, which OpenAPI 3.1 uses) of parameters and of the types that views answer."""

from collections.abc import Mapping
from enum import StrEnum
from functools import reduce
from operator import or_
from types import NoneType, UnionType
from typing import Any, Literal, TypeAliasType, Union, get_args, get_origin, get_type_hints, is_typeddict

from chalicelib.web.protocol.declarations import query, schemas
from chalicelib.web.protocol.declarations.image_parameters import IMAGE_TYPES

type Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer", "format": "int32", "minimum": -(2**31), "maximum": 2**31 - 1}
LONG: Schema = {"type": "integer", "format": "int64", "minimum": 0, "maximum": 2**63 - 1}
DECIMAL: Schema = {"type": "number"}
TRUTH: Schema = {"type": "boolean"}
ID: Schema = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
TIME: Schema = {"type": "string", "format": "date-time"}
INDEX: Schema = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
DIGITS: Schema = {"type": "string", "pattern": "^[0-9]{1,4}$"}

PLAIN: Mapping[object, Schema] = {
    str: TEXT,
    int: NUMBER,
    float: DECIMAL,
    bool: TRUTH,
    object: {},
    NoneType: {"type": "null"},
    dict: {"type": "object"},
    schemas.Guid: ID,
    schemas.Time: TIME,
    schemas.Ticks: LONG,
    schemas.Bytes: LONG,
}
KINDS: Mapping[type[query.Parameter], Schema] = {
    query.Text: TEXT,
    query.Line: TEXT | {"maxLength": query.MAX_LINE},
    query.Integer: NUMBER,
    query.Index: INDEX,
    query.Decimal: DECIMAL,
    query.Truth: TRUTH,
    query.Moment: TEXT,
    query.Ticks: LONG | {"maximum": 10**query.MAX_TICKS_DIGITS - 1},
    query.Id: ID,
    query.Words: TEXT,
    query.Names: TEXT,
    query.Ids: ID,
    query.Integers: NUMBER,
}
SEGMENTS: Mapping[str, Schema] = {
    **dict.fromkeys(("item_id", "user_id", "ticket_id"), ID),
    **dict.fromkeys(("image_index", "max_width", "max_height", "percent_played", "unplayed_count"), DIGITS),
    "image_type": {"enum": list(IMAGE_TYPES)},
}
"""What a placeholder of a path stands for; any text where it is not named."""


def parameter_schema(parameter: query.Parameter) -> Schema:
    """Return the schema of a parameter's value; an unknown choice is no error, so choices are examples."""
    one = dict(KINDS[type(parameter)])
    if parameter.choices:
        one["examples"] = list(parameter.choices)
    return {"type": "array", "items": one} if isinstance(parameter, query.Several) else one


_UNIONS = (UnionType, Union)


class Components:
    """The named schemas of a document, collected while they are pointed to."""

    def __init__(self) -> None:
        self.schemas: dict[str, Schema] = {}

    def of(self, kind: Any) -> Schema:  # noqa: ANN401  # types have no type of their own
        """Return the schema of a type; an object's goes among the components."""
        if kind in PLAIN:
            return dict(PLAIN[kind])
        if isinstance(kind, TypeAliasType):
            return self.of(kind.__value__)
        if is_typeddict(kind):
            return self._named(kind)
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return {"enum": [member.value for member in kind]}
        return self._composed(get_origin(kind), get_args(kind))

    def _composed(self, origin: object, arguments: tuple[Any, ...]) -> Schema:
        if origin is list:
            return {"type": "array", "items": self.of(arguments[0])}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.of(arguments[1])}
        if origin is Literal:
            return {"enum": list(arguments)}
        if origin in _UNIONS:
            return {"anyOf": [self.of(kind) for kind in arguments]}
        message = f"no schema for {origin}"
        raise TypeError(message)

    def _named(self, kind: type) -> Schema:
        name = kind.__name__
        if name not in self.schemas:
            self.schemas[name] = {}  # a type may hold itself
            self.schemas[name] = self._object(kind)
        return {"$ref": f"#/components/schemas/{name}"}

    def _object(self, kind: Any) -> Schema:  # noqa: ANN401  # as above
        hints = get_type_hints(kind)
        optional = {name for name, hint in hints.items() if _may_be_none(hint)} | kind.__optional_keys__
        required = [name for name in hints if name not in optional]
        schema: Schema = {"type": "object", "properties": {n: self.of(_given(h)) for n, h in hints.items()}}
        if required:
            schema["required"] = required
        return schema | {"description": (kind.__doc__ or "").splitlines()[0]}


def _may_be_none(hint: object) -> bool:
    return get_origin(hint) in _UNIONS and NoneType in get_args(hint)


def _given(hint: Any) -> Any:  # noqa: ANN401  # as above
    """Return what a member is where it is given: one that is None is left out."""
    if not _may_be_none(hint):
        return hint
    rest = tuple(kind for kind in get_args(hint) if kind is not NoneType)
    return reduce(or_, rest)
