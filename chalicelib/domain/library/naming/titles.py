"""Titles: what the name of a folder or file says of its item's name and year.

Jellyfin's rules for file names of films, in their order: the year, then words and brackets of releases. A name in
the form `Title (Year)` is taken as it stands, since its writer took care of it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from chalicelib.domain.library.naming.extras import without_extra_suffix
from chalicelib.domain.library.naming.provider_ids import provider_ids

_SEPARATORS = r" _,.()\[\]-"
_RELEASE_WORDS = (
    "3d sbs tab hsbs htab mvc hdr hdc uhd ultrahd 4k ac3 dts custom dc divx divx5 dsr dsrip dutch dvd dvdrip "
    "dvdscr dvdscreener screener dvdivx cam fragment fs hdtv hdrip hdtvrip internal limited multi subs ntsc "
    "ogg ogm pal pdtv proper repack rerip retail cd[1-9] r5 bd5 bd se svcd swedish german read.nfo nfofix "
    "unrated ws web-dl telesync ts telecine tc brrip bdrip 480p 480i 576p 576i 720p 720i 1080p 1080i 2160p "
    "hrhd hrhdtv hddvd bluray blu-ray x264 x265 h264 h265 xvid xvidvd xxx www.www aac"
)
_WORDS = "|".join(word.replace(".", r"\.") for word in _RELEASE_WORDS.split())
_RELEASE = re.compile(rf"(.+?)[{_SEPARATORS}](?:{_WORDS})(?:[{_SEPARATORS}].*)?", re.IGNORECASE)
_TIDY = re.compile(
    r"(.*?)\s*[(\[{]((?:18|19|20|21)\d\d)[)\]}](?!.*[(\[{](?:18|19|20|21)\d\d[)\]}]).*", re.DOTALL
)
_IN_FRONT = re.compile(r"\s*[(\[]((?:19|20)\d\d)[)\]]\s*(\S.*)", re.DOTALL)
_NOT_IN_A_DATE = r"(?!\d|x\d|\W\d\d\W\d\d)"
_YEARS = (
    re.compile(rf"(.*[^_,.()\[\]-])[_.()\[\]-]((?:19|20)\d\d){_NOT_IN_A_DATE}"),
    re.compile(rf"(.*[^{_SEPARATORS}])[{_SEPARATORS}]+((?:19|20)\d\d){_NOT_IN_A_DATE}"),
)
_AT_END = re.compile(r"(.*\S)\s*(?:\[[^\]]*\]|\{[^}]*\})\s*")
_SPAN_OF_EPISODES = re.compile(r"(.+?)[ ._-]+e\d+[-~]e?\d+.*", re.IGNORECASE)
_GROUP_IN_FRONT = re.compile(r"\s*\[[^\]]+\]\s*(\S.*)")
_NUMBER_AT_END = re.compile(r"(.*\S)\s+-\s+\d+\s*")
_SITE = r"(?:www\.[\w.-]+|[\w-]+\.(?:com|net|org|info|ws|tv|me|cc|to|ru))"
_SITE_IN_FRONT = re.compile(rf"{_SITE}\s+-\s+(\S.*)", re.IGNORECASE)
_SITE_AT_END = re.compile(rf"(.*\S)\s+-\s+{_SITE}", re.IGNORECASE)
_SEASON_PART = re.compile(
    r"(.*?\S)[ ._-]*(?:\bs\d{1,4}(?!\d)|[ ._-](?:season|series|staffel|saison)[ ._-]?\d{1,4}(?!\d)).*",
    re.IGNORECASE,
)
_BARE_YEAR = len("(2012)")
_BOX_SET = re.compile(r"\s*\[boxset\]", re.IGNORECASE)
_JOINT = re.compile(r"(?<=\S)[._]+(?=\S)")


@dataclass(frozen=True, slots=True)
class Title:
    """What a name such as `Dune (2021) [tmdbid-438631]` says; `provider_ids` as `Item` has them."""

    name: str
    year: int | None = None
    provider_ids: Mapping[str, str] = field(default_factory=dict, hash=False)


def film_title(text: str) -> Title:
    """Read the name of a film's folder, or of its file without extension."""
    name, year = _tidy(text) or _year_in_front(text) or _released(text)
    return Title(spaced(name) or text.strip() or text, year, provider_ids(text))


