"""Names that are no media, by Jellyfin's list."""

import re

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
