"""Episodes: which season and which number the name of a file tells, by Jellyfin's rules in their order."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from chalicelib.domain.library.naming.titles import film_title, without_release_words

_FIRST_YEAR, _LAST_YEAR = 1928, 2500
_MOST_SEASONS = 199


@dataclass(frozen=True, slots=True)
class EpisodeName:
    """What a file's name says of its episode; `last` is the number of the last one when the file holds several.

    `title` is what stands behind the numbers. `is_sure` tells that no other kind of file has such a name.
    """

    season: int | None = None
    number: int | None = None
    last: int | None = None
    aired: date | None = None
    series: str = ""
    title: str = ""
    is_sure: bool = False


type Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], EpisodeName | None]]


def episode_of(stem: str, season: int | None = None) -> EpisodeName | None:
    """Return what a file's name without extension says, None when that is nothing of an episode.

    `season` is the number of the season folder that the file lies in.
    """
    for pattern, read in _RULES:
        for match in pattern.finditer(stem):
            found = read(match)
            if found and _is_possible(found.season):
                return _completed(_in_season(found, match, season), stem, match)
    if season is not None and (plain := _IN_A_SEASON.match(stem)):
        return _completed(EpisodeName(number=int(plain["number"])), stem, plain)
    return _at_last(stem)


def _numbered(match: re.Match[str]) -> EpisodeName:
    facts = match.groupdict()
    season, last = facts.get("season"), facts.get("last")
    return EpisodeName(int(season) if season else None, int(facts["number"]), int(last) if last else None)


def _sure(match: re.Match[str]) -> EpisodeName:
    return replace(_numbered(match), is_sure=True)


def _dated(match: re.Match[str]) -> EpisodeName | None:
    try:
        aired = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return EpisodeName(aired=aired)


_AT = r"(?:^|(?<=[._ \[(\-]))"
_S_AND_E = r"s(?P<season>\d{1,4})[\[\] ._-]*e(?P<number>\d{1,4})(?!\d)"
_WITH_X = rf"{_AT}(?P<season>\d{{1,4}})x(?P<number>\d{{1,4}})(?:(?:[a-i]|\.[1-9])(?!\d))?(?!\d)"
_S_WITH_X = r"s(?P<season>\d{1,4})xe?(?P<number>\d{1,4})(?!\d)"
_PAIR = r"^(?P<season>\d{1,2})-(?P<number>\d{1,3})(?!\d|-\d)"
_SEASON_AND_NUMBER = (
    r"(?:^|(?:^|[._ -])(?!\d{3})[^_]*?[._ -]++)(?!(?:19|20)\d\d(?!\d))"
    r"(?P<season>\d{1,2})(?P<number>\d\d)(?:[a-i](?!\d))?(?=[._ -]|$)"
)
_NOT_A_SIZE = r"(?![\dpi])"
_YEAR_SPAN = r"(?!(?:19|20)\d\d-(?:19|20)\d\d)"
_WORDS_AND_NUMBER = (
    rf"^(?!episode\b|.*(?<!\d)\d{{1,4}}x\d)[\w\s]+?\s{_YEAR_SPAN}"
    rf"(?P<number>\d{{1,4}})(?:-(?P<last>\d{{2,4}}))?{_NOT_A_SIZE}(?=[^x]*$)"
)
_EPISODE = rf"episode (?P<number>\d{{1,4}})(?:-(?P<last>\d{{1,3}}){_NOT_A_SIZE})?(?!\d)"
_RULES: tuple[Rule, ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (_S_AND_E, _sure),  # S01E02
        (rf"{_AT}ep_?(?P<number>\d{{1,4}})(?!\d)", _numbered),  # Show ep02, EP_02
        (rf"{_AT}e(?P<number>\d{{1,4}})(?=\.|$)", _numbered),  # Show.E02.
        (rf"{_AT}(?P<year>\d{{4}})[._ -](?P<month>\d\d)[._ -](?P<day>\d\d)(?!\d)", _dated),
        (rf"{_AT}(?P<day>\d\d)[._ -](?P<month>\d\d)[._ -](?P<year>\d{{4}})(?!\d)", _dated),
        (r"s(?:eason)?[ ._]?(?P<season>\d{1,4})[ ._-]+e(?:pisode)?[ ._]?(?P<number>\d{1,4})(?!\d)", _sure),
        (_WORDS_AND_NUMBER, _numbered),  # Show 412, Show 412-413
        (_WITH_X, _sure),  # 1x02
        (
            r"^\[[^\]]*\].*?[^\W_].*?[\s_]*-[\s_]*(?P<number>\d{1,4})(?![^\W_])",
            _numbered,
        ),  # [Group] Show - 05
        (
            r"^.+?[\s_]++-[\s_]++(?P<number>\d{1,4})[\s_]*(?:(?:\[[^\]]*\]|\([^)]*\))[\s_]*)*$",
            _numbered,
        ),  # Show - 205
        (_SEASON_AND_NUMBER, _numbered),  # Show_304, 304
        (r"(?:^|[._ -])p(?:ar)?t[_. -](?P<number>\d{1,4})(?=[._ -]|$)", _numbered),  # Show pt 3
        (_EPISODE, _numbered),  # Episode 6, Episode 6-7
        (_S_WITH_X, _sure),  # S01x02
        (r"^(?P<number>\d{1,4})(?:-(?P<last>\d{1,4}))*$", _numbered),  # 02, 02-04
        (_PAIR, _numbered),  # 3-07 Title
        (r"^(?P<number>\d{1,3})(?:-(?P<last>\d{2,3}))*\s?-\s?", _numbered),  # 02 - Title
        (r"^(?P<number>\d{1,3})(?:-(?P<last>\d{2,3}))*\.(?=\D)", _numbered),  # 02.Title
        (r"^.+?\s?-\s?(?P<number>\d{1,3})(?:-(?P<last>\d{2,3}))*(?=\s)", _numbered),  # Show - 02 Title
    )
)
_IN_A_SEASON = re.compile(r"(?P<number>\d{1,3})(?![\dpix])")
_IN_BRACKETS = re.compile(
    r"(?:\[[^\]]+\]\s*)?(?:\[[^\]]+\]|[^\[\]]+)\s*\[(?P<number>\d{1,4})(?:v\d)?\]", re.IGNORECASE
)
_AS_PEOPLE_WRITE = tuple(
    re.compile(pattern)
    for pattern in (
        r"\N{CJK UNIFIED IDEOGRAPH-7B2C}(?P<number>\d{1,4})[\u8A71\u8BDD\u96C6\u56DE]",
        r"^\[[^\]]*\].*?[\s_](?!(?:19|20)\d\d)(?P<number>\d{1,4})(?:v\d)?(?=\s*(?:$|[\[(]|\d{3,4}[pi]))",
        r"^[^\d[].*?[\s_](?P<number>\d{1,3})\s-\s",
        r"^[^\d[][^\s\d]*\.(?P<number>\d\d\d?)\.(?!\d)",
    )
)
"""Ours, where no rule of Jellyfin's fits: `[Group] Show 03 [1080p]`, `Show II 11 - Name`, `Show.07.name`."""

