"""Counting the frames of a GIF."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from chalicelib.imaging.reading.containers.frames import count_gif_frames
from tests.support.pictures import animated, encoded, scene


@pytest.mark.parametrize("colours", [["red"], ["red", "lime"], ["red", "lime", "blue", "white", "black"]])
def test_frames_are_counted(colours: list[str]) -> None:
    assert count_gif_frames(animated(colours=colours), 100) == len(colours)


def test_frames_with_palettes_and_comments_are_counted() -> None:
    frames = [scene(40 + n, 30).crop((0, 0, 40, 30)).quantize(8 + n) for n in range(4)]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], comment=b"x" * 600)
    assert count_gif_frames(data, 100) == 4


def test_counting_ends_above_the_limit() -> None:
    data = animated(colours=[f"#{n:02x}0000" for n in range(20)])
    assert count_gif_frames(data, 100) == 20
    assert count_gif_frames(data, 5) == 6


def test_a_still_gif_has_one_frame() -> None:
    assert count_gif_frames(encoded(Image.new("L", (3, 3)), "GIF"), 100) == 1


@given(st.binary(max_size=300))
def test_any_bytes_are_counted(data: bytes) -> None:
    assert 1 <= count_gif_frames(b"GIF89a" + data, 50) <= 51
