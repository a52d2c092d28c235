"""Parameters of a query: each says once how it is called, how its text is read and what it means.

Names match in any letter case. Absent and empty are the same. `of` takes the request's `query`, or its `lists` for
a parameter that holds several values.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from chalicelib.errors import InvalidInputError, LimitExceededError
from chalicelib.web.protocol.declarations.parameters import boolean, guid, index, integer, number

MAX_LINE = 255
"""Characters of a text that is kept."""

MAX_TICKS_DIGITS = 18
"""Some thousand years."""

type Query = Mapping[str, str]
type Lists = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Parameter:
    """One parameter; `choices` are the values that mean something."""

    name: str
    about: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Return the name as requests hold it."""
        return self.name.lower()

    def text(self, query: Query) -> str:
        """Return the text without white space round it; raises InvalidInputError where it must be given."""
        text = query.get(self.key, "").strip()
        if self.required and not text:
            raise InvalidInputError(self.name, f"The {self.name} field is required.")
        return text


class Text(Parameter):
    """A text as the client wrote it, white space round it included."""

    def of(self, query: Query) -> str:
        """Return the text, empty when there is none."""
        self.text(query)
        return query.get(self.key, "")


class Line(Parameter):
    """A text that is kept: of one line, and not long."""

    def of(self, query: Query) -> str:
        """Return the text, empty when there is none; control characters become spaces."""
        text = "".join(" " if ord(character) < ord(" ") else character for character in self.text(query))
        if len(text) > MAX_LINE:
            raise LimitExceededError(self.name, f"length of {self.name}", len(text), MAX_LINE)
        return text.encode("utf-8", "replace").decode().strip()


class Integer(Parameter):
    """A 32-bit whole number."""

    def of(self, query: Query) -> int | None:
        """Return the number, None when there is none."""
        text = self.text(query)
        return integer(self.name, text) if text else None


class Index(Parameter):
    """The index of an image: digits alone."""

    def of(self, query: Query) -> int | None:
        """Return the index, None when there is none."""
        text = query.get(self.key, "")
        return index(self.name, text) if text else None

    def given(self, query: Query) -> int:
        """Return the index, which must be given."""
        if (value := self.of(query)) is None:
            raise InvalidInputError(self.name, f"The {self.name} field is required.")
        return value


class Decimal(Parameter):
    """A number."""

    def of(self, query: Query) -> float | None:
        """Return the number, None when there is none."""
        text = self.text(query)
        return number(self.name, text) if text else None


class Truth(Parameter):
    """True or false."""

    def of(self, query: Query) -> bool | None:
        """Return the truth value, None when there is none."""
        text = self.text(query)
        return boolean(self.name, text) if text else None


class Ticks(Parameter):
    """A time span in units of 100 ns."""

    def of(self, query: Query) -> int | None:
        """Return the number, None when there is none."""
        text = self.text(query)
        if text and not (text.isascii() and text.isdigit() and len(text) <= MAX_TICKS_DIGITS):
            raise InvalidInputError(self.name, f"{self.name} must be a whole number of 1 to 18 digits.")
        return int(text) if text else None


class Moment(Parameter):
    """A time by ISO 8601; one without a zone is in UTC."""

    def of(self, query: Query) -> datetime | None:
        """Return the time in UTC, None when there is none."""
        text = self.text(query)
        return _moment(self.name, text) if text else None


class Id(Parameter):
    """A Guid in any way in which .NET writes one."""

    def of(self, query: Query) -> str | None:
        """Return 32 lower-case hex digits, None when there are none."""
        text = self.text(query)
        return guid(self.name, text) if text else None


class Several(Parameter):
    """A list: the parameter may be repeated, and each value may hold several, separated by commas."""

    separator = ","

    def words(self, lists: Lists) -> tuple[str, ...]:
        """Return the members without white space round them; empty ones are none."""
        words = (word.strip() for value in lists.get(self.key, ()) for word in value.split(self.separator))
        return tuple(word for word in words if word)


class Words(Several):
    """A list of words."""

    def of(self, lists: Lists) -> tuple[str, ...]:
        """Return the words."""
        return self.words(lists)


class Names(Words):
    """A list of names, separated by `|`, for a name may hold a comma."""

    separator = "|"


class Ids(Several):
    """A list of Guids."""

    def of(self, lists: Lists) -> tuple[str, ...]:
        """Return the Guids as 32 lower-case hex digits each."""
        return tuple(guid(self.name, word) for word in self.words(lists))


class Integers(Several):
    """A list of whole numbers."""

    def of(self, lists: Lists) -> tuple[int, ...]:
        """Return the numbers."""
        return tuple(integer(self.name, word) for word in self.words(lists))


def _moment(field: str, text: str) -> datetime:
    """Read a time, or fourteen digits as older clients write it: yyyyMMddHHmmss."""
    try:
        moment = datetime.fromisoformat(f"{text[:8]}T{text[8:]}" if _DIGITS.fullmatch(text) else text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidInputError(field, f"{field} must be a date of ISO 8601.") from error


_DIGITS = re.compile(r"[0-9]{14}")

USER_ID = Id("userId", "the user whose view is asked for; the caller where it is not given")
START_INDEX = Integer("startIndex", "how many of the list to leave out")
LIMIT = Integer("limit", "how many to answer at most")