_SEVERAL = re.compile(
    rf"""(?:
        -?[ex](\d{{1,3}}){_NOT_A_SIZE}                   # E04E05, -E05, x04x05
      | \s?-\s?(?:s?\d{{1,4}})?x(\d{{1,4}}){_NOT_A_SIZE}   # - 02x04, - x04
      | -s\d{{1,4}}e(\d{{1,3}}){_NOT_A_SIZE}               # -S01E02
      | -(\d{{2,3}})(?![\dpix])                         # -04
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def _is_possible(season: int | None) -> bool:
    """Tell a season from a size such as 1920x1080."""
    return season is None or season <= _MOST_SEASONS or _FIRST_YEAR <= season <= _LAST_YEAR


def _in_season(found: EpisodeName, match: re.Match[str], season: int | None) -> EpisodeName:
    """Read `02-03` in a season's folder as two episodes of it; `2-03` and elsewhere it is episode 3 of season 2."""
    first, number = found.season, found.number
    if match.re.pattern != _PAIR or season is None or first is None or number is None or first >= number:
        return found
    is_span = first != season or len(match["season"]) > 1
    return EpisodeName(number=first, last=number) if is_span else found


def _completed(found: EpisodeName, stem: str, match: re.Match[str]) -> EpisodeName:
    """Add the last number, the series' name in front and the title behind."""
    end, last = match.end(), found.last
    if found.is_sure:
        while more := _SEVERAL.match(stem, end):
            end, last = more.end(), int(next(filter(None, more.groups())))
    before = stem[: match.start()] if match.start() else _words_before(match)
    behind = stem[end:].lstrip(" ._-\N{EN DASH}")
    is_title = behind and not behind.startswith(("[", "(")) and without_release_words(f"- {behind}") != "-"
    title = film_title(behind).name if is_title else ""
    return replace(found, last=last, series=before.strip(" ._-"), title=title)


def _words_before(match: re.Match[str]) -> str:
    first = min(match.start(name) for name, value in match.groupdict().items() if value)
    return re.sub(r"^(?:\[[^\]]*\]\s*)+", "", match.string[:first])


def _at_last(stem: str) -> EpisodeName | None:
    """Return the number in brackets behind a group and a name, or one that stands as people write it."""
    found = _IN_BRACKETS.search(stem) if stem.startswith("[") else None
    found = found or next(filter(None, (pattern.search(stem) for pattern in _AS_PEOPLE_WRITE)), None)
    return EpisodeName(number=int(found["number"])) if found else None
