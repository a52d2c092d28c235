"""What the importer shows."""

from io import StringIO

import pytest
from rich.console import Console

from infra.importer.display import bar, show_summary
from infra.importer.summary import Outcome, Row, Summary


def shown(summary: Summary, *, dry_run: bool = False) -> str:
    text = StringIO()
    show_summary(Console(file=text, width=100), summary, dry_run=dry_run)
    return text.getvalue()


def test_the_summary_tells_counts_bytes_and_reasons() -> None:
    summary = Summary(items=2, created=1)
    summary.add(Row("a.jpg", Outcome.TAKEN, size=1_500_000))
    for number in range(12):
        summary.add(Row(f"[bad]/{number}.jpg", Outcome.REFUSED, "no picture [at all]", size=10))
    text = shown(summary)
    assert "What became of the files" in text
    assert "1.5 MB" in text
    assert "12 refused: no picture [at all]" in text
    assert "[bad]/9.jpg" in text
    assert "and 2 more" in text
    assert "2 items, 1 of them new to the service" in text


def test_a_run_has_begun_with_its_first_file() -> None:
    summary = Summary()
    summary.add(Row("notes.jpg", Outcome.LEFT_OUT))
    assert not summary.has_begun
    summary.add(Row("logo.png", Outcome.UNCHANGED))
    assert summary.has_begun


def test_a_dry_runs_summary_says_so() -> None:
    assert "What would become of the files" in shown(Summary(), dry_run=True)


def test_the_bar_counts_files_and_bytes() -> None:
    screen = StringIO()
    with bar(Console(file=screen, width=120, force_terminal=True), files=2, size=3_000_000) as progress:
        for _ in range(2):
            progress.advance(1_500_000)
    text = screen.getvalue()
    assert "2/2 files" in text
    assert "3.0/3.0 MB" in text
    assert "100%" in text


@pytest.mark.parametrize("width", [70, 80, 99, 100, 120, 200])
def test_the_bar_leaves_room_at_the_edge_for_the_echo_of_an_interruption(width: int) -> None:
    screen = StringIO()
    with bar(Console(file=screen, width=width), files=10_000, size=999_000_000) as progress:
        for _ in range(10_000):
            progress.advance(99_900)
    (line,) = screen.getvalue().splitlines()
    assert len(line.rstrip()) <= width - len("^C")
