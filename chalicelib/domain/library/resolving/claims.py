"""Which item has which picture, and what is said of those that none has."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.naming.extensions import stem_of
from chalicelib.domain.library.naming.pictures import NamedPicture, Naming, meanings_of
from chalicelib.domain.library.resolving.folders import MediaFolder
from chalicelib.domain.library.resolving.results import FoundItem, FoundPicture, LeftOut, Reason

type Sources = Iterable[tuple[MediaFolder, Iterable[NamedPicture]]]


@dataclass(slots=True)
class Claims:
    """Pictures taken, and notes of why others are not; whoever asks first has a picture."""

    _taken: set[str] = field(default_factory=set)
    _winners: dict[Hashable, dict[ImageType, str]] = field(default_factory=lambda: defaultdict(dict))
    _lost: dict[str, LeftOut] = field(default_factory=dict)
    _notes: dict[str, tuple[Reason, str]] = field(default_factory=dict)
    _plain: dict[str, list[tuple[Naming, Hashable]]] = field(default_factory=lambda: defaultdict(list))
    _by_stem: dict[tuple[str, str], tuple[Naming, Hashable]] = field(default_factory=dict)

    def take(self, item: FoundItem, sources: Sources) -> tuple[FoundPicture, ...]:
        """Give an item its pictures; of types that hold one the first, in the order of the folders.

        What another folder of the same item has already is a conflict.
        """
        winners = self._winners[item.identity]
        before = frozenset(winners)
        counts: Counter[ImageType] = Counter()
        found: list[FoundPicture] = []
        for folder, named in sources:
            for image_type, path in ((picture.image_type, folder.join(picture.file)) for picture in named):
                if path not in self._taken and self._wins(image_type, path, winners, before):
                    found.append(FoundPicture(image_type, path, counts[image_type]))
                    counts[image_type] += 1
        return tuple(found)

    def _wins(
        self, image_type: ImageType, path: str, winners: dict[ImageType, str], before: frozenset[ImageType]
    ) -> bool:
        winner = winners.setdefault(image_type, path)
        if winner != path and (image_type in before or not image_type.holds_several):
            reason = Reason.CONFLICT if image_type in before else Reason.SECOND
            self._lost.setdefault(path, LeftOut(path, reason, winner))
            return False
        self._taken.add(path)
        return True

    def looked_up(self, folder: MediaFolder, naming: Naming, item: FoundItem) -> None:
        """Remember by which names an item looked for pictures in a folder."""
        if not naming.is_mixed:
            self._plain[folder.path].append((naming, item.identity))
        for stem in naming.stems:
            self._by_stem.setdefault((folder.path, stem.casefold()), (naming, item.identity))

    def note(self, path: str, reason: Reason, detail: str = "") -> None:
        """Say why all that lies in a folder is left out, unless something below says more."""
        self._notes.setdefault(path, (reason, detail))

    def left_out(self, pictures: Iterable[str]) -> Iterator[LeftOut]:
        """Yield the pictures that no item has."""
        for path in pictures:
            if path not in self._taken:
                yield self._lost.get(path) or self._explained(path)

    def _explained(self, path: str) -> LeftOut:
        folder, _, file = path.rpartition("/")
        if file.startswith("."):
            return LeftOut(path, Reason.HIDDEN)
        for above, inside in _places(folder, file):
            if found := self._second(above, inside, path):
                return found
            if above in self._notes:
                return LeftOut(path, *self._notes[above])
            if above in self._plain:
                return LeftOut(path, Reason.MEANS_NOTHING)
        return LeftOut(path, Reason.NO_VIDEO)

    def _second(self, folder: str, file: str, path: str) -> LeftOut | None:
        for naming, owner in self._namings(folder, file):
            for image_type in sorted(meanings_of(naming, file)):
                if image_type.holds_several:
                    return LeftOut(path, Reason.NUMBERS_END)
                if winner := self._winners[owner].get(image_type):
                    return LeftOut(path, Reason.SECOND, winner)
        return None

    def _namings(self, folder: str, file: str) -> Iterator[tuple[Naming, Hashable]]:
        yield from self._plain.get(folder, ())
        stem = stem_of(file).casefold()
        ends = [len(stem), *(place for place, letter in enumerate(stem) if letter == "-")]
        for end in ends:
            if known := self._by_stem.get((folder, stem[:end])):
                yield known


def _places(folder: str, file: str) -> Iterator[tuple[str, str]]:
    """Yield the folders above a file from the nearest on, each with the file's path in it."""
    while folder:
        yield folder, file
        folder, _, name = folder.rpartition("/")
        file = f"{name}/{file}"
    yield "", file
