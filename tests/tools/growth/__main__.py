"""Print what a page, Latest, album artists, a search and an image cost, before and after, as the library grows.

Before: as a library of an earlier release is read until the sweep has listed its items and packed its images.
"""

import logging
import os
import sys

from tests.tools.growth.costs import Compared, Cost, Measured, compared, image_cost, list_costs

_SIZES = (10, 1_000, 10_000, 100_000)
_COUNTS = (1, 10, 101)
_HEAD = """
| {} | queries before | after | read units before | after | CPU ms before | after |
|---|---|---|---|---|---|---|"""


_IN_TURN = """
| request, in turn | queries, {:,} tracks | {:,} tracks | read units | | CPU ms | | ratio |
|---|---|---|---|---|---|---|---|"""
_ROUNDS = 14


def main() -> None:
    """Print both tables, for the numbers of tracks that the command line names, else for four.

    With `in-turn` before two numbers, print one that compares them.
    """
    logging.disable()
    if sys.argv[1:2] == ["in-turn"]:
        small, large = map(int, sys.argv[2:])
        print(_IN_TURN.format(small, large))
        for each in compared(small, large, _ROUNDS):
            print(_comparison(each), flush=True)
        return
    sizes = [int(size) for size in sys.argv[1:]] or _SIZES
    print(_HEAD.format("request, and tracks in the library"))
    for size in sizes:
        for measured in list_costs(size):
            print(_row(measured), flush=True)
    print(_HEAD.format("image, and how many its item has"))
    for count in _COUNTS:
        print(_row(image_cost(count)), flush=True)


def _comparison(each: Compared) -> str:
    return f"| {each.request} | {_cells(each.small, each.large)} | {each.ratio:.2f} |"


def _row(measured: Measured) -> str:
    return f"| {measured.request}, {measured.size:,} | {_cells(measured.before, measured.after)} |"


def _cells(one: Cost, other: Cost) -> str:
    return " | ".join(
        (
            f"{one.calls:,} | {other.calls:,}",
            f"{one.units:,.0f} | {other.units:,.0f}",
            f"{one.milliseconds:,.1f} | {other.milliseconds:,.1f}",
        )
    )


if __name__ == "__main__":
    os.environ |= {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "paper",
        "AWS_SECRET_ACCESS_KEY": "paper",
    }
    main()
