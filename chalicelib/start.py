"""What lets a new process answer sooner: code that was compiled for it, and no collection of garbage meanwhile.

Bytecode in the archive spares a process the compilation of its modules, but not of what modules compile while they
are imported: regular expressions, and the methods of dataclasses and named tuples. The build keeps those in a file
(`infra/deployment/prepared.py`). Without it, or with one of another Python, everything is compiled as usual.
"""

import collections
import dataclasses
import gc
import marshal
import re
from collections.abc import Mapping
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

COMPILER: Any = re._compiler  # type: ignore[attr-defined]  # noqa: SLF001  # nothing documented takes a program
ENGINE: Any = COMPILER._sre  # noqa: SLF001  # as above

PREPARED = "prepared.marshal"
"""The file of the archive, beside `app.py`, that holds what was compiled."""

type Program = tuple[int, list[int], int, dict[str, int], tuple[str | None, ...]]
"""What compiling a pattern yields: flags, code, number of groups, groups by name, names by group."""


class Prepared(NamedTuple):
    """Programs by pattern and flags, and code by the text that it is compiled from."""

    programs: Mapping[tuple[str | bytes, int], Program]
    codes: Mapping[str, CodeType]


def prepare_start(folder: Path) -> None:
    """Use what was prepared in a folder, and collect no garbage until `resume_collection`.

    Where nothing was prepared, as on a developer's machine, start as usual.
    """
    try:
        kept = (folder / PREPARED).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return
    gc.disable()
    if prepared := loads(kept):
        install(prepared)


def resume_collection() -> None:
    """Collect garbage from now on, but never among what there is by now: nearly all of it stays."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def loads(kept: bytes) -> Prepared | None:
    """Read what `dumps` wrote; None when another release of Python wrote it."""
    made_by = marshal.dumps(_python(), 2)
    if not kept.startswith(made_by):
        return None
    return Prepared(*marshal.loads(kept[len(made_by) :]))  # noqa: S302  # of our archive, as all bytecode is


def dumps(prepared: Prepared) -> bytes:
    """Write what was prepared to bytes: the same for the same."""
    # Later versions of the format depend on which objects happen to be shared.
    return marshal.dumps(_python(), 2) + marshal.dumps((dict(prepared.programs), dict(prepared.codes)), 2)


def install(prepared: Prepared) -> None:
    """Let Python take from here what it would compile, and compile what is not here as usual.

    Of the first answer of a new process, a quarter went into that; the slowest patterns are urllib3's.
    """
    programs, codes = prepared
    compile_as_usual = COMPILER.compile

    def compile_(pattern: Any, flags: int = 0) -> Any:  # noqa: ANN401  # of text, bytes or a parsed pattern
        if program := programs.get((pattern, flags)):
            return ENGINE.compile(pattern, *program)
        return compile_as_usual(pattern, flags)

    COMPILER.compile = compile_
    vars(dataclasses)["exec"] = lambda text, *spaces: exec(codes.get(text, text), *spaces)  # noqa: S102  # as usual
    vars(collections)["eval"] = lambda text, *spaces: eval(codes.get(text, text), *spaces)  # noqa: S307  # as usual


def _python() -> tuple[bytes, int, int]:
    return MAGIC_NUMBER, ENGINE.MAGIC, ENGINE.CODESIZE
