"""Seasons: which folder of a series is one, and which number it has."""

import re

SPECIALS = "Specials"

_WORDS = (
    "season sæson saison staffel series stagione säsong seizoen seasong sezon sezona sezóna sezonul série séria "
    "serie seria temporada kausi 시즌 シーズン сезон"
)
_WORD = "|".join(_WORDS.split())
_SHORT = re.compile(r"(?<![^\W\d_])s(\d{1,4})(?!\d|[ ._-]*e\d)(?=[._\-\s\[\]]|$)", re.IGNORECASE)
_NUMBER_FIRST = re.compile(rf"(\d{{1,4}})(?:st|nd|rd|th)?[.\s_-]*(?:{_WORD})\b.*", re.IGNORECASE)
_WORD_FIRST = re.compile(rf"(?:{_WORD})[.\s_-]*(\d{{1,4}})(?!\d|x\d)(?!.*e\d).*", re.IGNORECASE)
_WORD_LATER = re.compile(rf"(?!.*episode).*[ ._-]{_WORD_FIRST.pattern}", re.IGNORECASE)
_LEVELLED = re.compile(r"[ ._\-\[\]]+")
_IN_BRACKETS_AT_END = re.compile(r"\s*[(\[{][^)\]}]*[)\]}]\s*$")


def season_of(text: str, series: str = "", *, by_word: bool = False) -> int | None:
    """Return the number that a folder such as `Season 01` or `Specials` has, None when it is no season.

    `series` is the name of its series' folder, which may stand in front, as other words may. `by_word` is for a
    folder of which nobody knows whether it lies in a series: then the word must come first, and neither a number
    alone nor the word specials counts.
    """
    name = text.strip()
    if match := _SHORT.search(name):
        return int(match[1])
    rest = _without_series(name, series)
    if not by_word and (number := _bare(rest)) is not None:
        return number
    match = _NUMBER_FIRST.fullmatch(rest) or _WORD_FIRST.fullmatch(rest)
    if not match and not by_word:
        match = _WORD_LATER.fullmatch(rest)
    return int(match[1]) if match else None


def season_name(number: int) -> str:
    """Return what Jellyfin calls a season that has no name of its own."""
    return f"Season {number}" if number else SPECIALS


def _bare(name: str) -> int | None:
    bare = _LEVELLED.sub("", name).casefold()
    if bare in {"specials", "extras"}:
        return 0
    return int(bare) if bare.isdecimal() and bare.isascii() and len(bare) < 5 else None  # noqa: PLR2004  # digits of a year


def _without_series(name: str, series: str) -> str:
    """Cut off the series' name, as its folder has it with or without what is in brackets behind it."""
    bare = _IN_BRACKETS_AT_END.sub("", series)
    for prefix in (series, bare):
        words = [re.escape(word) for word in _LEVELLED.split(prefix) if word]
        pattern = r"[ ._\-\[\]]+".join(words)
        if words and (match := re.match(rf"[ ._\-\[\]]*{pattern}(?:[ ._\-\[\]]+|$)", name, re.IGNORECASE)):
            return name[match.end() :] or name
    return name.strip(" ._-[]") or name
