"""Videos of one folder put together: parts that are one film, versions of a film, versions of an episode."""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from chalicelib.domain.library.names import natural_order
from chalicelib.domain.library.naming.extensions import stem_of
from chalicelib.domain.library.naming.titles import film_title, without_release_words

_PART = re.compile(
    r"(?P<name>.*?)(?:(?<=[\])}])|[ _.-]+)[(\[]?(?P<word>cd|dvd|part|pt|dis[ck])[ _.-]*"
    r"(?:(?P<digits>\d+)|(?P<letter>[a-d]))[)\]]?",
    re.IGNORECASE,
)
_RESOLUTION = re.compile(r"(\d{3,4})[pi]\b", re.IGNORECASE)
_CLOSED = re.compile(r"(?:\s*\[[^\[\]]*\])+\s*")
_IDS_BEHIND = re.compile(r"(.*\S)\s*(?:\[[^\]]*\]|\{[^}]*\})")


@dataclass(frozen=True, slots=True)
class Video:
    """One video: its files' stems, those of the first version's parts first.

    `name` is that of the first version, without the counter of parts.
    """

    stems: tuple[str, ...]
    name: str

    @property
    def stem(self) -> str:
        """Return the stem of the file that stands for the video."""
        return self.stems[0]

    @property
    def common_stem(self) -> str:
        """Return what the names of all files have in common."""
        first, last = min(self.stems), max(self.stems)
        length = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
        return first[:length].rstrip(" ._-([") if len(self.stems) > 1 else ""


def joined_parts(files: Iterable[str]) -> list[Video]:
    """Put files together that are parts of one video, in the order of their names."""
    rows: dict[tuple[str, str, bool], dict[str, str]] = defaultdict(dict)
    alone: list[Video] = []
    for stem in sorted(dict.fromkeys(map(stem_of, files)), key=natural_order):
        match = _PART.fullmatch(stem)
        if match is None:
            alone.append(Video((stem,), stem))
            continue
        key = (match["name"].casefold(), match["word"].casefold(), bool(match["digits"]))
        counter = (match["digits"] or match["letter"]).casefold().lstrip("0")
        if rows[key].setdefault(counter, stem) != stem:
            alone.append(Video((stem,), stem))
    joined = [_joined(tuple(parts.values())) for parts in rows.values()]
    return sorted((*alone, *joined), key=lambda video: natural_order(video.stem))


def _joined(stems: tuple[str, ...]) -> Video:
    match = _PART.fullmatch(stems[0])
    return Video(stems, match["name"] if match and len(stems) > 1 else stems[0])


def film_versions(folder: str, videos: Sequence[Video]) -> list[Video]:
    """Put the versions of a film together: one video when all in a folder are such, else all as they are."""
    names = dict.fromkeys((folder, _first_group(_IDS_BEHIND, folder)))
    if len(videos) > 1 and any(_are_versions(name, videos) for name in names):
        return [_merged(videos, folder)]
    return list(videos)


def _are_versions(folder: str, videos: Sequence[Video]) -> bool:
    years = {film_title(video.name).year for video in videos} - {None}
    is_named = len(folder) > 1 and len(years) < 2  # noqa: PLR2004  # one year or none
    return is_named and all(_is_version(folder, video.name) for video in videos)


def _is_version(folder: str, name: str) -> bool:
    if not name.casefold().startswith(folder.casefold()):
        return False
    behind = without_release_words(name[len(folder) :].strip()).strip()
    return not behind or behind[0] in "-_." or bool(_CLOSED.fullmatch(behind))


def episode_versions(videos: Iterable[Video], key: Callable[[Video], Hashable | None]) -> list[Video]:
    """Put videos of one key together; those that have none stay alone."""
    rows: dict[Hashable, list[Video]] = defaultdict(list)
    for video in videos:
        known = key(video)
        rows[video if known is None else known].append(video)
    return [_merged(row) if len(row) > 1 else row[0] for row in rows.values()]


def _merged(videos: Sequence[Video], folder: str = "") -> Video:
    ordered = sorted(videos, key=lambda video: _rank(video, folder))
    return Video(tuple(stem for video in ordered for stem in video.stems), ordered[0].name)


def _rank(video: Video, folder: str) -> tuple[object, ...]:
    """Sort the file called as its folder first, then one in parts, then the highest resolution, then by name."""
    match = _RESOLUTION.search(video.name)
    is_folders = bool(folder) and video.name.casefold() == folder.casefold()
    return (not is_folders, len(video.stems) == 1, -int(match[1]) if match else 0, natural_order(video.name))


def _first_group(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.fullmatch(text)
    return match[1] if match else text
