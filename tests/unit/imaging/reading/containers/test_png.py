"""Every colour type and depth of PNG shows the colours and the transparency that the specification says."""

from io import BytesIO
from random import Random
from struct import pack
from zlib import compress

import pytest
from PIL import Image

from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.errors import InvalidImageError
from chalicelib.imaging.reading.containers.png_chunks import slimmed
from chalicelib.imaging.renderer import PillowRenderer
from tests.support.pictures import animated, encoded, scene
from tests.support.pngs import CHANNELS, SIGNATURE, chunk, grey, header, pixels, png, rgb

WIDTH, HEIGHT = 13, 7
GREY, RGB, PALETTE, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6
KINDS = [
    *((GREY, depth) for depth in (1, 2, 4, 8, 16)),
    *((RGB, depth) for depth in (8, 16)),
    *((PALETTE, depth) for depth in (1, 2, 4, 8)),
    *((GREY_ALPHA, depth) for depth in (8, 16)),
    *((RGBA, depth) for depth in (8, 16)),
]
type Pixel = tuple[int, ...]


def shown(renderer: PillowRenderer, data: bytes, size: tuple[int, int] = (WIDTH, HEIGHT)) -> list[Pixel]:
    blob = renderer.render(data, RenderPlan(*size, ImageFormat.PNG), NO_DEADLINE)
    with Image.open(BytesIO(blob.data)) as image:
        return list(image.convert("RGBA").get_flattened_data())  # type: ignore[arg-type]


def samples(kind: int, depth: int, seed: int) -> list[list[Pixel]]:
    random = Random(seed)  # noqa: S311  # repeatable, not secret
    return [
        [tuple(random.randrange(1 << depth) for _ in range(CHANNELS[kind])) for _ in range(WIDTH)]
        for _ in range(HEIGHT)
    ]


def palette(depth: int) -> list[Pixel]:
    random = Random(depth)  # noqa: S311
    return [tuple(random.randrange(256) for _ in range(3)) for _ in range(1 << depth)]


def expected(pixel: Pixel, kind: int, depth: int, clear: Pixel | bytes | None) -> Pixel:
    """Return what the specification (13.12, 12.4) makes of a pixel, in 8 bits."""
    if kind == PALETTE:
        alphas = clear if isinstance(clear, bytes) else b""
        return (*palette(depth)[pixel[0]], alphas[pixel[0]] if pixel[0] < len(alphas) else 255)
    levels = tuple(sample * 255 / ((1 << depth) - 1) for sample in pixel)
    opaque = 0.0 if pixel == clear else 255.0
    match kind:
        case 0:
            levels = (*levels * 3, opaque)
        case 2:
            levels = (*levels, opaque)
        case 4:
            levels = (*levels[:1] * 3, levels[1])
        case _:
            pass
    return tuple(round(level) for level in levels)


def assert_shown(found: list[Pixel], wanted: list[Pixel]) -> None:
    for one, other in zip(found, wanted, strict=True):
        assert one[3] == other[3] or 0 < other[3] < 255, (one, other)
        assert abs(one[3] - other[3]) <= 1
        assert other[3] == 0 or all(abs(a - b) <= 1 for a, b in zip(one, other, strict=True)), (one, other)


@pytest.mark.parametrize(("kind", "depth"), KINDS)
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("is_keyed", [False, True])
def test_every_type_and_depth(
    renderer: PillowRenderer,
    kind: int,
    depth: int,
    seed: int,
    is_keyed: bool,  # noqa: FBT001  # a column of the table
) -> None:
    rows = samples(kind, depth, seed)
    before: list[bytes] = []
    clear: Pixel | bytes | None = None
    if kind == PALETTE:
        before = [chunk(b"PLTE", bytes(level for colour in palette(depth) for level in colour))]
        if is_keyed:
            clear = bytes(n * 67 % 256 for n in range((1 << depth) - seed % 2))
            before.append(chunk(b"tRNS", clear))
    elif is_keyed and kind in {GREY, RGB}:
        clear = rows[4][5] = rows[2][3]
        before = [chunk(b"tRNS", pack(f">{len(clear)}H", *clear))]
    data = png(rows, depth, kind, *before)
    assert renderer.probe(data).has_alpha == (clear is not None or kind in {GREY_ALPHA, RGBA})
    assert_shown(
        shown(renderer, data), [expected(pixel, kind, depth, clear) for row in rows for pixel in row]
    )


