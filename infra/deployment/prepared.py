"""Compile while the archive is built what modules compile when they are imported; `chalicelib.start` uses it.

Run as a script, this is the process whose compilations are kept; it imports the archive's code and no other.
"""

import collections
import dataclasses
import subprocess
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from os import pathsep
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chalicelib.start import COMPILER, ENGINE, Prepared, Program, dumps

if TYPE_CHECKING:
    from types import CodeType

_FUNCTION = {
    "AWS_ACCESS_KEY_ID": "build",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_LAMBDA_FUNCTION_NAME": "build",
    "AWS_SECRET_ACCESS_KEY": "build",
    "ORIGINALS_BUCKET": "build",
    "TABLE": "build",
    "VARIANTS_BUCKET": "build",
}


def write_prepared(target: Path, code: Iterable[Path]) -> None:
    """Write what a process compiles that answers for a picture with the code of some folders or archives."""
    target.parent.mkdir(parents=True, exist_ok=True)
    path = pathsep.join(map(str, code))
    done = subprocess.run(
        # Without the packages of this environment: some are imported before anything can be recorded.
        [sys.executable, "-S", "-P", __file__, str(target)],
        env=_FUNCTION | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"The code of {path} was not prepared.\n{done.stderr}")


class Recorder:
    """Stands before the compilers of `re`, dataclasses and named tuples, and keeps what they make."""

    def __init__(self) -> None:
        self._programs: dict[tuple[str | bytes, int], Program] = {}
        self._codes: dict[str, CodeType] = {}
        self._compile = COMPILER.compile
        self._asked: tuple[Any, int] = "", 0
        COMPILER.compile = self._compiled
        COMPILER._sre = self  # noqa: SLF001  # nothing documented gives programs
        vars(dataclasses)["exec"] = self._runner(exec, "exec")
        vars(collections)["eval"] = self._runner(eval, "eval")

    @property
    def prepared(self) -> Prepared:
        """Return all that was made."""
        return Prepared(self._programs, self._codes)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # all else of the engine is its own
        return getattr(ENGINE, name)

    def compile(  # noqa: PLR0913, PLR0917  # the engine's own signature
        self,
        pattern: Any,  # noqa: ANN401  # as above
        flags: int,
        code: list[int],
        groups: int,
        by_name: dict[str, int],
        by_number: tuple[str | None, ...],
    ) -> Any:  # noqa: ANN401  # as above
        """Keep a program, and let the engine take it."""
        asked, given = self._asked
        if isinstance(asked, str | bytes):
            program = int(flags), [int(word) for word in code], int(groups), dict(by_name), tuple(by_number)
            self._programs[asked, int(given)] = program
        return ENGINE.compile(pattern, flags, code, groups, by_name, by_number)

    def _compiled(self, pattern: Any, flags: int = 0) -> Any:  # noqa: ANN401  # as above
        self._asked = pattern, flags
        return self._compile(pattern, flags)

    def _runner(self, run: Callable[..., Any], mode: str) -> Callable[..., Any]:
        def compile_and_run(text: str, *spaces: Any) -> Any:  # noqa: ANN401  # as above
            self._codes[text] = compile(text, "<string>", mode, dont_inherit=True)
            return run(self._codes[text], *spaces)

        return compile_and_run


def _record(target: Path) -> None:
    recorder = Recorder()
    import_module("app")
    import_module("chalicelib.api.images.item_images")
    container = import_module("chalicelib.container").container()
    for part in ("catalog", "variants_store"):
        getattr(container.adapters, part)
    _ = container.images.variants
    target.write_bytes(dumps(recorder.prepared))


if __name__ == "__main__":
    _record(Path(sys.argv[1]))
