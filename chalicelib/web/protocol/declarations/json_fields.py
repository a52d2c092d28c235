"""A JSON body, field by field: what is not as it should be becomes a 400 that names the field.

Names are read in any letter case; absent, null and empty are the same.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from chalicelib.errors import BodyTooLargeError, InvalidInputError, LimitExceededError
from chalicelib.web.protocol.declarations.operations import Declared, member_names
from chalicelib.web.protocol.declarations.parameters import guid
from chalicelib.web.protocol.request import Request

MAX_LINE = 255
"""Characters of a text that is one line."""

MAX_LIST = 200
"""Members of a list."""

_INT32 = range(-(2**31), 2**31)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class JsonFields:
    """The fields of one JSON object, by lower-case name."""

    values: Mapping[str, Any]

    @classmethod
    def of_body(cls, request: Request, limit: int) -> Self:
        """Read a request's body, of so many bytes at most."""
        body = request.body
        if len(body) > limit:
            raise BodyTooLargeError(len(body), limit)
        try:
            return cls.of("body", json.loads(body), request.body_shape)
        except (ValueError, RecursionError) as error:
            raise InvalidInputError("body", "The body is not valid JSON.") from error

    @classmethod
    def of(cls, name: str, value: Any, shape: type | None = None) -> Self:  # noqa: ANN401  # any JSON value
        """Take a JSON value that must be an object; `name` is what the error calls it.

        Where its type is given, nothing else can be read of it.
        """
        if not isinstance(value, dict):
            raise InvalidInputError(name, f"The {name} must be a JSON object.")
        values = {key.lower(): inner for key, inner in value.items()}
        return cls(Declared(values, member_names(shape)) if shape else values)

    def line(self, name: str) -> str:
        """Return a text of one line; control characters become spaces."""
        return _CONTROL.sub(" ", self.text(name, MAX_LINE)).strip()

    def required_line(self, name: str) -> str:
        """Return a text of one line that must not be empty."""
        if not (text := self.line(name)):
            raise InvalidInputError(name, f"The {name} field is required.")
        return text

    def text(self, name: str, limit: int) -> str:
        """Return a text of so many characters at most."""
        value = self._value(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise InvalidInputError(name, f"{name} must be a string.")
        if len(value) > limit:
            raise LimitExceededError(name, f"length of {name}", len(value), limit)
        if not value.isascii():
            _check_unicode(name, value)
        return value

    def integer(self, name: str, allowed: range = _INT32) -> int | None:
        """Return a whole number, which may stand in quotes, as .NET reads it."""
        value = self._value(name)
        if value is None or value == "":
            return None
        try:
            number = None if isinstance(value, bool | float) else int(str(value))
        except ValueError:
            number = None
        if number is None:
            raise InvalidInputError(name, f"{name} must be a whole number.")
        if number not in allowed:
            raise InvalidInputError(
                name, f"{name} must be a whole number from {allowed[0]:,} to {allowed[-1]:,}."
            )
        return number

    def decimal(self, name: str, least: float, most: float) -> float | None:
        """Return a number, which may stand in quotes."""
        value = self._value(name)
        if value is None or value == "":
            return None
        try:
            number = None if isinstance(value, bool) else float(str(value))
        except ValueError:
            number = None
        if number is None or not least <= number <= most:
            raise InvalidInputError(name, f"{name} must be a number from {least:,} to {most:,}.")
        return number

    def has(self, name: str) -> bool:
        """Tell whether a field is there at all, be it null."""
        return name.lower() in self.values

    def lines(self, name: str) -> tuple[str, ...]:
        """Return a list of texts of one line each; empty ones are left out."""
        return tuple(line for line in self.list(name, _member) if line)

    def words(self, name: str, allowed: Iterable[str]) -> tuple[str, ...]:
        """Return members of an enumeration as they are written there, read in any letter case."""
        words = {word.lower(): word for word in allowed}
        found = self.lines(name)
        if unknown := next((text for text in found if text.lower() not in words), None):
            raise InvalidInputError(
                name, f"The value '{unknown}' is not valid; use {', '.join(words.values())}."
            )
        return tuple(words[text.lower()] for text in found)

    def boolean(self, name: str) -> bool | None:
        """Return a truth value."""
        value = self._value(name)
        if value is not None and not isinstance(value, bool):
            raise InvalidInputError(name, f"{name} must be true or false.")
        return value

    def guid(self, name: str) -> str | None:
        """Return an id."""
        text = self.line(name)
        return guid(name, text) if text else None

    def date(self, name: str) -> datetime | None:
        """Return a time in UTC; one without a zone is in UTC already."""
        if not (text := self.line(name)):
            return None
        try:
            moment = datetime.fromisoformat(text)
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        except (ValueError, OverflowError) as error:
            raise InvalidInputError(name, f"{name} must be an ISO 8601 date.") from error

    def list[T](self, name: str, read: Callable[[str, Any], T]) -> tuple[T, ...]:
        """Return a list; `read` takes the field's name and a member."""
        values = self._value(name) or []
        if not isinstance(values, list):
            raise InvalidInputError(name, f"{name} must be a list.")
        check_length(name, len(values))
        return tuple(read(name, value) for value in values)

    def texts(self, name: str) -> Mapping[str, str]:
        """Return an object from names, whose case is kept, to texts; what is empty is left out."""
        values = self._value(name) or {}
        if not isinstance(values, dict):
            raise InvalidInputError(name, f"{name} must be a JSON object.")
        check_length(name, len(values))
        pairs = (
            (_member(name, key), _member(name, text)) for key, text in values.items() if text is not None
        )
        return {key: text for key, text in pairs if key and text}

    def word(self, name: str, allowed: Iterable[str]) -> str | None:
        """Return a member of an enumeration as it is written there, read in any letter case."""
        text = self.line(name)
        words = {word.lower(): word for word in allowed}
        if text and text.lower() not in words:
            raise InvalidInputError(name, f"{name} must be one of {', '.join(words.values())}.")
        return words.get(text.lower())

    def notes(self, name: str) -> Mapping[str, str | None]:
        """Return an object of a client's own, whose texts are as long as the body allows."""
        values = self._value(name) or {}
        if not isinstance(values, dict):
            raise InvalidInputError(name, f"{name} must be a JSON object.")
        for text in (*values, *values.values()):
            _check_note(name, text)
        return values

    def _value(self, name: str) -> Any:  # noqa: ANN401  # any JSON value
        return self.values.get(name.lower())


def check_length(name: str, length: int) -> None:
    """Refuse a list that is too long."""
    if length > MAX_LIST:
        raise LimitExceededError(name, f"number of {name}", length, MAX_LIST)


def _member(name: str, value: Any) -> str:  # noqa: ANN401  # any JSON value
    return JsonFields({name.lower(): value}).line(name)


def _check_unicode(name: str, text: str) -> None:
    """Refuse half of a surrogate pair, which JSON can spell and UTF-8 cannot."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InvalidInputError(name, f"{name} is not valid Unicode.") from error


def _check_note(name: str, text: Any) -> None:  # noqa: ANN401  # any JSON value
    if text is None:
        return
    if not isinstance(text, str):
        raise InvalidInputError(name, f"{name} must map names to strings or null.")
    _check_unicode(name, text)
