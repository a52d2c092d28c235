"""Whatever colours a file has become sRGB."""

from io import BytesIO

import pytest
from PIL import Image, ImageCms

from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.imaging.reading.colour import is_plain, resizable
from chalicelib.imaging.renderer import PillowRenderer
from tests.support.pictures import encoded, logo, profile, scene, wide_gamut_profile

type Pixel = tuple[int, ...]


def seen(
    renderer: PillowRenderer, data: bytes, made: ImageFormat = ImageFormat.PNG, size: tuple[int, int] = (8, 8)
) -> Pixel:
    """Return what the middle of a picture looks like in a variant."""
    blob = renderer.render(
        data, RenderPlan(*size, made, None if made is ImageFormat.PNG else 95), NO_DEADLINE
    )
    image = Image.open(BytesIO(blob.data)).convert("RGBA")
    pixel = image.getpixel((size[0] // 2, size[1] // 2))
    assert isinstance(pixel, tuple)
    return pixel


def assert_near(pixel: Pixel, wanted: Pixel, within: int = 6) -> None:
    assert all(abs(a - b) <= within for a, b in zip(pixel, wanted, strict=False)), (pixel, wanted)


def plain(mode: str, colour: float | tuple[int, ...], size: tuple[int, int] = (32, 32)) -> Image.Image:
    return Image.new(mode, size, colour)


@pytest.mark.parametrize("name", ["JPEG", "TIFF"])
@pytest.mark.parametrize(
    ("ink", "on_paper"),
    [
        ((0, 0, 0, 0), (255, 255, 255)),
        ((255, 0, 0, 0), (0, 174, 239)),
        ((0, 255, 0, 0), (236, 0, 140)),
        ((0, 0, 255, 0), (255, 242, 0)),
        ((0, 255, 255, 0), (237, 28, 36)),
        ((0, 0, 0, 255), (35, 31, 32)),
        ((255, 255, 255, 255), (8, 7, 7)),
    ],
)
def test_ink_without_a_profile_looks_as_on_coated_paper(
    renderer: PillowRenderer, name: str, ink: Pixel, on_paper: Pixel
) -> None:
    assert_near(seen(renderer, encoded(plain("CMYK", ink), name)), on_paper)


def test_ycck_is_the_same_as_cmyk(renderer: PillowRenderer) -> None:
    data = bytearray(encoded(plain("CMYK", (0, 255, 255, 0)), "JPEG", quality=100))
    adobe = data.index(b"Adobe")
    assert data[adobe + 11] in {0, 2}
    assert_near(seen(renderer, bytes(data)), (237, 28, 36), within=8)


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("made", [ImageFormat.PNG, ImageFormat.JPG, ImageFormat.WEBP])
def test_a_profile_is_obeyed(renderer: PillowRenderer, name: str, made: ImageFormat) -> None:
    settings = {"lossless": True} if name == "WEBP" else {"quality": 95} if name == "JPEG" else {}
    data = encoded(plain("RGB", (200, 40, 40)), name, icc_profile=wide_gamut_profile(), **settings)
    pixel = seen(renderer, data, made)
    assert pixel[1] > 120 > pixel[0]


def test_a_profile_leaves_transparency_alone(renderer: PillowRenderer) -> None:
    data = encoded(plain("RGBA", (200, 40, 40, 100)), "PNG", icc_profile=wide_gamut_profile())
    pixel = seen(renderer, data)
    assert pixel[1] > 120 > pixel[0]
    assert pixel[3] == 100


@pytest.mark.parametrize("icc", [b"no profile at all", profile("LAB"), profile("XYZ")[:200], b"\0" * 128])
def test_a_profile_that_does_not_fit_is_ignored(renderer: PillowRenderer, icc: bytes) -> None:
    data = encoded(plain("RGB", (200, 40, 40)), "PNG", icc_profile=icc)
    assert_near(seen(renderer, data), (200, 40, 40))


def test_a_profile_that_changes_nothing_is_found_out() -> None:
    assert is_plain(None)
    assert is_plain(profile("sRGB"))
    assert not is_plain(wide_gamut_profile())
    assert not is_plain(b"no profile at all")


def test_lab_becomes_srgb(renderer: PillowRenderer) -> None:
    to_lab = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"
    )
    lab = ImageCms.applyTransform(plain("RGB", (200, 40, 40)), to_lab)
    assert lab
    assert_near(seen(renderer, encoded(lab, "TIFF")), (200, 40, 40))


@pytest.mark.parametrize(
    ("mode", "value", "grey"),
    [
        ("I;16", 0x8000, 128),
        ("I;16", 65_535, 255),
        ("I;16", 100, 0),
        ("I", 40_000, 156),
        ("F", 0.5, 128),
        ("F", 200.0, 200),
    ],
)
def test_deep_grey_is_scaled_to_eight_bits(
    renderer: PillowRenderer, mode: str, value: float, grey: int
) -> None:
    data = encoded(plain(mode, value), "TIFF")
    assert_near(seen(renderer, data), (grey, grey, grey), within=1)


def test_a_deep_grey_png_is_scaled_to_eight_bits(renderer: PillowRenderer) -> None:
    assert_near(seen(renderer, encoded(plain("I;16", 0x4000), "PNG")), (64, 64, 64), within=1)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
@pytest.mark.parametrize(
    "made", [ImageFormat.PNG, ImageFormat.JPG, ImageFormat.WEBP, ImageFormat.GIF, ImageFormat.AVIF]
)
def test_every_mode_of_a_png_is_drawn(renderer: PillowRenderer, mode: str, made: ImageFormat) -> None:
    data = encoded(plain("RGB", (255, 255, 255)).convert(mode), "PNG")
    assert_near(seen(renderer, data, made), (255, 255, 255, 255))


@pytest.mark.parametrize("mode", ["P", "L", "RGB"])
def test_a_transparent_colour_is_transparency(renderer: PillowRenderer, mode: str) -> None:
    image = plain("RGB", (255, 0, 255)).convert(mode)
    key = image.getpixel((0, 0))
    data = encoded(image, "PNG", transparency=key)
    assert renderer.probe(data).has_alpha
    assert seen(renderer, data)[3] == 0


def test_rgb_that_a_jpeg_stores_as_it_is_keeps_its_colours(renderer: PillowRenderer) -> None:
    data = encoded(plain("RGB", (200, 40, 40)), "JPEG", keep_rgb=True, quality=95)
    for made in (ImageFormat.JPG, ImageFormat.WEBP, ImageFormat.PNG):
        assert_near(seen(renderer, data, made), (200, 40, 40))


@pytest.mark.parametrize("size", [(16, 16), (15, 15), (7, 3), (1, 1)])
def test_chroma_fits_odd_sizes(renderer: PillowRenderer, size: tuple[int, int]) -> None:
    data = encoded(plain("RGB", (200, 40, 40), (64, 64)), "JPEG", quality=95)
    assert_near(seen(renderer, data, ImageFormat.WEBP, size), (200, 40, 40), within=10)


def test_an_alpha_that_hides_nothing_is_not_resized() -> None:
    assert resizable(scene().convert("RGBA")).mode == "RGB"
    assert resizable(logo()).mode == "RGBA"
