"""What the names of media folders and files say of their items: name, year, ids at other sites, numbers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

SPECIALS = "Specials"

_SITES = {"tmdb": "Tmdb", "imdb": "Imdb", "tvdb": "Tvdb", "tvmaze": "TvMaze", "anidb": "AniDB"}
_PROVIDER_ID = re.compile(
    r"[\[{](tmdb|imdb|tvdb|tvmaze|anidb)(?:id)?[-=]([A-Za-z0-9]{1,40})[\]}]", re.IGNORECASE
)
_BRACKETS = re.compile(r"\s*(?:\[[^\]]*\]|\{[^}]*\})")
_YEAR = re.compile(r"\s*\(((?:18|19|20|21)\d\d)\)")
_SEASON = re.compile(r"(?:season|s)[ ._-]*(\d{1,4})(?!\d|\s*e\d).*", re.IGNORECASE)
_EPISODE = re.compile(
    r"(?:^|(?<=[\W_]))s(\d{1,4})[ ._-]*e(\d{1,4})(?!\d)|(?<!\d)(\d{1,2})x(\d{2,3})(?!\d)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Title:
    """What a name such as `Dune (2021) [tmdbid-438631]` says; `provider_ids` as `Item` has them."""

    name: str
    year: int | None = None
    provider_ids: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class EpisodeNumber:
    """A season, 0 for the specials, and an episode of it."""

    season: int
    episode: int


def title_of(text: str) -> Title:
    """Read the name of a folder, or of a file without its extension; what is in brackets is no part of the name."""
    ids = {_SITES[site.lower()]: number for site, number in _PROVIDER_ID.findall(text)}
    bare = _BRACKETS.sub("", text)
    years = _YEAR.findall(bare)
    name = (_YEAR.sub("", bare) if years else bare).strip(" ._-")
    return Title(name or text.strip(), int(years[-1]) if years else None, ids)


def season_of(text: str) -> int | None:
    """Return the number that a folder such as `Season 01` or `Specials` has, None when it is no season."""
    if text.strip().casefold() in {"specials", "season specials"}:
        return 0
    match = _SEASON.fullmatch(text.strip())
    return int(match[1]) if match else None


def season_name(number: int) -> str:
    """Return what Jellyfin calls a season that has no name of its own."""
    return f"Season {number}" if number else SPECIALS


def episode_of(text: str) -> EpisodeNumber | None:
    """Return what `S01E02` or `1x02` in a file's name says, None when there is neither."""
    match = _EPISODE.search(text)
    if match is None:
        return None
    season, episode = (match[1], match[2]) if match[1] else (match[3], match[4])
    return EpisodeNumber(int(season), int(episode))


def episode_name(text: str) -> str:
    """Return what stands behind the numbers in an episode's file name, all of it when nothing does."""
    match = _EPISODE.search(text)
    return (title_of(text[match.end() :]).name if match else "") or text
