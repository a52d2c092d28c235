"""What caches may do with an answer: a value until the answer is written."""

from dataclasses import dataclass, replace
from typing import Self

_YEAR = 31_536_000


@dataclass(frozen=True, slots=True)
class CachePolicy:
    """The directives of Cache-Control (RFC 9111 §5.2.2, RFC 8246).

    `seconds` is how long an answer stays fresh, None leaves that to the cache. `refusal` holds the directives
    that keep an answer out of caches; where there are any, nothing else counts.
    """

    seconds: int | None = None
    is_private: bool = False
    is_immutable: bool = False
    refusal: tuple[str, ...] = ()

    def for_one_caller(self) -> Self:
        """Let no cache hand the answer to another caller."""
        return replace(self, is_private=True)

    def at_most(self, seconds: int) -> Self:
        """Let the answer be fresh for no longer than that."""
        return replace(self, seconds=seconds if self.seconds is None else min(self.seconds, seconds))

    @property
    def headers(self) -> dict[str, str]:
        """Return the header fields that say so; a refresh says it to caches of HTTP/1.0 too, as Jellyfin does."""
        text = ", ".join(self.refusal or self._directives())
        return (
            {"Cache-Control": text, "Pragma": text}
            if self.refusal == REFRESHED.refusal
            else {"Cache-Control": text}
        )

    def _directives(self) -> list[str]:
        directives = ["private" if self.is_private else "public"]
        if self.seconds is not None:
            directives.append(f"max-age={self.seconds}")
        return [*directives, "immutable"] if self.is_immutable else directives


NEVER_STORED = CachePolicy(refusal=("no-store",))
REFRESHED = CachePolicy(refusal=("no-cache", "no-store", "must-revalidate"))
"""To a client that wants nothing from a cache; the words are Jellyfin's."""
REVALIDATED = CachePolicy()
KEPT = CachePolicy(seconds=_YEAR, is_immutable=True)
"""Of an answer that never changes: its URL names the bytes."""
