"""Colours that are told without a profile: PNG's gAMA, cHRM, sRGB, cICP and their order, AVIF's nclx."""

from io import BytesIO
from struct import pack
from zlib import compress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.imaging.reading.colour_codes import coded_profile
from chalicelib.imaging.reading.containers.boxes import ColourCode, colour_code
from chalicelib.imaging.renderer import PillowRenderer
from tests.support.pictures import animated, encoded, wide_gamut_profile
from tests.support.pngs import chunk, coding, grey, rgb

type Pixel = tuple[int, ...]

LINEAR, SRGB_GAMMA, MAC_GAMMA = (chunk(b"gAMA", pack(">I", gamma)) for gamma in (100_000, 45_455, 55_556))
SRGB = chunk(b"sRGB", b"\0")
BT709 = (31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000)
P3 = (31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000)
SWAPPED = chunk(b"iCCP", b"x\0\0" + compress(wide_gamut_profile()))


def chromaticities(places: tuple[int, ...]) -> bytes:
    return chunk(b"cHRM", pack(">8I", *places))


def seen(renderer: PillowRenderer, data: bytes, made: ImageFormat = ImageFormat.PNG) -> Pixel:
    quality = None if made is ImageFormat.PNG else 95
    blob = renderer.render(data, RenderPlan(4, 4, made, quality), NO_DEADLINE)
    pixel = Image.open(BytesIO(blob.data)).convert("RGB").getpixel((2, 2))
    assert isinstance(pixel, tuple)
    return pixel


def assert_near(pixel: Pixel, wanted: Pixel, within: int = 2) -> None:
    assert all(abs(a - b) <= within for a, b in zip(pixel, wanted, strict=True)), (pixel, wanted)


@pytest.mark.parametrize(
    ("chunks", "level"),
    [
        ((LINEAR,), 188),
        ((MAC_GAMMA,), 146),
        ((SRGB_GAMMA,), 128),
        ((LINEAR, SRGB), 128),
        ((SRGB_GAMMA, SRGB), 128),
        ((LINEAR, chromaticities(BT709)), 188),
        ((chromaticities(BT709),), 128),
        ((chromaticities(P3),), 128),
        ((LINEAR, SRGB, coding(1, 8)), 188),
        ((LINEAR, coding(1, 13)), 128),
        ((LINEAR, coding(1, 1)), 128),
        ((LINEAR, coding(2, 2)), 188),
        ((LINEAR, coding(99, 13)), 188),
        ((LINEAR, coding(1, 13, matrix=1)), 188),
        ((LINEAR, chunk(b"cICP", b"\1")), 188),
        ((coding(1, 13, full=0),), 130),
        ((chunk(b"gAMA", pack(">I", 0)),), 128),
        ((chunk(b"gAMA", pack(">I", 2**32 - 1)),), 0),
    ],
)
def test_a_grey_png_tells_its_curve(renderer: PillowRenderer, chunks: tuple[bytes, ...], level: int) -> None:
    if level:
        assert_near(seen(renderer, grey(128, *chunks)), (level,) * 3)
        assert_near(seen(renderer, rgb((128,) * 3, *chunks), ImageFormat.WEBP), (level,) * 3)
    else:
        seen(renderer, grey(128, *chunks))


@pytest.mark.parametrize(
    ("chunks", "colour"),
    [
        ((chromaticities(P3),), (215, 93, 31)),
        ((coding(12, 13),), (215, 93, 31)),
        ((chromaticities(P3), SRGB), (200, 100, 50)),
        ((SWAPPED, chromaticities(P3), SRGB), (0, 208, 0)),
        ((SWAPPED, coding(12, 13)), (215, 93, 31)),
        ((SWAPPED, coding(0, 0)), (0, 208, 0)),
        ((coding(9, 13),), (241, 76, 29)),
    ],
)
def test_the_order_of_the_specification_decides(
    renderer: PillowRenderer, chunks: tuple[bytes, ...], colour: Pixel
) -> None:
    found = seen(renderer, rgb((200, 100, 50), *chunks))
    if SWAPPED in chunks and colour[0] == 0:
        assert found[1] > 150 > found[0]
    else:
        assert_near(found, colour)


def test_a_written_profile_is_the_one_of_littlecms() -> None:
    written = coded_profile(12, 8)
    assert written
    header = ImageCms.getOpenProfile(BytesIO(written)).profile
    assert header.xcolor_space == "RGB "
    assert header.red_colorant
    assert header.red_colorant[0] == pytest.approx((0.5151, 0.2412, -0.0011), abs=2e-3)


