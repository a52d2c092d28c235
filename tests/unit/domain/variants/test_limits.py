"""What is refused by its header."""

from collections.abc import Callable

import pytest

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageFacts
from chalicelib.domain.variants.limits import Limits
from chalicelib.errors import LimitExceededError
from tests.support.fakes.world import World

LIMITS = Limits(max_bytes=1000, max_side=100, max_pixels=5000, max_frames=10, max_animation_pixels=20_000)


def animation(width: int, height: int, frames: int) -> ImageFacts:
    return ImageFacts(ImageFormat.GIF, width, height, frames=frames)


@pytest.mark.parametrize(
    ("check", "value", "limit"),
    [
        (lambda: LIMITS.check_size(1001), 1001, 1000),
        (lambda: LIMITS.check_sides(101, 1), 101, 100),
        (lambda: LIMITS.check_sides(1, 101), 101, 100),
        (lambda: LIMITS.check_sides(100, 51), 5100, 5000),
        (lambda: LIMITS.check_animation(animation(1, 1, 11)), 11, 10),
        (lambda: LIMITS.check_animation(animation(50, 50, 9)), 22_500, 20_000),
    ],
)
def test_over_a_limit_both_numbers_are_told(check: Callable[[], None], value: int, limit: int) -> None:
    with pytest.raises(LimitExceededError) as caught:
        check()
    assert (caught.value.value, caught.value.limit) == (value, limit)
    assert f"{value:,}" in str(caught.value)
    assert f"{limit:,}" in str(caught.value)


def test_at_a_limit_nothing_is_refused() -> None:
    LIMITS.check_size(1000)
    LIMITS.check_sides(100, 50)
    LIMITS.check_animation(animation(20, 100, 10))


def test_a_long_animation_is_kept_but_not_redrawn() -> None:
    limits = Limits(max_rendered_animation_pixels=1000)
    assert limits.allows_redrawing(animation(10, 10, 10))
    assert not limits.allows_redrawing(animation(10, 10, 11))


def test_a_deployment_that_sets_nothing_has_these_limits(world: World) -> None:
    assert world.images.limits == Limits()
