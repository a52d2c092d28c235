"""One folder on the disk: its videos, songs, pictures and subfolders, in the order of their names."""

import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, takewhile
from pathlib import Path, PurePath
from typing import Self

from chalicelib.domain.library.naming.extensions import is_picture
from chalicelib.domain.library.naming.pictures import EXTRA_FANART, METADATA, NamedPicture
from infra.importer.found import FoundPicture, PassedOver

_VIDEO_ENDINGS = "avi iso m2ts m4v mkv mov mp4 mpeg mpg ogv strm ts webm wmv"
_AUDIO_ENDINGS = "aac aif alac ape dsf flac m4a m4b mka mp3 ogg opus wav wma wv"
VIDEO = frozenset(f".{ending}" for ending in _VIDEO_ENDINGS.split())
AUDIO = frozenset(f".{ending}" for ending in _AUDIO_ENDINGS.split())
_BESIDE = frozenset({EXTRA_FANART, METADATA})
_DISCS = frozenset({"video_ts", "bdmv"})


@dataclass(slots=True)
class Folder:
    """`sizes` are those of the pictures in bytes, by their path in the folder; what is hidden is left out."""

    path: Path
    videos: list[str] = field(default_factory=list)
    songs: list[str] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)
    subfolders: list[str] = field(default_factory=list)
    has_disc: bool = False
    error: str = ""
    _taken: set[str] = field(default_factory=set)
    _sorted: list[tuple[str, str]] = field(default_factory=list)
    _beside: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> Self:
        """List a folder, and the folders for pictures in it; one that cannot be read is empty."""
        folder = cls(path)
        try:
            for entry in sorted(os.scandir(path), key=lambda entry: entry.name):
                folder._add(entry)
        except OSError as error:
            folder.error = f"the folder cannot be read: {error.strerror}"
        folder._beside = [name for name in folder.sizes if name.casefold().startswith(f"{METADATA}/")]
        folder._sorted = sorted((name.casefold(), name) for name in folder.sizes)
        return folder

    @property
    def pictures(self) -> list[str]:
        """Return the pictures that have any bytes."""
        return [name for name, size in self.sizes.items() if size]

    @property
    def stems(self) -> list[str]:
        """Return the names of the videos without extension."""
        return list(dict.fromkeys(PurePath(name).stem for name in self.videos))

    @property
    def song_stems(self) -> list[str]:
        """Return the names of the songs without extension."""
        return list(dict.fromkeys(PurePath(name).stem for name in self.songs))

    def beginning_with(self, stem: str) -> list[str]:
        """Return the pictures whose names begin so, in any letter case, and those in folders beside them."""
        prefix = stem.casefold()
        behind = islice(self._sorted, bisect_left(self._sorted, (prefix, "")), None)
        found = (name for _, name in takewhile(lambda pair: pair[0].startswith(prefix), behind))
        return [name for name in (*found, *self._beside) if self.sizes[name]]

    def take(self, named: Iterable[NamedPicture]) -> tuple[FoundPicture, ...]:
        """Turn names into files, and remember that they are images."""
        pictures = tuple(
            FoundPicture(picture.image_type, self.path / picture.file, self.sizes[picture.file])
            for picture in named
        )
        self._taken |= {str(picture.path.relative_to(self.path)) for picture in pictures}
        return pictures

    def left_over(self) -> Iterator[PassedOver]:
        """Yield the pictures that nobody took, and the folder itself when it could not be read."""
        if self.error:
            yield PassedOver(self.path, self.error)
        for name, size in self.sizes.items():
            if name not in self._taken:
                reason = (
                    "another file comes first, or the name means no image" if size else "the file is empty"
                )
                yield PassedOver(self.path / name, reason)

    def _add(self, entry: os.DirEntry[str]) -> None:
        name, suffix = entry.name, PurePath(entry.name).suffix.lower()
        if name.startswith("."):
            return
        if entry.is_dir():
            self._add_folder(name)
        elif suffix in VIDEO:
            self.videos.append(name)
        elif suffix in AUDIO:
            self.songs.append(name)
        elif is_picture(name):
            self.sizes[name] = entry.stat().st_size

    def _add_folder(self, name: str) -> None:
        if name.casefold() in _DISCS:
            self.has_disc = True
        elif name.casefold() not in _BESIDE:
            self.subfolders.append(name)
        else:
            for entry in sorted(os.scandir(self.path / name), key=lambda entry: entry.name):
                if is_picture(entry.name) and entry.is_file():
                    self.sizes[f"{name}/{entry.name}"] = entry.stat().st_size
