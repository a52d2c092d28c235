"""The tree: folders with the names of what lies in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Self

from chalicelib.domain.library.names import natural_order
from chalicelib.domain.library.naming.extensions import is_picture


@dataclass(slots=True)
class MediaFolder:
    """A folder; `path` is relative to the tree, empty for its top."""

    path: str
    name: str
    files: list[str] = field(default_factory=list)
    folders: list[Self] = field(default_factory=list)
    _by_name: dict[str, str] | None = None

    def join(self, name: str) -> str:
        """Return the path of what lies in the folder."""
        return f"{self.path}/{name}" if self.path else name

    def has(self, name: str) -> bool:
        """Tell whether a file of that name lies in the folder, in any letter case."""
        return self.file(name) is not None

    def file(self, name: str) -> str | None:
        """Return a file of that name as it is written."""
        if self._by_name is None:
            self._by_name = {file.casefold(): file for file in reversed(self.files)}
        return self._by_name.get(name.casefold())

    def pictures(self) -> Iterator[str]:
        """Yield the paths of all pictures in the folder and below."""
        yield from (self.join(file) for file in self.files if is_picture(file))
        for folder in self.folders:
            yield from folder.pictures()


def tree_of(paths: Iterable[str], name: str = "") -> MediaFolder:
    """Make the tree of paths parted by `/`; one that ends with `/` is of an empty folder."""
    top = MediaFolder("", name)
    known = {"": top}
    for path in paths:
        above, _, file = path.rpartition("/")
        folder = _folder(known, above)
        if file:
            folder.files.append(file)
    for folder in known.values():
        folder.files = sorted(dict.fromkeys(folder.files), key=_order)
        folder.folders.sort(key=lambda below: _order(below.name))
    return top


def _folder(known: dict[str, MediaFolder], path: str) -> MediaFolder:
    missing: list[str] = []
    while path not in known:
        missing.append(path)
        path = path.rpartition("/")[0]
    folder = known[path]
    for below in reversed(missing):
        made = known[below] = MediaFolder(below, below.rpartition("/")[2])
        folder.folders.append(made)
        folder = made
    return folder


def _order(name: str) -> tuple[object, str]:
    return natural_order(name), name
