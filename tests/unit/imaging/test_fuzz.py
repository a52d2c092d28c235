"""A few broken files in every run of the tests; `make fuzz` tries ten thousand."""

import pytest

from tests.tools.fuzzing.attempt import attempt
from tests.tools.fuzzing.mutations import broken, seeds


@pytest.mark.parametrize("first", range(0, 400, 40))
def test_broken_files_raise_our_errors_alone(first: int) -> None:
    for number in range(first, first + 40):
        assert attempt(broken(number)).total() == 6


def test_the_good_pictures_that_they_are_made_of_pass() -> None:
    for data in seeds():
        assert all(outcome.endswith("done") for outcome in attempt(data))


def test_a_number_always_makes_the_same_file() -> None:
    assert broken(7) == broken(7)
    assert broken(7) != broken(8)
