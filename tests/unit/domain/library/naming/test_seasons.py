"""Which folder of a series is a season; the examples are those by which Jellyfin tests itself, and ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.library.naming.seasons import season_name, season_of
from tests.support.naming.examples import examples, number


@pytest.mark.parametrize(("expected", "series", "folder"), examples("seasons"))
def test_a_season_is_known_by_its_folder(expected: str, series: str, folder: str) -> None:
    assert season_of(folder, series) == number(expected)


@pytest.mark.parametrize(("expected", "series", "folder"), examples("seasons_by_word"))
def test_where_nobody_knows_of_a_series_a_season_has_its_word(
    expected: str, series: str, folder: str
) -> None:
    assert season_of(folder, series, by_word=True) == number(expected)


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_can_be_read(text: str, series: str) -> None:
    assert (season_of(text, series) or 0) >= 0


def test_a_season_without_a_name_is_called_as_jellyfin_does() -> None:
    assert [season_name(number) for number in (0, 1, 12)] == ["Specials", "Season 1", "Season 12"]
