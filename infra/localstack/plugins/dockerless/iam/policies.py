"""Decide by policy documents whether an action on a resource is allowed.

The logic is that of "Policy evaluation logic" in AWS's IAM guide, for identity-based policies: an explicit deny
wins, then an allow, and all else is denied. What this does not know raises, so that nothing is allowed by mistake.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

type Document = Mapping[str, Any]

_KNOWN = frozenset({"Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"})


@dataclass(frozen=True)
class Access:
    """One action on one resource, named as IAM names them: `s3:GetObject`, `arn:aws:s3:::bucket/key`."""

    action: str
    resource: str


@dataclass(frozen=True)
class Decision:
    """Whether an access is allowed, and the statement that says so; `None` where no statement speaks of it."""

    is_allowed: bool
    sid: str | None = None
    is_explicit: bool = False


class UnsupportedPolicyError(Exception):
    """A policy holds what this evaluation does not know."""


def decide(documents: Iterable[Document], access: Access, context: Mapping[str, str]) -> Decision:
    """Evaluate every statement of the documents; `context` has the keys that conditions may ask for."""
    allowed = Decision(is_allowed=False)
    for statement in (each for document in documents for each in statements(document)):
        if not _applies(statement, access, context):
            continue
        sid = str(statement.get("Sid", ""))
        if statement["Effect"] == "Deny":
            return Decision(is_allowed=False, sid=sid, is_explicit=True)
        allowed = Decision(is_allowed=True, sid=sid)
    return allowed


def statements(document: Document) -> list[Document]:
    """Return the statements of a document, which may be a single one without a list."""
    return _listed(document["Statement"])


@lru_cache(maxsize=256)
def parsed(text: str) -> Document:
    """Read a document; the same text is read once."""
    document: Document = json.loads(text)
    for statement in statements(document):
        if unknown := statement.keys() - _KNOWN:
            raise UnsupportedPolicyError(f"A statement has {', '.join(sorted(unknown))}.")
    return document


def matches(pattern: str, text: str) -> bool:
    """Compare with IAM's wildcards: `*` for any characters, `?` for one; letter case counts."""
    return _compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern once: every call of every function is compared with those of its role."""
    wild = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.compile(wild, re.DOTALL)


def _applies(statement: Document, access: Access, context: Mapping[str, str]) -> bool:
    return (
        _named(statement, "Action", access.action.lower(), lower=True)
        and _named(statement, "Resource", access.resource, lower=False)
        and all(_holds(name, test, context) for name, test in statement.get("Condition", {}).items())
    )


def _named(statement: Document, element: str, text: str, *, lower: bool) -> bool:
    """Tell whether an element, or the opposite of its `Not` form, names the text; actions have no letter case."""
    inverse = f"Not{element}"
    patterns: Sequence[str] = _listed(statement[inverse] if inverse in statement else statement[element])
    is_named = any(matches(pattern.lower() if lower else pattern, text) for pattern in patterns)
    return is_named != (inverse in statement)


def _holds(operator: str, wanted: Mapping[str, Any], context: Mapping[str, str]) -> bool:
    """Evaluate one operator of a condition: every key must match one of its values."""
    name = operator.removesuffix("IfExists")
    if name not in _OPERATORS:
        raise UnsupportedPolicyError(f"The condition {operator} is not known here.")
    compare, is_negated = _OPERATORS[name]
    for key, values in wanted.items():
        present = context.get(key.lower())
        if present is None:
            if not (operator.endswith("IfExists") or is_negated):
                return False
        elif any(compare(str(value), present) for value in _listed(values)) == is_negated:
            return False
    return True


def _same(wanted: str, present: str) -> bool:
    return wanted == present


def _same_word(wanted: str, present: str) -> bool:
    return wanted.lower() == present.lower()


_OPERATORS: Mapping[str, tuple[Callable[[str, str], bool], bool]] = {
    "StringEquals": (_same, False),
    "StringNotEquals": (_same, True),
    "StringLike": (matches, False),
    "StringNotLike": (matches, True),
    "ArnEquals": (matches, False),
    "ArnLike": (matches, False),
    "Bool": (_same_word, False),
}


def _listed[Value](value: Value | list[Value]) -> list[Value]:
    return value if isinstance(value, list) else [value]
