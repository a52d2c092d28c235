"""Read the lists of examples: a line each, columns parted by ` | `, `-` for none."""

from pathlib import Path

_HERE = Path(__file__).parent


def examples(name: str) -> list[tuple[str, ...]]:
    """Return the columns of each line of a list."""
    lines = (_HERE / f"{name}.txt").read_text("utf-8").splitlines()
    return [tuple(line.split(" | ")) for line in lines if line]


def number(text: str) -> int | None:
    """Return a number, None for a dash."""
    return None if text == "-" else int(text)
