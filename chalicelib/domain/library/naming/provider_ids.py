"""Ids that other sites have for an item, as names of folders and files tell them."""

import re
from collections.abc import Iterable, Mapping

SITES = {
    "tmdb": "Tmdb",
    "tvdb": "Tvdb",
    "imdb": "Imdb",
    "tvmaze": "TvMaze",
    "anidb": "AniDB",
    "anilist": "AniList",
    "anisearch": "AniSearch",
}
"""Jellyfin's names of sites, by their names in brackets."""

OF_FILMS = frozenset({"Tmdb", "Tvdb", "Imdb"})
OF_SERIES = frozenset(SITES.values())
OF_SEASONS = frozenset({"Tvdb", "TvMaze", "Tmdb"})
OF_EPISODES = frozenset({"Imdb", "Tvdb", "TvMaze", "Tmdb"})
OF_BOX_SETS = frozenset({"Tmdb"})

_BRACKETED = re.compile(
    r"(?P<opening>[\[({])"
    r"(?:(?P<short>tmdb|tvdb|imdb)(?:id)?|(?P<long>tvmaze|anidb|anilist|anisearch)id)[=-](?P<id>[a-z0-9]{1,40})"
    r"(?P<closing>[\])}])",
    re.IGNORECASE,
)
_PAIRS = {"[]", "()", "{}"}
_BARE_IMDB = re.compile(r"(?<![a-z0-9])tt\d{7,8}(?!\d)", re.IGNORECASE)


def provider_ids(text: str, sites: Iterable[str] = OF_SERIES) -> Mapping[str, str]:
    """Return the ids in a name such as `Dune [tmdbid-438631]`, by Jellyfin's names of sites; the first of each."""
    found: dict[str, str] = {}
    for match in _BRACKETED.finditer(text):
        if match["opening"] + match["closing"] in _PAIRS:
            found.setdefault(SITES[(match["short"] or match["long"]).lower()], match["id"])
    if bare := _BARE_IMDB.search(text):
        found.setdefault("Imdb", bare[0].lower())
    wanted = frozenset(sites)
    return {site: number for site, number in found.items() if site in wanted}
