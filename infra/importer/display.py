"""What the terminal shows: a bar while files are sent, and a summary at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from rich.console import Console
from rich.filesize import decimal
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.table import Table

from infra.importer.summary import Outcome, Summary

_MOST_NOTES = 20
_WIDE = 100
"""Columns of a terminal that has room for bytes and their rate."""

_NARROW, _SHORTEST_BAR = 64, 8
"""The line must end before the terminal's edge: else the echo of Ctrl-C wraps, and the bar is drawn twice."""

_STYLES = {
    Outcome.TAKEN: "green",
    Outcome.UNCHANGED: "cyan",
    Outcome.LEFT_OUT: "yellow",
    Outcome.REFUSED: "red",
    Outcome.FAILED: "bold red",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """The progress of all files together, in bytes."""

    progress: Progress
    task: TaskID
    lock: Lock = field(default_factory=Lock)

    def advance(self, size: int) -> None:
        """Count one file of so many bytes as done with."""
        with self.lock:
            task = self.progress.tasks[0]
            self.progress.update(self.task, advance=size, files=task.fields["files"] + 1)


@contextmanager
def bar(console: Console, files: int, size: int) -> Iterator[Bar]:
    """Show the progress of so many files of so many bytes: bytes, files, rate, time left."""
    is_wide = console.width >= _WIDE
    sizes = (DownloadColumn(), TransferSpeedColumn()) if is_wide else ()
    columns = (
        BarColumn(bar_width=max(_SHORTEST_BAR, console.width - (_WIDE if is_wide else _NARROW))),
        TextColumn("[progress.percentage]{task.percentage:>3.0f}%"),
        TextColumn("{task.fields[files]}/{task.fields[all_files]} files"),
        *sizes,
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        yield Bar(progress, progress.add_task("import", total=size, files=0, all_files=files))


def show_summary(console: Console, summary: Summary, *, dry_run: bool) -> None:
    """Print what became of the files, and why some were not taken: a line for each reason."""
    table = Table(title="What would become of the files" if dry_run else "What became of the files")
    for heading in ("", "files", "bytes"):
        table.add_column(heading, justify="left" if not heading else "right")
    for outcome in Outcome:
        row = (outcome.value, f"{summary.files[outcome]:,}", decimal(summary.sizes[outcome]))
        table.add_row(*row, style=_STYLES[outcome] if summary.files[outcome] else "dim")
    table.add_section()
    table.add_row("all", f"{summary.all_files:,}", decimal(summary.sizes.total()))
    console.print(table)
    console.print(f"{summary.items:,} items, {summary.created:,} of them new to the service.")
    for (outcome, reason), count in summary.reasons.most_common():
        console.print(f"\n[{_STYLES[outcome]}]{count:,} {outcome.value}:[/]", end=" ")
        console.print(reason, markup=False, highlight=False, soft_wrap=True)
        for one in summary.examples[outcome, reason]:
            detail = f" ({one.detail})" if one.detail else ""
            console.print(f"  {one.path}{detail}", markup=False, highlight=False, soft_wrap=True)
        if (more := count - len(summary.examples[outcome, reason])) > 0:
            console.print(f"  … and {more:,} more")
    _show_notes(console, summary.notes)


def _show_notes(console: Console, notes: list[str]) -> None:
    if notes:
        console.print()
    for note in notes[:_MOST_NOTES]:
        console.print(f"Note: {note}", markup=False, highlight=False, soft_wrap=True)
    if len(notes) > _MOST_NOTES:
        console.print(f"… and {len(notes) - _MOST_NOTES:,} more notes; --report has all of them.")
