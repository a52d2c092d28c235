"""Conditional requests by RFC 9110 §13: whether the client's copy will do."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from enum import Enum

_ENTITY_TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e\x80-\xff]*)"')


class Precondition(Enum):
    """How to go on after the preconditions of a request are read."""

    SEND = 200
    NOT_MODIFIED = 304
    FAILED = 412


@dataclass(frozen=True, slots=True)
class Validators:
    """What identifies the answer: entity tags without quotes, the one sent first, and the time of change.

    The bare image tag is an alias: Jellyfin 12 makes it the ETag of every size of an image. `modified` is None
    where no time tells whether the answer changed; preconditions by date do not count then.
    """

    etags: tuple[str, ...]
    modified: datetime | None

    @property
    def headers(self) -> dict[str, str]:
        """Return the header fields that carry the validators."""
        etag = {"ETag": f'"{self.etags[0]}"'}
        if self.modified is None:
            return etag
        return etag | {"Last-Modified": format_datetime(self.modified.replace(microsecond=0), usegmt=True)}

    def is_newer_than(self, field: str | None) -> bool | None:
        """Tell whether the answer changed after the date of a header field; None when that cannot be told."""
        if self.modified is None or (date := _date(field)) is None:
            return None
        return self.modified.replace(microsecond=0) > date


def check_preconditions(validators: Validators, headers: Mapping[str, str]) -> Precondition:
    """Evaluate the preconditions of a GET or HEAD in the order of RFC 9110 §13.2.2."""
    if (wanted := headers.get("if-match")) is not None:
        if not _matches(validators, wanted, weak=False):
            return Precondition.FAILED
    elif validators.is_newer_than(headers.get("if-unmodified-since")):
        return Precondition.FAILED
    if (known := headers.get("if-none-match")) is not None:
        is_known = _matches(validators, known, weak=True)
    else:
        is_known = validators.is_newer_than(headers.get("if-modified-since")) is False
    return Precondition.NOT_MODIFIED if is_known else Precondition.SEND


def entity_tags(field: str, *, weak: bool = True) -> list[str]:
    """Return the entity tags of a header field without their quotes, weak ones only when they count."""
    return [m[1] for m in _ENTITY_TAG.finditer(field) if weak or not m[0].startswith("W/")]


def _matches(validators: Validators, field: str, *, weak: bool) -> bool:
    if field.strip() == "*":
        return True
    return any(etag in validators.etags for etag in entity_tags(field, weak=weak))


def _date(text: str | None) -> datetime | None:
    """Return an HTTP date; one that cannot be read does not count, as the RFC says."""
    try:
        date = parsedate_to_datetime(text or "")
    except (ValueError, OverflowError):  # numbers of any length are read
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
