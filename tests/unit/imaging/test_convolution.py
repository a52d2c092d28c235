"""Resizing with vector instructions, compared with Pillow."""

import sys

import PIL
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from chalicelib.imaging.convolution import Box, convolved, engine, takes
from chalicelib.imaging.resize import resized
from tests.support.pictures import scene

SIZE = 61, 47
BICUBIC, LANCZOS = Image.Resampling.BICUBIC, Image.Resampling.LANCZOS
MODES = ["L", "RGB", "RGBA", "RGBa", "YCbCr", "CMYK"]
_edges = (
    st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted).filter(lambda edges: edges[1] - edges[0] > 0.2)
)


def picture(mode: str) -> Image.Image:
    """Return a picture of a mode, of every opacity if it can be."""
    image = scene(*SIZE)
    if mode not in {"RGBA", "RGBa"}:
        return image.convert(mode)
    image.putalpha(Image.linear_gradient("L").resize(SIZE))
    return image.convert(mode)


def columns_first(
    image: Image.Image, size: tuple[int, int], resampling: Image.Resampling, box: Box
) -> Image.Image:
    """Return what Pillow makes of a box, by columns and then by rows: so do vectors, and Pillow the other way."""
    left, upper, right, lower = box
    low = image.resize((image.width, size[1]), resampling, (0, upper, image.width, lower))
    return low.resize(size, resampling, (left, 0, right, size[1]))


def most_different(one: Image.Image, other: Image.Image) -> int:
    """Return by how many levels two pictures differ at most, whatever is padding in their memory."""
    bands = ImageChops.difference(one, other).split()
    return max(level for band in bands for level, count in enumerate(band.histogram()) if count)


@given(
    mode=st.sampled_from(MODES),
    size=st.tuples(st.integers(1, 90), st.integers(1, 90)),
    resampling=st.sampled_from([Image.Resampling.BILINEAR, BICUBIC, LANCZOS]),
    across=_edges,
    down=_edges,
)
def test_vectors_compute_what_pillow_computes(
    mode: str, size: tuple[int, int], resampling: Image.Resampling, across: list[float], down: list[float]
) -> None:
    image = picture(mode)
    box = across[0] * SIZE[0], down[0] * SIZE[1], across[1] * SIZE[0], down[1] * SIZE[1]
    made = convolved(image, size, resampling, box)
    assert (made.mode, made.size) == (mode, size)
    if mode != "RGBA":
        assert most_different(made, columns_first(image, size, resampling, box)) <= 2
        return
    # Colours of what is nearly clear are a matter of rounding: what is seen of them is compared.
    expected = columns_first(image.convert("RGBa"), size, resampling, box).convert("RGBA")
    assert most_different(made.convert("RGBa"), expected.convert("RGBa")) <= 3


def test_the_package_is_there_on_the_functions_machines() -> None:
    assert all(takes(picture(mode), LANCZOS) for mode in MODES)


@pytest.mark.usefixtures("either_engine")
def test_transparency_is_averaged_premultiplied() -> None:
    image = Image.new("RGBA", (40, 40), (255, 0, 0, 255))
    image.paste((0, 0, 0, 0), (20, 0, 40, 40))
    edge = resized(image, (9, 9), resampling=BICUBIC).getpixel((4, 4))
    assert isinstance(edge, tuple)
    assert edge[:3] == pytest.approx((255, 0, 0), abs=2)
    assert 100 < edge[3] < 156


@pytest.mark.parametrize(
    ("mode", "resampling"),
    [("LA", LANCZOS), ("LAB", LANCZOS), ("F", LANCZOS), ("RGB", Image.Resampling.HAMMING)],
)
def test_other_modes_and_filters_are_pillows(mode: str, resampling: Image.Resampling) -> None:
    image = Image.merge("LAB", scene(*SIZE).split()) if mode == "LAB" else scene(*SIZE).convert(mode)
    assert not takes(image, resampling)
    by_pillow = image.resize((9, 9), resampling, reducing_gap=2.0)
    assert resized(image, (9, 9), resampling=resampling, gap=2.0).tobytes() == by_pillow.tobytes()
    with pytest.raises(ValueError, match="ask `takes` first"):
        convolved(image, (9, 9), resampling)


def test_a_box_that_ends_a_rounding_error_outside_is_the_whole() -> None:
    image = scene(*SIZE)
    made = convolved(image, (9, 9), LANCZOS, (0.0, 0.0, SIZE[0] + 1e-12, SIZE[1] + 1e-12))
    assert made.tobytes() == convolved(image, (9, 9), LANCZOS).tobytes()


@pytest.mark.parametrize(("version", "is_used"), [("13.0.0", True), ("14.0.0", False)])
def test_a_pillow_whose_memory_is_unknown_resizes_by_itself(
    version: str, monkeypatch: pytest.MonkeyPatch, *, is_used: bool
) -> None:
    monkeypatch.setattr(PIL, "__version__", version)
    assert (engine.__wrapped__() is not None) == is_used


def test_without_the_package_pillow_resizes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cykooz_resizer", None)
    assert engine.__wrapped__() is None


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
@pytest.mark.parametrize("whole", [(1, 1), (16_383, 1), (1, 16_383)])
@pytest.mark.parametrize("size", [(1, 1), (1, 5_000), (5_000, 1)])
def test_a_flat_picture_of_any_size_stays_flat(
    mode: str, whole: tuple[int, int], size: tuple[int, int]
) -> None:
    image = Image.new("L", whole, 200).convert(mode)
    made = convolved(image, size, LANCZOS)
    assert made.size == size
    assert most_different(made, Image.new("L", size, 200).convert(mode)) <= 1
