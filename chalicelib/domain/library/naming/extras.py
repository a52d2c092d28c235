"""Extras and samples: videos and songs that belong to an item and are none of their own."""

import re

from chalicelib.domain.library.naming.extensions import is_song, is_video, stem_of

_FOLDERS = frozenset(
    {
        "trailers",
        "backdrops",
        "behind the scenes",
        "deleted scenes",
        "interviews",
        "scenes",
        "samples",
        "shorts",
        "featurettes",
        "extras",
        "extra",
        "other",
        "clips",
        "theme-music",
    }
)
_SAMPLE_FOLDERS = frozenset({"sample", "minta"})
_WHOLE = frozenset({"trailer", "sample"})
_DASHED = "scene|clip|interview|behindthescenes|deleted|deletedscene|featurette|short|extra|other"
_SUFFIX = re.compile(rf"(?:[-._]|- )(?:trailer|sample)|-(?:{_DASHED})")
_SUFFIX_AT_END = re.compile(rf"(.*[^\s._-])[\s]*(?:{_SUFFIX.pattern})\d*", re.IGNORECASE)
_SAMPLE = re.compile(r"\bsample\b", re.IGNORECASE)


def is_extras_folder(name: str) -> bool:
    """Tell whether a folder in an item's folder holds extras or samples."""
    return name.casefold() in _FOLDERS or is_sample_folder(name)


def is_sample_folder(name: str) -> bool:
    """Tell whether what lies in a folder of this name is left out."""
    return name.casefold() in _SAMPLE_FOLDERS


def is_extra(file: str) -> bool:
    """Tell whether a video or song is an extra by its name; digits at the end do not count."""
    stem = stem_of(file).casefold()
    if is_video(file):
        return stem in _WHOLE or bool(_SUFFIX_AT_END.fullmatch(stem))
    return is_song(file) and stem == "theme"


def is_sample_film(file: str) -> bool:
    """Tell whether a film's name has the word sample; such a file is not looked at."""
    return bool(_SAMPLE.search(file))


def without_extra_suffix(name: str) -> str:
    """Cut off what would make a name that of an extra."""
    match = _SUFFIX_AT_END.fullmatch(name)
    return match[1] if match else name
