"""Which file beside a media file is which image: Jellyfin's naming of local pictures.

Files are paths relative to the item's folder, `/` between their parts; letter case does not count. Files without
bytes must be left out by the caller. Where two files differ in their extension alone, the one whose extension
comes first in `PICTURES` is meant.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from unicodedata import normalize

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.names import natural_order
from chalicelib.domain.library.naming.extensions import PICTURES, base_of, is_picture, suffix_of

EXTRA_FANART = "extrafanart"
METADATA = "metadata"

MOST_NUMBERED = 20
"""Backdrops of one name that differ in their number."""

_MISSES_THAT_END_A_SERIES = 3
_VIDEOS = frozenset({ItemType.MOVIE, ItemType.VIDEO, ItemType.TRAILER, ItemType.MUSIC_VIDEO})
_WITH_COVERS = (ItemType.MUSIC_ALBUM, ItemType.MUSIC_ARTIST, ItemType.PHOTO_ALBUM)
_PRIMARY: Mapping[ItemType, tuple[str, ...]] = {
    **dict.fromkeys(_VIDEOS, ("poster", "folder", "cover", "default", "movie")),
    ItemType.SERIES: ("poster", "folder", "cover", "default", "show"),
    **dict.fromkeys(_WITH_COVERS, ("folder", "poster", "cover", "jacket", "default", "albumart")),
    ItemType.PERSON: ("folder", "poster"),
}
_OTHER_PRIMARY = ("poster", "folder", "cover", "default")
_SINGLES: Mapping[ImageType, tuple[str, ...]] = {
    ImageType.LOGO: ("logo", "clearlogo"),
    ImageType.ART: ("clearart",),
    ImageType.BANNER: ("banner",),
    ImageType.THUMB: ("landscape", "thumb"),
}
_DISCS: Mapping[ItemType, tuple[str, ...]] = {
    **dict.fromkeys((*_VIDEOS, ItemType.BOX_SET), ("disc", "cdart", "discart")),
    ItemType.MUSIC_ALBUM: ("cdart", "disc"),
}
_PRIMARY_ALONE = frozenset({ItemType.EPISODE, ItemType.PERSON})
_WITHOUT_LOGOS = _PRIMARY_ALONE | {ItemType.AUDIO}
_OF_SEASONS: Mapping[str, ImageType] = {
    "poster": ImageType.PRIMARY,
    "fanart": ImageType.BACKDROP,
    "banner": ImageType.BANNER,
    "landscape": ImageType.THUMB,
}
_BACKDROP = re.compile(r"(?:fanart|background|art)(?:-\d+)?|backdrop\d*|extrafanart/.*")


@dataclass(frozen=True, slots=True)
class NamedPicture:
    """A file that is an image by its name."""

    image_type: ImageType
    file: str


@dataclass(frozen=True, slots=True)
class Naming:
    """What decides the names of an item's pictures.

    `stem` is the name of the item's own file without its extension, or of its folder; `others` are further stems,
    such as what the names of all its versions have in common. In a mixed folder several items lie side by side,
    and only names that begin with a stem belong to this one.
    """

    item_type: ItemType
    stem: str = ""
    is_mixed: bool = False
    others: tuple[str, ...] = ()

    @property
    def stems(self) -> tuple[str, ...]:
        """Return all stems, the first choice first."""
        return tuple(stem for stem in (self.stem, *self.others) if stem)

    def prefixed(self, name: str) -> tuple[str, ...]:
        """Return how a picture called `name` may be written with a stem in front."""
        return tuple(f"{stem}-{name}" for stem in self.stems)

    def spellings(self, name: str) -> tuple[str, ...]:
        """Return how a picture called `name` may be written, the first choice first."""
        return self.prefixed(name) if self.is_mixed else (*self.prefixed(name), name)


class PictureFiles:
    """The pictures of one folder by their names without extension; of names that tie, the better extension."""

    def __init__(self, files: Iterable[str]) -> None:
        self._by_base: dict[str, str] = {}
        self._beaten: dict[str, str] = {}
        ranked = sorted((PICTURES.index(suffix_of(file)), file) for file in files if is_picture(file))
        for _, file in ranked:
            first = self._by_base.setdefault(_base(file), file)
            if first != file:
                self._beaten[file] = first
        in_folder = (file for _, file in ranked if file.casefold().startswith(f"{EXTRA_FANART}/"))
        visible = (file for file in in_folder if not file.rpartition("/")[2].startswith("."))
        self.fanart = tuple(sorted(visible, key=natural_order))

    def find(self, base: str) -> str | None:
        """Return the picture of that name, in any letter case."""
        return self._by_base.get(_folded(base))

    def beaten_by(self, file: str) -> str | None:
        """Return the file that is meant instead of another which differs from it in the extension alone."""
        return self._beaten.get(file)


def pictures_of(
    naming: Naming, files: Iterable[str] | PictureFiles, misses: int = _MISSES_THAT_END_A_SERIES
) -> tuple[NamedPicture, ...]:
    """Return an item's images: the first hit for each type that holds one, then its backdrops in order.

    A series of numbered backdrops ends when so many numbers were missing.
    """
    found = files if isinstance(files, PictureFiles) else PictureFiles(files)
    backdrops = () if naming.item_type in _PRIMARY_ALONE else dict.fromkeys(_backdrops(naming, found, misses))
    return (*_firsts(_singles(naming), found), *(NamedPicture(ImageType.BACKDROP, f) for f in backdrops))


def meanings_of(naming: Naming, file: str) -> frozenset[ImageType]:
    """Return which images a file could be if nothing lay beside it."""
    base = _folded(base_of(file))
    found = {kind for kind, names in _singles(naming).items() if base in map(_folded, names)}
    if naming.item_type not in _PRIMARY_ALONE:
        prefixes = (f"{_folded(stem)}-" for stem in naming.stems)
        rests = [base.removeprefix(prefix) for prefix in prefixes if base.startswith(prefix)]
        if any(map(_BACKDROP.fullmatch, rests if naming.is_mixed else (*rests, base))):
            found.add(ImageType.BACKDROP)
    return frozenset(found)


def pictures_of_season(
    number: int, name: str, files: Iterable[str] | PictureFiles
) -> tuple[NamedPicture, ...]:
    """Return a season's images among the files of its series' folder; the specials have number 0."""
    found = files if isinstance(files, PictureFiles) else PictureFiles(files)
    prefixes = (name.replace(" ", ""), f"season{number:02}" if number else "season-specials")
    singles = {kind: [f"{prefix}-{end}" for prefix in prefixes] for end, kind in _OF_SEASONS.items()}
    return tuple(_firsts(singles, found))


def _base(file: str) -> str:
    return _folded(base_of(file))


def _folded(text: str) -> str:
    """Return what is equal for spellings in another letter case or another normal form."""
    return text.lower() if text.isascii() else normalize("NFC", normalize("NFC", text).casefold())


def _firsts(names: Mapping[ImageType, Iterable[str]], found: PictureFiles) -> Iterator[NamedPicture]:
    for image_type, spellings in names.items():
        if file := next(filter(None, map(found.find, spellings)), None):
            yield NamedPicture(image_type, file)


def _singles(naming: Naming) -> dict[ImageType, Iterable[str]]:
    """Return the names of each type that holds one image, in the order in which they are looked for."""
    if naming.item_type is ItemType.EPISODE:
        own = tuple(chain.from_iterable((stem, f"{stem}-thumb") for stem in naming.stems))
        return {ImageType.PRIMARY: (*own, *(f"{METADATA}/{name}" for name in own))}
    primary = _PRIMARY.get(naming.item_type, _OTHER_PRIMARY)
    plain = () if naming.is_mixed else primary
    names: dict[ImageType, Iterable[str]] = {
        ImageType.PRIMARY: (*naming.stems, *chain.from_iterable(map(naming.prefixed, primary)), *plain)
    }
    if naming.item_type not in _WITHOUT_LOGOS:
        others = {**_SINGLES, ImageType.DISC: _DISCS.get(naming.item_type, ())}
        names |= {kind: tuple(_spelt(naming, these)) for kind, these in others.items()}
    return names


def _spelt(naming: Naming, names: Iterable[str]) -> Iterator[str]:
    return chain.from_iterable(map(naming.spellings, names))


def _backdrops(naming: Naming, found: PictureFiles, misses: int) -> Iterator[str]:
    """Yield the backdrops' files; one may come twice."""
    for name, number in (("fanart", "fanart-{}"), ("background", "background-{}"), ("art", "art-{}")):
        yield from _rows(naming, found, name, number, misses)
    if not naming.is_mixed:
        yield from found.fanart
    yield from _rows(naming, found, "backdrop", "backdrop{}", misses)


def _rows(naming: Naming, found: PictureFiles, name: str, number: str, misses: int) -> Iterator[str]:
    """Yield the files of one name: those with each stem in front, then the plain ones."""
    for first, numbered in zip(naming.spellings(name), naming.spellings(number), strict=True):
        yield from _row(found, first, numbered, misses)


def _row(found: PictureFiles, first: str, numbered: str, misses: int) -> Iterator[str]:
    """Yield the first file and those with a number, until too many numbers were missing."""
    before, _, behind = numbered.rpartition("{}")
    for name in (first, *(f"{before}{place}{behind}" for place in range(1, MOST_NUMBERED + 1))):
        if file := found.find(name):
            yield file
        elif name != first:
            misses -= 1
            if not misses:
                return
