"""A made-up media folder in Jellyfin's naming, as large as a test wants it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import count, islice
from pathlib import Path

from PIL import Image

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType

BACKDROP, LOGO, PRIMARY, THUMB = ImageType.BACKDROP, ImageType.LOGO, ImageType.PRIMARY, ImageType.THUMB


@dataclass(frozen=True)
class Planted:
    """A picture in the folder, and what it must become: an image of the item of that type and name."""

    path: Path
    item_type: ItemType
    name: str
    image_type: ImageType


type Pictures = Mapping[str, tuple[ItemType, str, ImageType]]


def picture(number: int, suffix: str = ".jpg") -> bytes:
    """Return a small picture whose bytes no other number has."""
    stream = BytesIO()
    colour = (number % 256, number // 256 % 256, number // 65536 * 16 + 8)
    format_name = {".jpg": "JPEG", ".png": "PNG", ".webp": "WEBP"}[suffix]
    options = {"quality": 95, "subsampling": 0} if suffix == ".jpg" else {}
    image = Image.new("RGB", (24, 24), colour)
    image.putpixel((number % 24, number // 24 % 24), (255, 255, 255))
    image.save(stream, format_name, comment=str(number).encode(), **options)
    return stream.getvalue()


def plant(root: Path, wanted: int, first: int = 0) -> list[Planted]:
    """Make a folder of several libraries with so many pictures; videos and songs in it are empty files.

    Titles and pictures are numbered from `first`: a folder from far enough on has none of another's.
    """
    planted = [replace(one, path=root / one.path) for one in islice(_titles(first), wanted)]
    for number, one in enumerate(planted, first):
        one.path.parent.mkdir(parents=True, exist_ok=True)
        one.path.write_bytes(picture(number, one.path.suffix))
        _plant_media(one)
    return planted


def _plant_media(one: Planted) -> None:
    """Put the item's own file beside its picture, where it has one."""
    folder = one.path.parent
    if one.item_type is ItemType.MOVIE:
        (folder / f"{folder.name}.mkv").touch()
    if one.item_type is ItemType.MUSIC_ALBUM:
        (folder / "01 - Song.flac").touch()
    if one.item_type is ItemType.EPISODE:
        (folder / f"{one.path.stem.removesuffix('-thumb')}.mkv").touch()


def _titles(first: int) -> Iterator[Planted]:
    for number in count(first):
        for make in (_movie, _series, _album, _person):
            yield from (Planted(Path(path), *what) for path, what in make(number).items())


def _movie(number: int) -> Pictures:
    name = f"Film & Co + {number}, é"
    folder = f"Movies/{name} ({1950 + number % 70}) [tmdbid-{90_000_000 + number}]"
    movie = ItemType.MOVIE
    return {
        f"{folder}/poster.jpg": (movie, name, PRIMARY),
        f"{folder}/logo.png": (movie, name, LOGO),
        f"{folder}/landscape.jpg": (movie, name, THUMB),
        f"{folder}/fanart.jpg": (movie, name, BACKDROP),
        f"{folder}/extrafanart/x y.webp": (movie, name, BACKDROP),
        f"{folder}/backdrop1.jpg": (movie, name, BACKDROP),
    }


def _series(number: int) -> Pictures:
    name = f"Show {number}"
    folder = f"Shows/{name} ({1950 + number % 70})"
    pilot, other = f"Pilot {number}", f"Next {number}"
    return {
        f"{folder}/poster.jpg": (ItemType.SERIES, name, PRIMARY),
        f"{folder}/backdrop.jpg": (ItemType.SERIES, name, BACKDROP),
        f"{folder}/season01-poster.jpg": (ItemType.SEASON, f"{name}/Season 1", PRIMARY),
        f"{folder}/Season 01/{name} - S01E01 - {pilot}-thumb.jpg": (ItemType.EPISODE, pilot, PRIMARY),
        f"{folder}/Season 01/{name} - S01E02 - {other}.jpg": (ItemType.EPISODE, other, PRIMARY),
        f"{folder}/Specials/poster.png": (ItemType.SEASON, f"{name}/Specials", PRIMARY),
    }


def _album(number: int) -> Pictures:
    artist, album = f"Artist {number}", f"Album {number}"
    return {
        f"Music/{artist}/folder.jpg": (ItemType.MUSIC_ARTIST, artist, PRIMARY),
        f"Music/{artist}/{album} (1999)/cover.jpg": (ItemType.MUSIC_ALBUM, album, PRIMARY),
        f"Music/{artist}/{album} (1999)/cdart.png": (ItemType.MUSIC_ALBUM, album, ImageType.DISC),
    }


def _person(number: int) -> Pictures:
    name = f"Zoë Person {number}"
    return {f"People/Z/{name}/folder.jpg": (ItemType.PERSON, name, PRIMARY)}
