"""What `.ignore` files leave out: each line is a pattern as git has them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

IGNORE_FILE = ".ignore"


@dataclass(frozen=True, slots=True)
class _Rule:
    """One line: patterns of the path's parts, None for any number of parts."""

    parts: tuple[re.Pattern[str] | None, ...]
    is_negated: bool
    is_for_folders: bool

    def fits(self, path: Iterable[str]) -> bool:
        """Tell whether the whole path fits; in time that grows with both lengths, whatever the line is."""
        places = {0}
        for part in path:
            places = {end for place in self._open(places) for end in self._ends(place, part)}
        return len(self.parts) in self._open(places)

    def _open(self, places: Iterable[int]) -> Iterator[int]:
        """Yield places, and those behind patterns that may take no part at all."""
        for place in places:
            skipped = takewhile(lambda pattern: pattern is None, self.parts[place:])
            yield from range(place, place + 1 + sum(1 for _ in skipped))

    def _ends(self, place: int, part: str) -> Iterator[int]:
        """Yield where a part of the path leads from a place."""
        if place < len(self.parts):
            pattern = self.parts[place]
            if pattern is None:
                yield place
            elif pattern.fullmatch(part):
                yield place + 1


@dataclass(frozen=True, slots=True)
class IgnoreRules:
    """The lines of an `.ignore` file, patterns as git has them; without a valid one all is left out."""

    rules: tuple[_Rule, ...]

    def leaves_out(self, path: str, *, is_folder: bool) -> bool:
        """Tell whether a path relative to the file's folder is left out; of lines that fit, the last decides."""
        if not self.rules:
            return True
        parts = path.split("/")
        possible = (rule for rule in reversed(self.rules) if is_folder or not rule.is_for_folders)
        last = next((rule for rule in possible if rule.fits(parts)), None)
        return last is not None and not last.is_negated


@lru_cache(maxsize=256)
def ignore_rules(text: bytes) -> IgnoreRules:
    """Read an `.ignore` file."""
    lines = text.decode("utf-8", "replace").removeprefix("\ufeff").splitlines()
    return IgnoreRules(tuple(rule for line in lines if (rule := _rule(line))))


def _rule(line: str) -> _Rule | None:
    line = line if line.endswith("\\ ") else line.rstrip()
    if not line.strip() or line.startswith("#") or _UNKNOWN_ESCAPE.search(line):
        return None
    is_negated, line = line.startswith("!"), line.removeprefix("!")
    is_for_folders, line = line.endswith("/"), line.rstrip("/")
    is_anchored, line = "/" in line, line.removeprefix("/")
    if not line:
        return None
    parts = line.split("/") if is_anchored else ["**", *line.split("/")]
    if parts[-1] == "**" and len(parts) > 1:
        parts[-1:] = ["*", "**"]  # all that lies in a folder, and not the folder
    try:
        return _Rule(
            tuple(None if part == "**" else _part(part) for part in parts), is_negated, is_for_folders
        )
    except re.error:
        return None


_UNKNOWN_ESCAPE = re.compile(r"\\[A-Za-z0-9]")
"""Jellyfin takes no such line; what a word processor saved as `.ignore` is full of them."""

_TOKENS = re.compile(r"\*+|\?|\[!?\]?[^\]]*\]|\\.|.", re.DOTALL)


_ANY_LETTER = {"?"}


def _part(pattern: str) -> re.Pattern[str]:
    """Return what matches one part of a path; a text behind a star is sought once, never twice."""
    first, *others = _between_stars(pattern)
    if not others:
        return re.compile(first, re.IGNORECASE | re.DOTALL)
    *middle, last = others
    found = "".join(f"(?>.*?{text})" for text in middle if text)
    return re.compile(f"{first}{found}.*{last}", re.IGNORECASE | re.DOTALL)


def _between_stars(pattern: str) -> list[str]:
    texts = [""]
    for token in _TOKENS.findall(pattern):
        if token.startswith("*"):
            texts.append("")
        else:
            texts[-1] += _token(token)
    return texts


def _token(token: str) -> str:
    if token in _ANY_LETTER:
        return "."
    if token.startswith("[") and len(token) > 1:
        return token.replace("[!", "[^", 1).replace("\\", "\\\\")
    return re.escape(token.removeprefix("\\") or token)
