"""What lets a new process answer sooner."""

import collections
import dataclasses
import gc
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from app import app
from chalicelib.container import override_container
from chalicelib.start import COMPILER, PREPARED, dumps, install, loads, prepare_start
from infra.deployment.prepared import Recorder
from tests.support.fakes.world import World
from tests.support.gateway import call

DATES = r"(?P<year>\d{4})-(?P<month>\d\d)|(never)"
WORDS = rb"[a-z]+"


def classes() -> tuple[type, type]:
    """Make a dataclass and a named tuple."""

    @dataclasses.dataclass(frozen=True, slots=True)
    class Size:
        width: int
        height: int = 1

    class Place(NamedTuple):
        row: int
        seat: int = 2

    return Size, Place


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[bytes]:
    """Yield what was compiled, as bytes; what is done to Python meanwhile is undone."""
    for place, name in ((COMPILER, "compile"), (COMPILER, "_sre")):
        monkeypatch.setattr(place, name, getattr(place, name))
    monkeypatch.setattr(dataclasses, "exec", exec, raising=False)
    monkeypatch.setattr(collections, "eval", eval, raising=False)
    with monkeypatch.context() as recorded:
        for place, name in (
            (COMPILER, "compile"),
            (COMPILER, "_sre"),
            (dataclasses, "exec"),
            (collections, "eval"),
        ):
            recorded.setattr(place, name, getattr(place, name))
        recorder = Recorder()
        for pattern, flags in ((DATES, re.IGNORECASE), (WORDS, 0)):
            re.purge()
            re.compile(pattern, flags)
        classes()
    re.purge()
    yield dumps(recorder.prepared)
    re.purge()


def install_all(kept: bytes) -> None:
    prepared = loads(kept)
    assert prepared
    install(prepared)


def test_a_kept_pattern_is_the_one_that_would_be_compiled(kept: bytes) -> None:
    usual = [re.compile(DATES, re.IGNORECASE), re.compile(WORDS)]
    re.purge()
    install_all(kept)
    assert [re.compile(DATES, re.IGNORECASE), re.compile(WORDS)] == usual
    found = re.compile(DATES, re.IGNORECASE).match("2026-11")
    assert found
    assert found.groupdict() == {"year": "2026", "month": "11"}


def test_a_kept_pattern_is_not_compiled(kept: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(pattern: str, flags: int = 0) -> None:
        raise AssertionError((pattern, flags))

    monkeypatch.setattr(COMPILER, "compile", refuse)
    install_all(kept)
    assert re.compile(DATES, re.IGNORECASE).match("NEVER")


@pytest.mark.parametrize(("pattern", "flags"), [(DATES, 0), (WORDS.decode(), 0), ("[a-z]{3}", 0)])
def test_other_patterns_are_compiled_as_usual(kept: bytes, pattern: str, flags: int) -> None:
    usual = re.compile(pattern, flags)
    re.purge()
    install_all(kept)
    assert re.compile(pattern, flags) == usual


def test_classes_of_kept_code_are_those_that_would_be_compiled(kept: bytes) -> None:
    prepared = loads(kept)
    assert prepared
    install_all(kept)
    size, place = classes()
    taken = {vars(size)["__init__"].__code__, place.__new__.__code__}
    assert taken <= {constant for code in prepared.codes.values() for constant in _codes_in(code)}
    assert (size(3), place(1)) == (size(width=3, height=1), (1, 2))
    with pytest.raises(dataclasses.FrozenInstanceError):
        size(3).width = 4


def test_other_classes_are_compiled_as_usual(kept: bytes) -> None:
    install_all(kept)

    @dataclasses.dataclass
    class Other:
        name: str

    class Another(NamedTuple):
        row: int
        place: int

    assert Other("x") == Other(name="x")
    assert Another(1, 2).place == 2


def test_what_another_python_made_is_not_used(kept: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.start.MAGIC_NUMBER", b"\0\0\r\n")
    assert loads(kept) is None


def test_the_same_is_written_as_the_same_bytes(kept: bytes) -> None:
    prepared = loads(kept)
    assert prepared
    assert dumps(prepared) == kept


@pytest.fixture
def collector() -> Iterator[None]:
    """Leave the collector of garbage as it was; the tests' own start is frozen, too."""
    was_frozen = gc.get_freeze_count() > 0
    yield
    gc.unfreeze()
    if was_frozen:
        gc.freeze()
    gc.enable()


@pytest.mark.usefixtures("collector")
def test_a_start_uses_what_lies_beside_the_application(tmp_path: Path, kept: bytes) -> None:
    before = COMPILER.compile
    (tmp_path / PREPARED).write_bytes(kept)
    prepare_start(tmp_path)
    assert COMPILER.compile is not before


@pytest.mark.usefixtures("collector", "kept")
@pytest.mark.parametrize("place", ["", "application.zip"], ids=["folder", "archive"])
def test_a_start_without_it_is_as_usual(tmp_path: Path, place: str) -> None:
    (tmp_path / "application.zip").touch()
    before = COMPILER.compile
    prepare_start(tmp_path / place)
    assert COMPILER.compile is before
    assert gc.isenabled()


@pytest.mark.usefixtures("collector", "kept")
def test_a_start_with_what_another_python_made_compiles_as_usual(tmp_path: Path) -> None:
    before = COMPILER.compile
    (tmp_path / PREPARED).write_bytes(b"of another release")
    prepare_start(tmp_path)
    assert COMPILER.compile is before


@pytest.mark.usefixtures("collector")
def test_garbage_is_not_collected_before_the_first_answer(tmp_path: Path, kept: bytes) -> None:
    (tmp_path / PREPARED).write_bytes(kept)
    gc.unfreeze()
    prepare_start(tmp_path)
    assert not gc.isenabled()
    with override_container(World().container):
        call("GET", "/Nothing/Here")
    assert gc.isenabled()
    assert gc.get_freeze_count()


@pytest.mark.usefixtures("collector")
def test_garbage_is_collected_after_an_event_that_is_no_request(tmp_path: Path, kept: bytes) -> None:
    (tmp_path / PREPARED).write_bytes(kept)
    prepare_start(tmp_path)
    with override_container(World().container), pytest.raises(KeyError, match="requestContext"):
        app({"path": "/"}, None)
    assert gc.isenabled()


def _codes_in(code: object) -> Iterator[object]:
    yield code
    for constant in getattr(code, "co_consts", ()):
        yield from _codes_in(constant)
