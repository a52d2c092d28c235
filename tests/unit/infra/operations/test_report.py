"""How the report looks."""

from io import StringIO

from rich.console import Console

from chalicelib.domain.status.prices import Prices
from infra.operations.report import storage_table
from infra.operations.storage import Amount, Stored


def test_the_table_fits_a_terminal_of_80_columns() -> None:
    stored = Stored(123_456, Amount(123_456, 123_500_000), Amount(2, 999_900), Amount(123_456, 123_400_000))
    screen = StringIO()
    everything = Amount(5_000_000, 98_700_000_000)
    Console(file=screen, width=80).print(storage_table({"(MusicArtist)": stored}, everything, Prices()))
    lines = screen.getvalue().splitlines()
    (row,) = [number for number, line in enumerate(lines) if "(MusicArtist)" in line]
    assert "123,456" in lines[row]
    assert "123.5 MB" in lines[row + 1]
    assert "123.4 MB" in lines[row + 1]
    assert "98.7 GB" in screen.getvalue()
    assert "…" not in screen.getvalue()
