"""What a library leaves out: Jellyfin's list of names that are no media, and what its `.ignore` files say."""

import re
from dataclasses import dataclass
from functools import lru_cache

IGNORE_FILE = ".ignore"

_FOLDERS = frozenset(
    {
        "metadata",
        "extrafanart",
        "extrathumbs",
        "subs",
        ".actors",
        ".wd_tv",
        "ps3_update",
        "ps3_vprm",
        "lost+found",
        ".snapshot",
        ".snapshots",
        ".zfs",
        "temprec",
        "tempsbe",
        "eadir",
        "@eadir",
        "#recycle",
        "@recycle",
        ".@__thumb",
        "$recycle.bin",
        "system volume information",
        ".grab",
    }
)
_FILES = re.compile(
    r"(?:.*\.)?(?:sample|minta)\.[^./]{1,5}|small\.jpg|albumart\.jpg|thumbs\.db|.*\.bts|.*\.sync",
    re.IGNORECASE,
)
_CONTENTS = frozenset({"sample", "minta"})


def is_ignored_folder(name: str) -> bool:
    """Tell whether a folder is left out with all that lies below it."""
    folded = name.casefold()
    return folded in _FOLDERS or folded.startswith(".") or folded.endswith(".trickplay")


def is_ignored_file(name: str) -> bool:
    """Tell whether a file is no item by its name."""
    return name.startswith(".") or bool(_FILES.fullmatch(name))


def is_ignored(path: str) -> bool:
    """Tell whether a path, parted by `/`, is left out by its parts' names; that of a folder may end with `/`."""
    *above, name = path.rstrip("/").split("/")
    hidden_above = (part for part in above if not part.startswith(".") or part.casefold() in _FOLDERS)
    if any(map(is_ignored_folder, hidden_above)) or is_ignored_folder(name):
        return True
    return is_ignored_file(name) or (bool(above) and above[-1].casefold() in _CONTENTS)


@dataclass(frozen=True, slots=True)
class IgnoreRules:
    """The lines of an `.ignore` file, patterns as git has them; without a valid one all is left out."""

    patterns: tuple[tuple[re.Pattern[str], bool, bool], ...]

    def leaves_out(self, path: str, *, is_folder: bool) -> bool:
        """Tell whether a path relative to the file's folder is left out; of lines that fit, the last decides."""
        if not self.patterns:
            return True
        fitting = [
            negated
            for pattern, negated, folders_only in self.patterns
            if (is_folder or not folders_only) and pattern.fullmatch(path)
        ]
        return bool(fitting) and not fitting[-1]


@lru_cache(maxsize=256)
def ignore_rules(text: bytes) -> IgnoreRules:
    """Read an `.ignore` file."""
    lines = text.decode("utf-8", "replace").removeprefix("\ufeff").splitlines()
    return IgnoreRules(tuple(rule for line in lines if (rule := _rule(line))))


def _rule(line: str) -> tuple[re.Pattern[str], bool, bool] | None:
    line = line if line.endswith("\\ ") else line.rstrip()
    if not line.strip() or line.startswith("#") or _UNKNOWN_ESCAPE.search(line):
        return None
    negated, line = line.startswith("!"), line.removeprefix("!")
    folders_only, line = line.endswith("/"), line.rstrip("/")
    is_anchored, line = "/" in line, line.removeprefix("/")
    try:
        pattern = re.compile(("" if is_anchored else "(?:.*/)?") + _translated(line), re.IGNORECASE)
    except re.error:
        return None
    return (pattern, negated, folders_only) if line else None


_UNKNOWN_ESCAPE = re.compile(r"\\[A-Za-z0-9]")
"""Jellyfin takes no such line; what a word processor saved as `.ignore` is full of them."""

_TOKENS = re.compile(r"\*\*/|/\*\*$|\*\*|\*|\?|\[!?\]?[^\]]*\]|\\.|.", re.DOTALL)
_WILD = {"**/": "(?:.*/)?", "/**": "/.*", "**": "[^/]*", "*": "[^/]*", "?": "[^/]"}


def _translated(pattern: str) -> str:
    return "".join(map(_token, _TOKENS.findall(pattern)))


def _token(token: str) -> str:
    if token in _WILD:
        return _WILD[token]
    if token.startswith("[") and len(token) > 1:
        return token.replace("[!", "[^", 1).replace("\\", "\\\\")
    return re.escape(token.removeprefix("\\") or token)
