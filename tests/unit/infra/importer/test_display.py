"""What the importer shows."""

from io import StringIO
from pathlib import Path

from rich.console import Console

from chalicelib.domain.images.images import ImageType
from infra.importer.display import bar, show_summary
from infra.importer.found import FoundPicture
from infra.importer.summary import Outcome, Summary


def shown(summary: Summary, *, dry_run: bool = False) -> str:
    text = StringIO()
    show_summary(Console(file=text, width=100), summary, dry_run=dry_run)
    return text.getvalue()


def test_the_summary_tells_counts_bytes_and_reasons() -> None:
    summary = Summary(items=2, created=1)
    summary.add(Outcome.TAKEN, Path("a.jpg"), 1_500_000)
    for number in range(12):
        summary.add(Outcome.REFUSED, Path(f"[bad]/{number}.jpg"), 10, "no picture [at all]")
    text = shown(summary)
    assert "What became of the files" in text
    assert "1.5 MB" in text
    assert "12 refused: no picture [at all]" in text
    assert "[bad]/9.jpg" in text
    assert "and 2 more" in text
    assert "2 items with pictures; with what is above them, 1 new" in text


def test_a_run_has_begun_with_its_first_file() -> None:
    summary = Summary()
    summary.add(Outcome.PASSED_OVER, Path("notes.jpg"))
    assert not summary.has_begun
    summary.add(Outcome.UNCHANGED, Path("logo.png"))
    assert summary.has_begun


def test_a_dry_runs_summary_says_so() -> None:
    assert "What would become of the files" in shown(Summary(), dry_run=True)


def test_the_bar_counts_files_and_bytes() -> None:
    screen = StringIO()
    with bar(Console(file=screen, width=120, force_terminal=True), files=2, size=3_000_000) as progress:
        for _ in range(2):
            progress.advance(FoundPicture(ImageType.LOGO, Path("logo.png"), 1_500_000))
    text = screen.getvalue()
    assert "2/2 files" in text
    assert "3.0/3.0 MB" in text
    assert "100%" in text
