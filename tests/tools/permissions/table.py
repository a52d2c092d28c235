"""The table of permissions in docs/permissions.md."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from infra.places import PROJECT
from tests.tools.permissions.roles import Permission

PAGE = PROJECT / "docs" / "permissions.md"
START, END = "<!-- permissions -->\n", "<!-- end of permissions -->\n"
UNPROVEN = "none"
"""What the table says of a permission without which no test fails."""
HEAD = "| Permission | On | Test that needs it | Fails without it |\n|---|---|---|---|\n"


@dataclass(frozen=True)
class Need:
    """The test that uses a permission, and whether it was seen to fail without."""

    test: str
    is_proven: bool


def written(page: str, proven: Mapping[Permission, Need]) -> str:
    """Return the page with the table of what was proven."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return before + START + table(proven) + END + after


def table(proven: Mapping[Permission, Need]) -> str:
    """Write a table for each function."""
    groups = groupby(proven.items(), key=lambda pair: pair[0].function)
    return "\n".join(f"### {function}\n\n{HEAD}{_rows(pairs)}" for function, pairs in groups)


def _rows(pairs: Iterable[tuple[Permission, Need]]) -> str:
    return "".join(
        f"| `{each.action}` | `{each.resource}` | `{need.test}` | {'yes' if need.is_proven else 'no'} |\n"
        for each, need in pairs
    )


@dataclass(frozen=True)
class Row:
    """A row of the page: the permission is action and resource."""

    function: str
    permission: tuple[str, str]
    test: str
    is_proven: bool


def rows(path: Path = PAGE) -> list[Row]:
    """Read the page's rows."""
    found: list[Row] = []
    function = ""
    for line in path.read_text().partition(START)[2].partition(END)[0].splitlines():
        if line.startswith("### "):
            function = line.removeprefix("### ")
        elif line.startswith("| `"):
            action, resource, test, fails = (cell.strip().strip("`") for cell in line.strip("|").split("|"))
            found.append(Row(function, (action, resource), test, fails == "yes"))
    return found
