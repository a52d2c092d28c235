"""Lists and images cost DynamoDB the same in a larger library; times are measured by `make bench-growth`."""

import pytest

from tests.tools.growth.costs import costs_after, image_cost, list_costs

SMALL, LARGE = 1_000, 1_500
FLAT = 1.2


@pytest.fixture(autouse=True)
def _paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give botocore what it must have to send nothing anywhere."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "paper")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")


def test_a_list_costs_the_same_in_a_library_that_is_larger() -> None:
    small, large = {measured.request: measured for measured in list_costs(SMALL, 1)}, costs_after(LARGE)
    assert len(small) == len(large) == 22
    for name, after in large.items():
        assert after.units <= FLAT * small[name].after.units, name
        if name == "similar to an album":
            # A genre of so few tracks has fewer albums than are compared, and a small library is read whole before.
            assert after.calls <= FLAT * small[name].after.calls
            continue
        assert after.calls <= small[name].after.calls, name
        assert small[name].before.units > after.units, name


def test_an_image_request_is_one_read_however_many_images_its_item_has() -> None:
    costs = [image_cost(count, 1).after for count in (1, 10, 101)]
    assert [(cost.calls, cost.units) for cost in costs] == [(1, 1.0)] * 3
