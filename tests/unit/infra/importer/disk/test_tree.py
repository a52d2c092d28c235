"""Reading a media folder from the disk, whatever is wrong with single entries."""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from chalicelib.domain.library.resolving.resolver import resolve
from infra.importer.disk.reading import (
    EMPTY,
    LEADS_BACK,
    LEADS_NOWHERE,
    LEADS_OUT,
    LEADS_TWICE,
    NO_FILE,
    names_in,
    read_tree,
)
from infra.importer.disk.tree import Fault, shown
from infra.importer.disk.within import HungError, within


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make(tmp_path / "media", "Movies/Ring (2001)/r.mkv", "Movies/Ring (2001)/poster.jpg")


def make(root: Path, *paths: str) -> Path:
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x")
    return root


RING = ["Movies/Ring (2001)/poster.jpg", "Movies/Ring (2001)/r.mkv"]


def test_all_names_are_read_with_the_sizes_of_pictures(root: Path) -> None:
    (root / "Movies/Nothing").mkdir()
    tree = read_tree(root)
    assert sorted(tree.names) == ["Movies/Nothing/", *RING]
    assert tree.sizes == {RING[0]: 1}
    assert (tree.pictures, tree.folders) == ([], [])


def test_a_link_to_a_folder_above_is_told_and_not_followed(root: Path) -> None:
    (root / "Movies/Ring (2001)/up").symlink_to("..")
    tree = read_tree(root)
    assert sorted(tree.names) == RING
    assert tree.folders == [Fault("Movies/Ring (2001)/up", LEADS_BACK)]


def test_links_that_lead_to_each_other_come_to_an_end(root: Path) -> None:
    for name in "abc":
        (root / name).mkdir()
        for other in "abc":
            (root / name / other).symlink_to(root / other)
    tree = read_tree(root)
    assert {fault.reason for fault in tree.folders} == {LEADS_BACK, LEADS_TWICE}
    assert len(tree.folders) < 50


def test_a_link_out_of_the_tree_is_followed_if_asked(root: Path, tmp_path: Path) -> None:
    make(tmp_path / "elsewhere", "Dawn (2010)/d.mkv", "Dawn (2010)/poster.jpg", "one.jpg")
    (root / "Movies/Dawn (2010)").symlink_to(tmp_path / "elsewhere/Dawn (2010)")
    (root / "Movies/Ring (2001)/fanart.jpg").symlink_to(tmp_path / "elsewhere/one.jpg")
    tree = read_tree(root)
    assert sorted(tree.names) == RING
    assert tree.pictures == [Fault("Movies/Ring (2001)/fanart.jpg", LEADS_OUT)]
    assert tree.folders == [Fault("Movies/Dawn (2010)", LEADS_OUT)]
    followed = read_tree(root, follow_links=True)
    assert sorted(followed.sizes) == [
        "Movies/Dawn (2010)/poster.jpg",
        "Movies/Ring (2001)/fanart.jpg",
        "Movies/Ring (2001)/poster.jpg",
    ]


def test_a_link_within_the_tree_is_followed(root: Path) -> None:
    (root / "Movies/Ring (2001)/fanart.jpg").symlink_to("poster.jpg")
    (root / "Linked").symlink_to("Movies")
    assert "Movies/Ring (2001)/fanart.jpg" in read_tree(root).sizes
    assert "Linked/Ring (2001)/poster.jpg" in read_tree(root).sizes


def test_the_root_itself_may_be_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    assert sorted(read_tree(tmp_path / "link").names) == RING


def test_one_bad_entry_costs_that_entry(root: Path) -> None:
    folder = root / "Movies/Slate (2004)"
    make(root, "Movies/Slate (2004)/s.mkv", "Movies/Slate (2004)/poster.jpg")
    (folder / "fanart.jpg").symlink_to("nowhere.jpg")
    (folder / "logo.png").touch()
    os.mkfifo(folder / "banner.jpg")
    tree = read_tree(root)
    assert sorted(tree.pictures, key=lambda fault: fault.path) == [
        Fault("Movies/Slate (2004)/banner.jpg", NO_FILE),
        Fault("Movies/Slate (2004)/fanart.jpg", LEADS_NOWHERE),
        Fault("Movies/Slate (2004)/logo.png", EMPTY),
    ]
    assert "Movies/Slate (2004)/poster.jpg" in tree.sizes


def test_names_that_are_not_utf_8_are_read(root: Path) -> None:
    bad = os.fsencode(root) + b"/Movies/Bad\xff\xe9 (2002)"
    os.mkdir(bad)  # noqa: PTH102  # a Path has no bytes
    for name in (b"/b.mkv", b"/poster.jpg"):
        with open(bad + name, "wb") as file:  # noqa: PTH123  # a Path has no bytes
            file.write(b"x")
    tree = read_tree(root)
    (left_out,) = resolve(tree.names, read_text=tree.read_text).left_out
    assert shown(left_out.path) == r"Movies/Bad\xff\xe9 (2002)/poster.jpg"


def test_a_folder_that_cannot_be_read_is_told(root: Path) -> None:
    def listed(path: Path) -> list[str]:
        if path.name == "Ring (2001)":
            raise PermissionError(13, "Permission denied")
        return names_in(path)

    tree = read_tree(root, list_folder=listed)
    assert tree.folders == [Fault("Movies/Ring (2001)", "It cannot be read: Permission denied.")]


def test_a_share_that_hangs_costs_its_time_and_that_folder(root: Path) -> None:
    over = Event()
    make(root, "Movies/Dawn (2010)/d.mkv")

    def listed(path: Path) -> list[str]:
        if path.name == "Ring (2001)":
            over.wait()
        return names_in(path)

    tree = read_tree(root, seconds=0.2, list_folder=listed)
    over.set()
    assert tree.names == ["Movies/Dawn (2010)/d.mkv"]
    assert tree.folders == [
        Fault("Movies/Ring (2001)", "It cannot be read: it did not answer within 0 seconds.")
    ]


def test_small_files_are_read_for_the_resolver(root: Path) -> None:
    (root / "a.nfo").write_bytes(b"text")
    tree = read_tree(root)
    assert (tree.read_text("a.nfo"), tree.read_text("b.nfo")) == (b"text", b"")
    names = [*tree.names, ".ignore"]
    assert resolve(
        names, read_text=tree.read_text
    ).items  # an .ignore file that cannot be read leaves nothing out


@pytest.mark.parametrize("work", [lambda: 1 / 0, lambda: int("x")])
def test_what_work_raises_is_raised(work: Callable[[], object]) -> None:
    with pytest.raises((ZeroDivisionError, ValueError)):
        within(1, work)


def test_work_that_does_not_end_is_left_behind() -> None:
    over = Event()
    with pytest.raises(HungError, match="did not answer"):
        within(0.05, over.wait)
    over.set()
    assert within(5, lambda: 7) == 7
