"""Which file beside a media file is which image: Jellyfin's naming of local pictures.

Files are paths relative to the item's folder, `/` between their parts; letter case does not count. Files without
bytes must be left out by the caller. Where two files differ in their extension alone, the one whose extension
comes first in `EXTENSIONS` is meant.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePosixPath

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType

EXTENSIONS = (".png", ".jpg", ".jpeg", ".webp", ".tbn", ".gif", ".svg", ".avif", ".bmp", ".tif", ".tiff")
"""Of pictures, by priority; those behind `.svg` are ours."""

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


@dataclass(frozen=True, slots=True)
class NamedPicture:
    """A file that is an image by its name."""

    image_type: ImageType
    file: str


@dataclass(frozen=True, slots=True)
class Naming:
    """What decides the names of an item's pictures.

    `stem` is the name of the item's own file without its extension, or of its folder. In a mixed folder several
    items lie side by side, and only names that begin with the stem belong to this one.
    """

    item_type: ItemType
    stem: str = ""
    is_mixed: bool = False

    def spellings(self, name: str) -> tuple[str, ...]:
        """Return how a picture called `name` may be written, the first choice first."""
        prefixed = (f"{self.stem}-{name}",) if self.stem else ()
        return prefixed if self.is_mixed else (*prefixed, name)


def pictures_of(
    naming: Naming, files: Iterable[str], misses: int = _MISSES_THAT_END_A_SERIES
) -> tuple[NamedPicture, ...]:
    """Return an item's images: the first hit for each type that holds one, then its backdrops in order.

    A series of numbered backdrops ends when so many numbers were missing.
    """
    found = _by_base(files)
    backdrops = () if naming.item_type in _PRIMARY_ALONE else dict.fromkeys(_backdrops(naming, found, misses))
    return (*_firsts(_singles(naming), found), *(NamedPicture(ImageType.BACKDROP, f) for f in backdrops))


def pictures_of_season(number: int, name: str, files: Iterable[str]) -> tuple[NamedPicture, ...]:
    """Return a season's images among the files of its series' folder; the specials have number 0."""
    found = _by_base(files)
    prefixes = (f"season{number:02}" if number else "season-specials", name.replace(" ", ""))
    singles = {kind: [f"{prefix}-{end}" for prefix in prefixes] for end, kind in _OF_SEASONS.items()}
    return tuple(_firsts(singles, found))


def is_picture(file: str) -> bool:
    """Tell whether a file's extension is one of a picture."""
    return PurePosixPath(file).suffix.lower() in EXTENSIONS


def _by_base(files: Iterable[str]) -> dict[str, str]:
    """Return pictures by their path without extension, in one letter case."""
    ranked = sorted((EXTENSIONS.index(PurePosixPath(f).suffix.lower()), f) for f in files if is_picture(f))
    found: dict[str, str] = {}
    for _, file in ranked:
        found.setdefault(_base(file), file)
    return found


def _base(file: str) -> str:
    return file[: -len(PurePosixPath(file).suffix)].casefold()


def _firsts(names: Mapping[ImageType, Iterable[str]], found: Mapping[str, str]) -> Iterator[NamedPicture]:
    for image_type, spellings in names.items():
        if file := next((found[s.casefold()] for s in spellings if s.casefold() in found), None):
            yield NamedPicture(image_type, file)


def _singles(naming: Naming) -> dict[ImageType, Iterable[str]]:
    """Return the names of each type that holds one image, in the order in which they are looked for."""
    if naming.item_type is ItemType.EPISODE:
        own = (naming.stem, f"{naming.stem}-thumb")
        return {ImageType.PRIMARY: (*own, *(f"{METADATA}/{name}" for name in own))}
    primary = _PRIMARY.get(naming.item_type, _OTHER_PRIMARY)
    names: dict[ImageType, Iterable[str]] = {
        ImageType.PRIMARY: (naming.stem, *_spelt(naming, primary)),
    }
    if naming.item_type not in _WITHOUT_LOGOS:
        others = {**_SINGLES, ImageType.DISC: _DISCS.get(naming.item_type, ())}
        names |= {kind: tuple(_spelt(naming, these)) for kind, these in others.items()}
    return names


def _spelt(naming: Naming, names: Iterable[str]) -> Iterator[str]:
    return chain.from_iterable(map(naming.spellings, names))


def _backdrops(naming: Naming, found: Mapping[str, str], misses: int) -> Iterator[str]:
    """Yield the backdrops' files; one may come twice."""
    for name, number in (("fanart", "fanart-{}"), ("background", "background-{}"), ("art", "art-{}")):
        yield from _numbered(naming, found, name, number, misses)
    if not naming.is_mixed:
        yield from sorted(file for base, file in found.items() if base.startswith(f"{EXTRA_FANART}/"))
    yield from _numbered(naming, found, "backdrop", "backdrop{}", misses)


def _numbered(naming: Naming, found: Mapping[str, str], name: str, number: str, misses: int) -> Iterator[str]:
    """Yield the plain name and the numbered ones, until too many numbers were missing."""
    yield from _hits(naming, found, name)
    for place in range(1, MOST_NUMBERED + 1):
        hits = _hits(naming, found, number.format(place))
        yield from hits
        misses -= not hits
        if not misses:
            return


def _hits(naming: Naming, found: Mapping[str, str], name: str) -> list[str]:
    return [found[s.casefold()] for s in naming.spellings(name) if s.casefold() in found]
