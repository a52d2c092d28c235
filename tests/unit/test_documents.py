"""What the documents give as proof is there."""

import re
from functools import cache

import pytest

from infra.places import PROJECT

TESTS = PROJECT / "tests"


@cache
def sources() -> dict[str, str]:
    """Read the tests: text by name of the file."""
    return {path.name: path.read_text() for path in TESTS.rglob("test_*.py")}


def rows(document: str) -> list[list[str]]:
    """Return the cells of the tables of a document, but for their heads."""
    lines = [line for line in (PROJECT / document).read_text().splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))] for line in lines]


@pytest.mark.parametrize("document", ["SECURITY.md", "docs/aws.md"])
def test_every_test_that_a_document_names_is_there(document: str) -> None:
    text = (PROJECT / document).read_text()
    for path in re.findall(r"`(tests/[\w/.]+)", text):
        assert (PROJECT / path).exists(), path
    for name in re.findall(r"(?<![\w/])(test_\w+\.py)", text):
        assert name in sources(), name
    for name in re.findall(r"(?<![\w/])(test_\w+)(?![\w.])", text):
        assert any(f"def {name}(" in source for source in sources().values()), name


def test_every_threat_has_a_test() -> None:
    threats = rows("SECURITY.md")[1:]
    assert threats
    for threat, _, proof in threats:
        assert "test_" in proof or "tests/" in proof, threat


def test_every_behaviour_of_aws_says_how_it_is_proven_or_that_it_is_not() -> None:
    for row in rows("docs/aws.md"):
        assert len(row) == 2, row
        assert all(row), row
