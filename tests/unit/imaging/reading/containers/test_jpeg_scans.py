"""Leaving scans out of a progressive JPEG."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from chalicelib.imaging.reading.containers.jpeg_scans import without_fine_luma
from tests.support.pictures import encoded, scene

PROGRESSIVE = encoded(scene(640, 480), progressive=True, quality=92)


def at_an_eighth(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.draft("YCbCr", (80, 60))
    image.load()
    return image


def test_most_of_the_file_is_left_out_and_an_eighth_looks_the_same() -> None:
    fewer = without_fine_luma(PROGRESSIVE)
    assert len(fewer) < len(PROGRESSIVE) * 0.6
    whole, part = at_an_eighth(PROGRESSIVE), at_an_eighth(fewer)
    assert part.size == whole.size == (80, 60)
    assert ImageChops.difference(whole, part).getchannel("Y").getextrema() == (0, 0)


@pytest.mark.parametrize(
    "data",
    [
        encoded(scene(), quality=92),
        PROGRESSIVE[: len(PROGRESSIVE) // 2],
        PROGRESSIVE[:-2],
        PROGRESSIVE[:20],
        b"\xff\xd8",
        b"",
        b"\xff\xd8\xff\xe0\x00",
    ],
)
def test_what_is_not_progressive_or_not_whole_is_left_alone(data: bytes) -> None:
    assert without_fine_luma(data) is data


def test_a_grey_progressive_picture_keeps_its_mean() -> None:
    data = encoded(scene(640, 480).convert("L"), progressive=True)
    image = Image.open(BytesIO(without_fine_luma(data)))
    image.draft("L", (80, 60))
    assert abs(image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)) - 120) < 40  # type: ignore[operator]


@given(st.data())
def test_damage_never_raises(data: st.DataObject) -> None:
    damaged = bytearray(PROGRESSIVE[:4000])
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    without_fine_luma(bytes(damaged) + b"\xff\xd9")
