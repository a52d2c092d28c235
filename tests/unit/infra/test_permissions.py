"""The page of permissions has a proof for every permission that a policy gives, and for no other."""

import pytest

from infra.places import PROJECT
from tests.tools.permissions.roles import FILES, permissions_of
from tests.tools.permissions.table import PAGE, rows


@pytest.mark.parametrize("function", FILES)
def test_every_permission_was_taken_away_and_missed(function: str) -> None:
    """A permission that comes new is proven by `make permissions`, which takes it away and sees a test fail."""
    given = {(function, each.action, each.resource) for each in permissions_of(function, FILES[function])}
    found = [row for row in rows(PAGE) if row.function == function]
    proven = {(function, *row.permission) for row in found if row.is_proven}
    assert proven == given
    assert len(found) == len(given)


def test_every_test_that_was_seen_to_fail_is_still_there() -> None:
    for test in {row.test for row in rows(PAGE)}:
        path, _, name = test.partition("::")
        assert f"def {name.partition('[')[0]}(" in (PROJECT / path).read_text()


def test_the_page_has_the_functions_of_the_template() -> None:
    assert {row.function for row in rows(PAGE)} == set(FILES)