@pytest.mark.parametrize(("kind", "clear"), [(GREY, (0x1234,)), (RGB, (0x1234, 0x5678, 0x9ABC))])
def test_a_deep_colour_that_is_nearly_the_clear_one_is_not_clear(
    renderer: PillowRenderer, kind: int, clear: Pixel
) -> None:
    near = (*clear[:-1], clear[-1] + 1)
    data = png([[clear, near]], 16, kind, chunk(b"tRNS", pack(f">{len(clear)}H", *clear)))
    assert [pixel[3] for pixel in shown(renderer, data, (2, 1))] == [0, 255]


def test_a_key_counts_in_the_bits_that_a_sample_has(renderer: PillowRenderer) -> None:
    data = png([[(2,), (1,)]], 2, GREY, chunk(b"tRNS", pack(">H", 0xFF02)))
    assert [pixel[3] for pixel in shown(renderer, data, (2, 1))] == [0, 255]


BOMB = compress(bytes(3_000_000))
TEXTS = {
    "text": chunk(b"tEXt", b"Comment\0" + bytes(3_000_000)),
    "packed text": chunk(b"zTXt", b"Comment\0\0" + BOMB),
    "international text": chunk(b"iTXt", b"Comment\0\1\0\0\0" + BOMB),
    "damaged text": chunk(b"zTXt", b"Comment\0\0" + BOMB, sound=False),
    "text packed in no known way": chunk(b"zTXt", b"Comment\0\7" + BOMB),
    "text in the name of exif": chunk(b"tEXt", b"exif\0nonsense"),
    "profile": chunk(b"iCCP", b"name\0\0" + compress(bytes(9_000_000))),
    "damaged profile": chunk(b"iCCP", b"name\0\0" + BOMB[:99]),
    "profile packed in no known way": chunk(b"iCCP", b"name\0\3" + BOMB),
    "empty profile": chunk(b"iCCP"),
    "damaged gamma": chunk(b"gAMA", pack(">I", 100_000), sound=False),
    "short gamma": chunk(b"gAMA", b"\1"),
    "short chromaticities": chunk(b"cHRM", bytes(9)),
    "chromaticities of nothing": chunk(b"cHRM", bytes(32)),
    "chromaticities in one place": chunk(b"cHRM", pack(">8I", *(30_000,) * 8)),
    "short intent": chunk(b"sRGB"),
    "short density": chunk(b"pHYs", b"\0"),
    "unreadable exif": chunk(b"eXIf", b"II*\0\xff\xff\xff\xff"),
    "exif of no order": chunk(b"eXIf", b"nonsense"),
    "private": chunk(b"abCd", bytes(99), sound=False),
    "short transparency": chunk(b"tRNS", b"\0"),
    "damaged transparency": chunk(b"tRNS", bytes(2), sound=False),
    "short animation": chunk(b"acTL", bytes(4)),
    "damaged animation": chunk(b"acTL", pack(">II", 1, 0), sound=False),
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("is_late", [False, True])
def test_what_no_pixel_needs_does_not_decide(
    renderer: PillowRenderer,
    name: str,
    is_late: bool,  # noqa: FBT001  # a column of the table
) -> None:
    data = grey(77, after=(TEXTS[name],)) if is_late else grey(77, TEXTS[name])
    assert not renderer.probe(data).has_alpha
    renderer.verify(data, NO_DEADLINE)
    renderer.describe(data, NO_DEADLINE)
    assert set(shown(renderer, data, (8, 8))) == {(77, 77, 77, 255)}


def test_an_animation_whose_frames_are_damaged_is_its_picture(renderer: PillowRenderer) -> None:
    data = bytearray(animated("PNG"))
    place = data.index(b"fcTL") + 4
    data[place + 26] ^= 1
    assert renderer.probe(bytes(data)).frames == 1
    assert shown(renderer, bytes(data), (60, 40))[0] == (255, 0, 0, 255)


@pytest.mark.parametrize("frames", [0, 1, 2, 4, 2**31])
def test_an_animation_of_other_frames_than_it_says_is_its_picture(
    renderer: PillowRenderer, frames: int
) -> None:
    data = animated("PNG")
    place = data.index(b"acTL") - 4
    data = data[:place] + chunk(b"acTL", pack(">II", frames, 0)) + data[place + 20 :]
    assert renderer.probe(data).frames == 1
    renderer.verify(data, NO_DEADLINE)
    assert shown(renderer, data, (60, 40))[0] == (255, 0, 0, 255)


@pytest.mark.parametrize("number", [0, 1, 3, 5])
def test_an_animation_out_of_order_is_its_picture(renderer: PillowRenderer, number: int) -> None:
    data = animated("PNG")
    place = data.rindex(b"fcTL")
    renumbered = chunk(b"fcTL", pack(">I", number) + data[place + 8 : place + 30])
    data = data[: place - 4] + renumbered + data[place + 34 :]
    assert renderer.probe(data).frames == (3 if number == 3 else 1)
    renderer.verify(data, NO_DEADLINE)


def test_pixels_that_are_missing_are_refused(renderer: PillowRenderer) -> None:
    data = encoded(scene(), "PNG")
    whole = SIGNATURE + b"".join((header(8, 8, 8, GREY), chunk(b"IEND")))
    for broken in (data[: len(data) // 2], data[:-60], whole, SIGNATURE, SIGNATURE + header(8, 8, 8, GREY)):
        with pytest.raises(InvalidImageError):
            renderer.verify(broken, NO_DEADLINE)


def test_a_damaged_critical_chunk_is_refused(renderer: PillowRenderer) -> None:
    broken = SIGNATURE + header(8, 8, 8, PALETTE) + chunk(b"PLTE", bytes(6), sound=False)
    with pytest.raises(InvalidImageError):
        renderer.verify(broken + pixels([[(1,)] * 8] * 8, 8) + chunk(b"IEND"), NO_DEADLINE)


def test_a_still_apng_behind_a_picture_for_others_shows_its_frame(renderer: PillowRenderer) -> None:
    first, *others = (Image.new("RGB", (60, 40), colour) for colour in ("white", "red"))
    data = encoded(first, "PNG", save_all=True, default_image=True, append_images=others, duration=100)
    assert renderer.probe(data).frames == 1
    assert shown(renderer, data, (60, 40))[0] == (255, 0, 0, 255)


def test_a_still_of_an_apng_is_its_first_frame_and_not_the_picture_for_others(
    renderer: PillowRenderer,
) -> None:
    first, *others = (Image.new("RGB", (60, 40), colour) for colour in ("white", "red", "lime"))
    data = encoded(first, "PNG", save_all=True, default_image=True, append_images=others, duration=100)
    assert shown(renderer, data, (60, 40))[0] == (255, 0, 0, 255)


def test_the_picture_for_others_is_shown_where_no_frame_follows(renderer: PillowRenderer) -> None:
    data = rgb((9, 99, 199), chunk(b"acTL", pack(">II", 1, 0)))
    assert shown(renderer, data, (8, 8))[0] == (9, 99, 199, 255)


def test_any_cut_leaves_chunks_as_they_are_or_out() -> None:
    data = grey(7, chunk(b"tEXt", b"Comment\0text"), chunk(b"gAMA", pack(">I", 45_455)))
    for length in range(8, len(data)):
        assert slimmed(data[:length]).data.startswith(SIGNATURE)


def test_a_file_of_which_nothing_is_left_out_is_not_copied() -> None:
    data = grey(7)
    assert slimmed(data).data is data
    keyed = grey(7, chunk(b"tRNS", pack(">H", 7)))
    assert slimmed(keyed).data == keyed
