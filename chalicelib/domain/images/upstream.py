"""What is known of an image's counterpart in the upstream server, and whether that will still do."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

MAX_TAG_LENGTH = 64
"""Characters; Jellyfin's tags have 32. A longer one is not remembered."""
_MOST_TAGS = 4


@dataclass(frozen=True, slots=True)
class UpstreamMark:
    """When the upstream server was last asked for an image, and what it said of it.

    `checked` is None when something may have changed the image since. `tags` are those by which it was asked for
    since its bytes last changed, the newest first. `gone` is when it was first found to be there no more.
    `etag` and `last_modified` are the fields of the server's answer, empty where it had none.
    """

    checked: datetime | None = None
    tags: tuple[str, ...] = ()
    etag: str = ""
    last_modified: str = ""
    gone: datetime | None = None

    def knows(self, tag: str) -> bool:
        """Tell whether a request's tag names the very bytes that are stored."""
        return tag in self.tags

    def is_current(self, tag: str, now: datetime, fresh: timedelta) -> bool:
        """Tell whether a request can be answered without asking: by a known tag, or soon after."""
        if self.checked is None or self.gone:
            return False
        return self.knows(tag) if tag else now - self.checked < fresh

    def seconds_left(self, now: datetime, fresh: timedelta) -> int:
        """Return for how many whole seconds the image need not be asked for again."""
        if self.checked is None:
            return 0
        return max(int((self.checked + fresh - now).total_seconds()), 0)

    def confirmed(self, asked: datetime, tag: str) -> Self:
        """Return the mark of the same bytes, asked for again by a tag."""
        return replace(self, checked=asked, tags=_with(self.tags, tag), gone=None)

    def doubted(self) -> Self:
        """Return the mark of an image that has to be asked for at its next request, whatever its tag."""
        return replace(self, checked=None, tags=())

    def missed(self, asked: datetime) -> Self:
        """Return the mark of an image that is not there; it keeps the time when that was first seen."""
        return replace(self, checked=asked, gone=self.gone or asked)


def first_mark(asked: datetime, tag: str, etag: str, last_modified: str) -> UpstreamMark:
    """Return the mark of new bytes."""
    return UpstreamMark(asked, _with((), tag), etag, last_modified)


def _with(tags: tuple[str, ...], tag: str) -> tuple[str, ...]:
    if not tag or len(tag) > MAX_TAG_LENGTH:
        return tags
    return (tag, *(known for known in tags if known != tag))[:_MOST_TAGS]
