"""HEIC of phones, JPEG 2000 and icons."""

from contextlib import suppress
from io import BytesIO
from struct import pack, unpack_from

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.images.formats import ImageFormat, sniff
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.errors import InvalidImageError, LimitExceededError
from chalicelib.imaging.renderer import PillowRenderer
from tests.support.pictures import encoded, logo, png_header, scene, wide_gamut_profile

type Pixel = tuple[int, ...]


def seen(renderer: PillowRenderer, data: bytes) -> Pixel:
    blob = renderer.render(data, RenderPlan(8, 8, ImageFormat.PNG), NO_DEADLINE)
    with Image.open(BytesIO(blob.data)) as image:
        pixel = image.convert("RGBA").getpixel((4, 4))
    assert isinstance(pixel, tuple)
    return pixel


@pytest.mark.parametrize(
    ("name", "image_format"),
    [
        ("HEIF", ImageFormat.HEIC),
        ("JPEG2000", ImageFormat.JP2),
        ("ICO", ImageFormat.ICO),
        ("AVIF", ImageFormat.AVIF),
    ],
)
def test_the_format_is_told_by_the_first_bytes(
    renderer: PillowRenderer, name: str, image_format: ImageFormat
) -> None:
    data = encoded(scene(), name)
    assert sniff(data) is image_format
    assert renderer.probe(data).format is image_format
    renderer.verify(data, NO_DEADLINE)
    renderer.describe(data, NO_DEADLINE)


@pytest.mark.parametrize(
    ("brands", "image_format"),
    [
        ((b"mif1", b"heic"), ImageFormat.HEIC),
        ((b"mif1", b"avif"), ImageFormat.AVIF),
        ((b"mif1", b"heic", b"avif"), ImageFormat.AVIF),
        ((b"mif1",), ImageFormat.AVIF),
        ((b"heix", b"mif1"), ImageFormat.HEIC),
        ((b"avis",), ImageFormat.AVIF),
        ((b"mp42", b"heic"), None),
        ((b"isom",), None),
    ],
)
def test_brands_tell_heic_from_avif(brands: tuple[bytes, ...], image_format: ImageFormat | None) -> None:
    content = b"ftyp" + brands[0] + bytes(4) + b"".join(brands)
    assert sniff(pack(">I", len(content) + 4) + content) is image_format


@given(st.binary(max_size=60))
def test_any_first_bytes_are_told(data: bytes) -> None:
    sniff(data)
    sniff(data[:4] + b"ftyp" + data[4:])


def test_a_heic_obeys_its_profile_and_its_code(renderer: PillowRenderer) -> None:
    image = Image.new("RGB", (64, 64), (200, 40, 40))
    red, green, _, _ = seen(renderer, encoded(image, "HEIF", icc_profile=wide_gamut_profile(), quality=95))
    assert green > 120 > red
    data = encoded(Image.new("RGB", (64, 64), (128, 128, 128)), "HEIF", quality=95)
    place = data.index(b"colrnclx") + 8
    assert abs(seen(renderer, data[:place] + pack(">HH", 1, 8) + data[place + 4 :])[0] - 188) < 4


def test_a_heic_of_several_pictures_is_the_one_it_opens_with(renderer: PillowRenderer) -> None:
    first, *others = (Image.new("RGB", (64, 64), colour) for colour in ("red", "lime", "blue"))
    data = encoded(first, "HEIF", save_all=True, append_images=others, primary_index=1)
    assert renderer.probe(data).frames == 1
    renderer.verify(data, NO_DEADLINE)
    red, green, _, _ = seen(renderer, data)
    assert green > 200 > red


def test_items_described_in_no_text_do_not_crash(renderer: PillowRenderer) -> None:
    """Nor would a test go on: the reader ends the process."""
    exif = Image.Exif()
    exif[0x010E] = "x"
    data = encoded(scene(), "HEIF", exif=exif.tobytes())
    items = [n for n in range(len(data)) if data.startswith(b"infe", n)]
    assert items
    for item in items:
        for at in range(item + 12, item + 18):
            broken = data[:at] + b"\xff" + data[at + 1 :]
            with suppress(InvalidImageError):
                renderer.verify(broken, NO_DEADLINE)


def test_transparency_is_kept(renderer: PillowRenderer) -> None:
    for name in ("HEIF", "JPEG2000", "ICO"):
        data = encoded(logo(64, 64), name)
        assert renderer.probe(data).has_alpha, name
        blob = renderer.render(data, RenderPlan(32, 32, ImageFormat.PNG), NO_DEADLINE)
        with Image.open(BytesIO(blob.data)) as image:
            assert image.getpixel((1, 16))[3] == 0, name  # type: ignore[index]
            assert image.getpixel((16, 16))[3] > 250, name  # type: ignore[index]


def test_a_jpeg_2000_obeys_its_profile(renderer: PillowRenderer) -> None:
    data = encoded(Image.new("RGB", (64, 64), (200, 40, 40)), "JPEG2000")
    place = data.index(b"colr") - 4
    (length,) = unpack_from(">I", data, place)
    content = b"colr\2\0\0" + wide_gamut_profile()
    box = pack(">I", len(content) + 4) + content
    header = data.index(b"jp2h") - 4
    (header_length,) = unpack_from(">I", data, header)
    grown = pack(">I", header_length + len(box) - length)
    data = data[:header] + grown + data[header + 4 : place] + box + data[place + length :]
    red, green, _, _ = seen(renderer, data)
    assert green > 120 > red


@pytest.mark.parametrize("kind", ["png", "bmp"])
def test_of_an_icon_the_largest_picture_is_shown(renderer: PillowRenderer, kind: str) -> None:
    data = encoded(scene(200, 200), "ICO", sizes=[(16, 16), (128, 128), (48, 48)], bitmap_format=kind)
    facts = renderer.probe(data)
    assert (facts.width, facts.height) == (128, 128)
    renderer.verify(data, NO_DEADLINE)


def icon(picture: bytes) -> bytes:
    return pack("<HHH", 0, 1, 1) + pack("<BBBBHHII", 16, 16, 0, 0, 1, 32, len(picture), 22) + picture


def test_an_icon_with_a_huge_picture_in_it_is_refused(renderer: PillowRenderer) -> None:
    with pytest.raises(LimitExceededError):
        renderer.probe(icon(png_header(16_000, 16_000)))
    with pytest.raises(InvalidImageError):
        renderer.probe(icon(pack("<Iii", 40, 30_000, 30_000) + bytes(99)))


@pytest.mark.parametrize(
    "data", [b"\0\0\1\0", b"\0\0\1\0\0\0", b"\0\0\1\0\xff\xff", icon(b""), icon(b"\x89PNG")]
)
def test_an_icon_of_nothing_is_refused(renderer: PillowRenderer, data: bytes) -> None:
    with pytest.raises(InvalidImageError):
        renderer.verify(data, NO_DEADLINE)
