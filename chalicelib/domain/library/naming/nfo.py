"""Facts from `.nfo` files, which media managers write beside what they describe.

They come from anybody: one that declares entities is refused, nothing is loaded from elsewhere, size is bounded.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError, ParserCreate

from chalicelib.domain.library.naming.provider_ids import SITES

MOST_BYTES = 1_000_000
_FIRST_YEAR = 1850
_LAST_YEAR = 2999
_LONGEST = 1_000
_MUSIC = {
    "musicbrainzalbumid": "MusicBrainzAlbum",
    "musicbrainzalbumartistid": "MusicBrainzAlbumArtist",
    "musicbrainzartistid": "MusicBrainzArtist",
    "musicbrainzreleasegroupid": "MusicBrainzReleaseGroup",
    "audiodbalbumid": "AudioDbAlbum",
    "audiodbartistid": "AudioDbArtist",
}
_BY_ELEMENT = {
    **{f"{site}id": name for site, name in SITES.items()},
    "imdb_id": "Imdb",
    **dict.fromkeys(("tmdbcolid", "tmdbcol", "collectionnumber"), "TmdbCollection"),
    **_MUSIC,
}
_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_LINKS = (
    ("Imdb", re.compile(r"\b(tt\d{7,8})\b")),
    ("Tmdb", re.compile(r"themoviedb\.org/(?:movie|tv)/(\d{1,12})")),
    ("Tvdb", re.compile(r"thetvdb\.com/\?tab=series&(?:amp;)?id=(\d{1,12})")),
)


@dataclass(frozen=True, slots=True)
class Nfo:
    """What a file says; fields that it does not tell are None. Ids are by Jellyfin's names of sites."""

    title: str | None = None
    year: int | None = None
    season: int | None = None
    episode: int | None = None
    provider_ids: Mapping[str, str] = field(default_factory=dict)


def read_nfo(text: bytes) -> Nfo:
    """Read a file: XML, links behind XML, or links alone. One that cannot be read says nothing."""
    if not text or len(text) > MOST_BYTES:
        return Nfo()
    reader = _Reader()
    end = reader.read(text)
    if reader.is_refused:
        return Nfo()
    links = text[end:].decode("utf-8", "replace") if reader.is_complete else text.decode("utf-8", "replace")
    for site, pattern in _LINKS:
        if match := pattern.search(links):
            reader.ids.setdefault(site, match[1])
    return reader.facts()


class _RefusedError(Exception):
    """Say that a file declares entities."""


class _Reader:
    """Collects the texts of the elements right below the root."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}
        self.is_refused = False
        self.is_complete = False
        self._texts: dict[str, str] = {}
        self._depth = 0
        self._attributes: Mapping[str, str] = {}
        self._text: list[str] = []

    def read(self, text: bytes) -> int:
        """Parse as far as the end of the root; returns where that is."""
        parser = ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._refuse
        try:
            parser.Parse(text, True)  # noqa: FBT003  # expat takes no names: this is all there is
        except ExpatError:  # whatever stood before the fault counts
            pass
        except _RefusedError:
            self.is_refused = True
        return max(parser.ErrorByteIndex, 0) if self.is_complete else 0

    def facts(self) -> Nfo:
        """Return what was found."""
        year = _number(self._texts.get("year"))
        return Nfo(
            title=self._texts.get("title") or self._texts.get("name"),
            year=year if year and _FIRST_YEAR < year <= _LAST_YEAR else None,
            season=_number(self._texts.get("seasonnumber") or self._texts.get("season")),
            episode=_number(self._texts.get("episode")),
            provider_ids=self.ids,
        )

    def _start(self, _name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 2:  # noqa: PLR2004  # right below the root
            self._attributes = {key.casefold(): value for key, value in attributes.items()}
            self._text = []

    def _characters(self, text: str) -> None:
        if self._depth == 2:  # noqa: PLR2004  # right below the root
            self._text.append(text)

    def _end(self, name: str) -> None:
        if self._depth == 2 and not self.is_complete:  # noqa: PLR2004  # right below the root
            self._take(name.casefold(), "".join(self._text).strip()[:_LONGEST])
        self._depth -= 1
        self.is_complete = self.is_complete or not self._depth

    def _take(self, name: str, text: str) -> None:
        if name == "uniqueid":
            site = self._attributes.get("type", "").casefold()
            self._add_id(SITES.get(site) or _BY_ELEMENT.get(f"{site}id"), text)
        elif name == "id":
            for site in ("tmdb", "tvdb", "imdb"):
                self._add_id(SITES[site], self._attributes.get(site, ""))
            self._add_id("Imdb", text if text.startswith("tt") else "")
        elif name in _BY_ELEMENT:
            self._add_id(_BY_ELEMENT[name], text)
        elif text:
            self._texts.setdefault(name, text)

    def _add_id(self, site: str | None, number: str) -> None:
        if site and _ID.fullmatch(number):
            self.ids.setdefault(site, number)

    def _refuse(self, *_: object) -> None:
        raise _RefusedError


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 5 else None  # noqa: PLR2004  # digits
