"""What is made before anybody asks."""

import pytest

from chalicelib.domain.formats import ImageFormat
from chalicelib.domain.images import ImageFacts, ImageType
from chalicelib.domain.limits import Limits
from chalicelib.domain.popular import Popular
from chalicelib.settings import Settings

FACTS = ImageFacts(ImageFormat.JPG, 1000, 1500)


def _plans(text: str, facts: ImageFacts = FACTS) -> list[tuple[int, int, ImageFormat, int | None]]:
    plans = Popular.parse(text).plans(ImageType.PRIMARY, facts, Limits())
    return [(plan.width, plan.height, plan.format, plan.quality) for plan in plans]


def test_entries_look_like_the_ends_of_image_urls() -> None:
    assert _plans("Primary?fillWidth=100&fillHeight=150&quality=96") == [(100, 150, ImageFormat.WEBP, 96)]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [("avif", ImageFormat.AVIF), ("webp", ImageFormat.WEBP), ("none", ImageFormat.JPG)],
)
def test_accept_names_the_format_that_the_client_lists(accept: str, expected: ImageFormat) -> None:
    assert [plan[2] for plan in _plans(f"Primary?width=10&accept={accept}")] == [expected]


def test_only_the_image_types_own_entries_count_and_each_once() -> None:
    assert len(_plans("Primary?width=10 Primary?maxWidth=10 Thumb?width=11")) == 1


def test_what_is_answered_with_the_stored_bytes_is_not_made() -> None:
    assert _plans("Primary?maxWidth=5000&accept=none") == []


@pytest.mark.parametrize(
    "text", ["Poster?width=1", "Primary?size=1", "Primary?width=x", "Primary?accept=bmp", "Primary?x"]
)
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Popular.parse(text)


def test_the_default_can_be_read() -> None:
    default = Settings(table="t", originals_bucket="o", variants_bucket="v").popular
    assert {kind for kind, _ in Popular.parse(default).options} == {
        ImageType.PRIMARY,
        ImageType.THUMB,
        ImageType.BACKDROP,
    }
