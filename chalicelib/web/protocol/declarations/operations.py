"""What a view takes and answers, declared once beside it.

The request that reaches the view holds nothing else, and the OpenAPI document is made of the declarations: neither
can say what the other does not. A declaration is cheap; a schema is made of it only when the document is.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from chalicelib.web.protocol.declarations.query import Parameter

PICTURE = "picture"
"""Stands for a body or an answer that is a picture, with the statuses that only pictures have."""

STATIC_FILE = "static file"
"""Stands for an answer that is a static file of any type, or leads to one."""

BYTES = "bytes"
"""Stands for an answer of bytes that are neither JSON nor a picture."""

ALWAYS_READ = frozenset({"apikey", "api_key"})
"""Every call may carry its token in the query; the document names them as security schemes."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class UndeclaredError(Exception):
    """Say that code reads what its view does not declare: a mistake of ours, which no caller can make happen."""


@dataclass(frozen=True, slots=True)
class Operation:
    """`body` and `answers` are types of JSON values, PICTURE, STATIC_FILE or BYTES; no answer is a 204."""

    takes: tuple[Parameter, ...] = ()
    body: object = None
    body_is_optional: bool = False
    answers: object = None
    status: int = 200

    def query_of(self, path: str) -> tuple[Parameter, ...]:
        """Return the parameters of the query; what the path itself holds is none of them."""
        held = {camel(name) for name in _PLACEHOLDER.findall(path)}
        return tuple(parameter for parameter in self.takes if parameter.name not in held)


NOTHING = Operation()


class Declared[T](Mapping[str, T]):
    """Named values of a request, of which only declared names can be read; names are lower case."""

    __slots__ = ("_names", "_values")

    def __init__(self, values: Mapping[str, T], names: frozenset[str]) -> None:
        self._values = values
        self._names = names

    def __getitem__(self, name: str) -> T:
        if name not in self._names:
            raise UndeclaredError(name)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._values if name in self._names)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def operation[V: Callable[..., object]](
    *takes: Parameter,
    body: object = None,
    body_is_optional: bool = False,
    answers: object = None,
    status: int = 200,
) -> Callable[[V], V]:
    """Declare what a view takes and answers; stands below `routes.view`."""
    declared = Operation(takes, body, body_is_optional, answers, status)

    def mark(view: V) -> V:
        view.operation = declared  # type: ignore[attr-defined]  # functions take attributes; `operation_of` reads it
        return view

    return mark


def operation_of(view: Callable[..., object]) -> Operation:
    """Return what a view declares; one that declares nothing takes nothing and answers 204."""
    return getattr(view, "operation", NOTHING)


def query_names(path: str, declared: Operation) -> frozenset[str]:
    """Return the lower-case names that may be read of the query of a path."""
    return ALWAYS_READ | {parameter.key for parameter in declared.query_of(path)}


def member_names(shape: type) -> frozenset[str]:
    """Return the lower-case names of the members of a JSON object's type."""
    return frozenset(map(str.lower, shape.__annotations__))


def camel(name: str) -> str:
    """Return a placeholder's name as Jellyfin writes it."""
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))
