"""How often a function is called, whoever calls it: nothing is put in its place."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, FunctionType


@contextmanager
def calls_of(function: Callable[..., object]) -> Iterator[Callable[[], int]]:
    """Count the calls of a function in this thread; yield what tells their number."""
    assert isinstance(function, FunctionType)
    code, before, number = function.__code__, sys.getprofile(), 0

    def look(frame: FrameType, event: str, _: object) -> None:
        nonlocal number
        number += event == "call" and frame.f_code is code

    sys.setprofile(look)
    try:
        yield lambda: number
    finally:
        sys.setprofile(before)