def series_title(text: str) -> Title:
    """Read the name of a series' folder: what stands before the year in brackets, or before the season."""
    tidy = _tidy(text)
    name, year = tidy or (_without_brackets(text), None)
    if tidy is None and (match := _SEASON_PART.fullmatch(name)):
        name = match[1]
    return Title(spaced(name.rstrip(" -_")) or text.strip() or text, year, provider_ids(text))


def plain_title(text: str) -> Title:
    """Read the name of an album's, an artist's, a person's or a box set's folder: brackets of ids are cut off."""
    bare = _BOX_SET.sub("", text)
    name, year = _tidy(bare) or (_without_brackets(bare), None)
    return Title(name.strip() or text.strip() or text, year, provider_ids(text))


def named(text: str) -> Title:
    """Read a name that is kept as it stands but for ids behind it, such as an artist's."""
    return Title(_without_brackets(text).strip() or text.strip() or text, None, provider_ids(text))


def without_release_words(text: str) -> str:
    """Cut a name off before the first word that only releases have."""
    match = _RELEASE.fullmatch(text)
    return match[1] if match else text


def spaced(name: str) -> str:
    """Turn dots and underscores between words into blanks; those of acronyms (`S.H.O.W`) and numbers stay."""
    name = name.strip(" _")
    return _JOINT.sub(lambda joint: _joint(name, joint.start(), joint.end(), joint[0]), name)


def _joint(name: str, start: int, end: int, text: str) -> str:
    left = re.split(r"[\s._]", name[:start])[-1]
    right = re.split(r"[\s._]", name[end:])[0]
    if "_" in text:
        return " "
    is_acronym = len(left) == len(right) == 1 and (left + right).isalpha()
    is_number = " " in name and left.isdigit() and right.isdigit()
    return text if is_acronym or is_number else " "


def _tidy(text: str) -> tuple[str, int] | None:
    """Return name and year of a name in the form `Title (Year)`."""
    match = _TIDY.fullmatch(text)
    if match is None or not (match[1].strip() or len(text.strip()) == _BARE_YEAR):
        return None
    name = _first_group(_GROUP_IN_FRONT, _without_site(_without_brackets(match[1]))).rstrip(" -_,")
    return (name or text.strip() or text, int(match[2]))


def _year_in_front(text: str) -> tuple[str, int] | None:
    """Return name and year of a name such as `(2021) Title [1080p]`; ours."""
    match = _IN_FRONT.fullmatch(text)
    return (_released(match[2])[0], int(match[1])) if match else None


def _released(text: str) -> tuple[str, int | None]:
    """Return name and year of a name as releases have it."""
    name, year = _before_year(_without_site(text))
    name = without_release_words(name)
    name = _without_brackets(name)
    for rule in (_SPAN_OF_EPISODES, _GROUP_IN_FRONT, _NUMBER_AT_END):
        name = _first_group(rule, name)
    name = without_extra_suffix(name)
    return name.rstrip(" -_,[({"), year


def _without_site(text: str) -> str:
    return _first_group(_SITE_AT_END, _first_group(_SITE_IN_FRONT, text))


def _before_year(text: str) -> tuple[str, int | None]:
    for pattern in _YEARS:
        if match := pattern.match(text):
            is_open = match[1].count("[") > match[1].count("]") and text[match.end(1)] == "]"
            return match[1] + ("]" if is_open else ""), int(match[2])
    return text, None


def _without_brackets(text: str) -> str:
    """Cut off what stands in brackets at the end, as long as something remains."""
    while match := _AT_END.fullmatch(text):
        text = match[1]
    return text


def _first_group(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.fullmatch(text)
    return match[1] if match else text