@given(st.integers(0, 300), st.integers(0, 300), st.booleans())
def test_any_code_is_sound_or_passed_over(primaries: int, transfer: int, is_full: bool) -> None:  # noqa: FBT001
    written = coded_profile(primaries, transfer, is_full_range=is_full)
    if written:
        ImageCms.getOpenProfile(BytesIO(written))


@pytest.mark.parametrize("transfer", [16, 18])
def test_hdr_keeps_middle_grey_order_and_white(renderer: PillowRenderer, transfer: int) -> None:
    levels = [seen(renderer, grey(level, coding(9, transfer)))[0] for level in range(0, 256, 15)]
    assert levels == sorted(levels)
    assert levels[0] == 0
    assert levels[-1] >= 254
    reference_white = {16: 148, 18: 191}[transfer]
    assert 215 <= seen(renderer, grey(reference_white, coding(9, transfer)))[0] <= 245
    middle_grey = {16: 103, 18: 97}[transfer]
    """26 cd/m²: a grey card under BT.2408."""
    assert 95 <= seen(renderer, grey(middle_grey, coding(9, transfer)))[0] <= 125


def avif(primaries: int, transfer: int, **settings: object) -> bytes:
    """Return an AVIF of one colour whose colour box says so."""
    image = Image.new("RGB", (32, 32), (200, 100, 50))
    data = encoded(image, "AVIF", quality=100, subsampling="4:4:4", **settings)
    place = data.index(b"colrnclx") + 8
    return data[:place] + pack(">HH", primaries, transfer) + data[place + 4 :]


@pytest.mark.parametrize(
    ("code", "colour"),
    [
        ((1, 13), (200, 100, 50)),
        ((12, 13), (215, 93, 31)),
        ((1, 8), (229, 168, 124)),
        ((99, 1), (200, 100, 50)),
    ],
)
def test_an_avif_tells_its_colours(renderer: PillowRenderer, code: tuple[int, int], colour: Pixel) -> None:
    data = avif(*code)
    assert colour_code(data) == ColourCode(*code)
    assert_near(seen(renderer, data), colour, within=4)


def test_an_avif_in_pq_is_brighter_than_its_levels(renderer: PillowRenderer) -> None:
    red, green, blue = seen(renderer, avif(9, 16))
    assert red > 245
    assert green < red
    assert blue < green + 5


def test_a_moving_avif_tells_its_colours(renderer: PillowRenderer) -> None:
    data = animated("AVIF", colours=("#808080", "#818181", "#828282"))
    places = [n for n in range(len(data)) if data.startswith(b"colrnclx", n)]
    for place in places:
        data = data[: place + 8] + pack(">HH", 1, 8) + data[place + 12 :]
    assert places
    assert colour_code(data) == ColourCode(1, 8)
    assert_near(seen(renderer, data), (188,) * 3, within=4)


@given(st.binary(max_size=200), st.integers(0, 400))
def test_any_boxes_are_read(noise: bytes, place: int) -> None:
    data = avif(9, 16)[:500]
    colour_code(data[:place] + noise + data[place:])


def test_orientation_in_xmp_alone_is_ignored(renderer: PillowRenderer) -> None:
    xmp = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/></rdf:RDF></x:xmpmeta>'
    )
    image = Image.new("RGB", (30, 20), "red")
    image.paste("blue", (0, 0, 15, 20))
    for name in ("JPEG", "WEBP", "AVIF", "TIFF"):
        settings = {"tiffinfo": {700: xmp}} if name == "TIFF" else {"xmp": xmp}
        data = encoded(image, name, **settings)
        assert b"Orientation" in data
        facts = renderer.probe(data)
        assert (facts.width, facts.height, facts.orientation) == (30, 20, 1), name
        blob = renderer.render(data, RenderPlan(30, 20, ImageFormat.PNG), NO_DEADLINE)
        with Image.open(BytesIO(blob.data)) as made:
            assert made.size == (30, 20)
            assert made.convert("RGB").getpixel((3, 10))[2] > 200, name  # type: ignore[index]


def test_orientation_in_a_pngs_xmp_is_ignored(renderer: PillowRenderer) -> None:
    xmp = chunk(b"iTXt", b'XML:com.adobe.xmp\0\0\0\0\0<x tiff:Orientation="6"/>')
    for data in (grey(9, xmp), grey(9, after=(xmp,))):
        assert renderer.probe(data).orientation == 1
