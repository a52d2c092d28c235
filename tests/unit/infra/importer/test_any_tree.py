"""What holds for every tree on a disk: each picture is told once, and a second run has nothing to do."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.library.naming.extensions import is_picture
from infra.importer.disk.tree import shown
from infra.importer.summary import Outcome
from tests.support.fakes.world import World
from tests.support.import_run import Counting, Run, images
from tests.support.media_tree import picture
from tests.support.naming.examples import examples

_FOLDERS = [
    *(folder for (folder,) in examples("folders")),
    "Ruby (2020)",
    "Ruby (2020) [tmdbid-7]",
    "Bad\udcff",
]
_FILES = [*(file for (file,) in examples("files")), "bad\udce9.jpg"]
_TEXTS = (b"", b"Old/\n", b"<movie><title>Told</title><tmdbid>7</tmdbid></movie>", b"\xff\x00<")
_PATHS = st.tuples(st.lists(st.sampled_from(_FOLDERS), max_size=4), st.sampled_from(_FILES))
_BYTES = st.integers(-1, 3)
"""Which picture a file is, or nothing at all: several files may have the same bytes."""


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(_PATHS.map(lambda path: "/".join([*path[0], path[1]])), _BYTES, max_size=30),
    st.sampled_from(_TEXTS),
)
def test_every_picture_is_in_one_list_and_a_second_run_changes_nothing(
    contents: dict[str, int], text: bytes
) -> None:
    with TemporaryDirectory() as place:
        folder = Path(place) / "media"
        _write(folder, contents, text)
        world = World()
        first = Run(world, folder).go()
        assert Counter(row.path for row in first.rows) == Counter(shown(path) for path in _pictures(folder))
        assert first.is_good

        before, gateway = images(world), Counting(world)
        second = Run(world, folder, gateway).go()
        assert second.is_good
        assert second.files[Outcome.LEFT_OUT] == first.files[Outcome.LEFT_OUT]
        assert second.files == {
            outcome: count
            for outcome, count in {
                Outcome.UNCHANGED: first.files[Outcome.TAKEN] + first.files[Outcome.UNCHANGED],
                Outcome.LEFT_OUT: first.files[Outcome.LEFT_OUT],
            }.items()
            if count
        }
        assert second.created == 0
        assert {method for method, _ in gateway.requests} == {"GET"}
        assert images(world) == before


def _write(folder: Path, contents: dict[str, int], text: bytes) -> None:
    folder.mkdir()
    for path, number in contents.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if is_picture(path):
            file.write_bytes(picture(number, ".jpg") if number >= 0 else b"")
        else:
            file.write_bytes(text)


def _pictures(folder: Path) -> Iterator[str]:
    """Yield the paths of all pictures, hidden ones as well, as a shell finds them."""
    for place, _, files in os.walk(folder):
        yield from (str((Path(place) / file).relative_to(folder)) for file in files if is_picture(file))
