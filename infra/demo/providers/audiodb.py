"""TheAudioDB, version 1: theaudiodb.com/free_music_api; `/small` behind a picture makes it 250 pixels wide."""

from typing import Any

from infra.demo.providers.messages import ABSENT, Asked, Reply, as_json, seed_of
from infra.demo.providers.pictures import name_of, picture

_ARTIST = {
    "strArtistThumb": (1000, 1000, "jpg"),
    "strArtistLogo": (400, 155, "png"),
    "strArtistClearart": (1000, 562, "png"),
    "strArtistWideThumb": (1000, 562, "jpg"),
    "strArtistFanart": (1280, 720, "jpg"),
    "strArtistFanart2": (1280, 720, "jpg"),
    "strArtistBanner": (1000, 185, "jpg"),
}
_ALBUM = {
    "strAlbumThumb": (1000, 1000, "jpg"),
    "strAlbumBack": (1000, 1000, "jpg"),
    "strAlbumCDart": (1000, 1000, "png"),
}
_PAGES = {
    "artist-mb.php": ("artists", "i", _ARTIST),
    "artist.php": ("artists", "i", _ARTIST),
    "album-mb.php": ("album", "i", _ALBUM),
    "album.php": ("album", "m", _ALBUM),
}


def answer(asked: Asked) -> Reply:
    """Answer a call of the API, whose key is in its path, or a picture."""
    match asked.segments:
        case ["images", name]:
            return picture(name)
        case ["images", name, "small"]:
            return picture(name, longest=250)
        case ["api", "v1", "json", _, page] if page in _PAGES:
            return _looked_up(asked, page)
    return Reply(b"", 404, "text/html")


def _looked_up(asked: Asked, page: str) -> Reply:
    """Answer null in place of a list for what is not known, with status 200."""
    name, parameter, fields = _PAGES[page]
    known = asked.query.get(parameter, ABSENT)
    return as_json({name: None if known == ABSENT else [_entry(asked, known, fields)]})


def _entry(asked: Asked, known: str, fields: dict[str, tuple[int, int, str]]) -> dict[str, Any]:
    links = {
        field: f"{asked.base_url}/images/{name_of(width, height, seed_of(known, field), ending)}"
        for field, (width, height, ending) in fields.items()
    }
    return {
        "idArtist": "111239",
        "strMusicBrainzID": known,
        "strArtistFanart3": None,
        "strLocked": "",
    } | links
