"""A PNG that libspng decodes in bands is the picture that Pillow's reader shows, or is left to it."""

import subprocess
import sys
import zlib
from collections.abc import Callable
from functools import partial
from random import Random
from struct import pack
from zlib import compress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.variants.geometry import Size
from chalicelib.domain.variants.limits import Limits
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.errors import InvalidImageError, TooLongError
from chalicelib.imaging.reading.containers.png_stream import unpacker
from chalicelib.imaging.reading.decode import at_size, decode
from chalicelib.imaging.reading.opening import open_picture, reading
from chalicelib.imaging.reading.png import banded_png, libspng, load_png
from chalicelib.imaging.renderer import PillowRenderer
from chalicelib.imaging.resize import FINE_GAP
from tests.support.pictures import animated, encoded, scene
from tests.support.pngs import CHANNELS, SIGNATURE, chunk, header

GREY, RGB, PALETTE, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6
KINDS = (
    *((GREY, depth) for depth in (1, 2, 4, 8, 16)),
    *((PALETTE, depth) for depth in (1, 2, 4, 8)),
    *((kind, depth) for kind in (RGB, GREY_ALPHA, RGBA) for depth in (8, 16)),
)
FILTERS = 5
BICUBIC, LANCZOS = Image.Resampling.BICUBIC, Image.Resampling.LANCZOS
MODULE = "chalicelib.imaging.reading.png"
UNREAD = {
    "The picture cannot be read: broken data stream when reading image file",
    "The picture cannot be read: Truncated File Read",
}
"""What Pillow says of wrong pixels, and of a wrong checksum or length that it comes to after the last row."""
type Pixels = tuple[str, bytes]
type Outcome = Pixels | str


def rows_of(size: Size, kind: int, depth: int, random: Random) -> bytes:
    """Return rows of noise, each filtered in one of PNG's ways."""
    stride = (size[0] * depth * CHANNELS[kind] + 7) // 8
    return b"".join(bytes((random.randrange(FILTERS),)) + random.randbytes(stride) for _ in range(size[1]))


def filtered(size: Size, kind: int, depth: int, random: Random, data: bytes | None = None) -> bytes:
    """Return a file of such rows, whose pixels lie in several chunks."""
    packed = compress(rows_of(size, kind, depth, random)) if data is None else data
    cut = random.randrange(len(packed))
    before = [chunk(b"PLTE", random.randbytes(3 << depth))] if kind == PALETTE else []
    if kind in {GREY, RGB, PALETTE} and random.random() < 0.5:
        key = random.randbytes(1 << depth) if kind == PALETTE else bytes(2 * CHANNELS[kind])
        before.append(chunk(b"tRNS", key))
    parts = (
        header(*size, depth, kind),
        *before,
        chunk(b"IDAT", packed[:cut]),
        chunk(b"IDAT"),
        chunk(b"IDAT", packed[cut:]),
    )
    return SIGNATURE + b"".join(parts) + chunk(b"IEND")


def pixels(image: Image.Image) -> Pixels:
    return image.mode, image.convert("RGBA").tobytes() if image.mode == "P" else image.tobytes()


def by_pillow(data: bytes) -> Pixels:
    file = open_picture(data, Limits()).file
    with reading():
        file.load()
    return pixels(file)


def by_us(data: bytes) -> Pixels:
    picture = open_picture(data, Limits())
    with reading():
        if not load_png(picture):
            picture.file.load()
    return pixels(picture.file)


def outcome(read: Callable[[bytes], Pixels], data: bytes) -> Outcome:
    try:
        return read(data)
    except InvalidImageError as error:
        return str(error)


@given(
    st.sampled_from(KINDS),
    st.integers(1, 40),
    st.integers(1, 12),
    st.integers(0),
    st.sampled_from((60, 2**20)),
)
def test_the_pixels_are_pillows(
    kind: tuple[int, int], width: int, height: int, seed: int, band_bytes: int
) -> None:
    data = filtered((width, height), *kind, Random(seed))  # noqa: S311  # repeatable, not secret
    picture = open_picture(data, Limits())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{MODULE}._BAND_BYTES", band_bytes)
        assert load_png(picture)
    assert pixels(picture.file) == by_pillow(data)


@pytest.mark.parametrize("kind", [GREY, RGBA])
def test_rows_longer_than_a_stored_block_are_pillows(kind: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{MODULE}._BAND_BYTES", 150_000)
    wide = filtered((16_383, 5), kind, 16, Random(7), compress(rows_of((16_383, 5), kind, 16, Random(7))))  # noqa: S311
    assert by_us(wide) == by_pillow(wide)


def test_without_isa_l_the_pixels_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encoded(scene(), "PNG")
    monkeypatch.setitem(sys.modules, "isal", None)
    found = unpacker.__wrapped__()
    assert found is zlib
    monkeypatch.setattr("chalicelib.imaging.reading.containers.png_stream.unpacker", lambda: found)
    assert load_png(open_picture(data, Limits()))
    assert by_us(data) == by_pillow(data)


@pytest.mark.parametrize(("mode", "size"), [("RGB", (60, 40)), ("RGB", (200, 133)), ("P", (60, 40))])
def test_decoding_is_given_up_between_bands(mode: str, size: Size, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{MODULE}._BAND_BYTES", 9_000)
    picture = open_picture(encoded(scene().convert(mode), "PNG"), Limits())
    clock = iter(range(99))
    with pytest.raises(TooLongError), reading():
        decode(picture, RenderPlan(*size, ImageFormat.PNG), Deadline(2.0, lambda: float(next(clock))))
    assert next(clock) == 4


class CountingUnpacker:
    """The standard library's, and how often it is called."""

    error = zlib.error

    def __init__(self) -> None:
        self.calls = 0

    def decompressobj(self, wbits: int) -> "CountingUnpacker":
        self._decoder = zlib.decompressobj(wbits)
        return self

    def decompress(self, data: bytes, most: int) -> bytes:
        self.calls += 1
        return self._decoder.decompress(data, most)

    unconsumed_tail = property(lambda self: self._decoder.unconsumed_tail)
    eof = property(lambda self: self._decoder.eof)


def test_a_stream_in_chunks_of_a_byte_is_unpacked_in_few_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = compress(rows_of((90, 90), GREY, 8, Random(7)))  # noqa: S311
    chunks = b"".join(chunk(b"IDAT", packed[place : place + 1]) for place in range(len(packed)))
    data = SIGNATURE + header(90, 90, 8, GREY) + chunks + chunk(b"IEND")
    counting = CountingUnpacker()
    monkeypatch.setattr("chalicelib.imaging.reading.containers.png_stream.unpacker", lambda: counting)
    assert load_png(open_picture(data, Limits()))
    assert counting.calls <= 5
    assert by_us(data) == by_pillow(data)


@pytest.mark.parametrize("first", [chunk(b"PLTE", bytes(30)), chunk(b"PLTE"), header(9, 7, 8, RGBA)])
def test_a_header_that_is_not_the_first_and_only_one_is_pillows(first: bytes) -> None:
    data = filtered((9, 7), GREY_ALPHA, 8, Random(7))  # noqa: S311
    data = SIGNATURE + first + data[len(SIGNATURE) :]
    assert by_us(data) == by_pillow(data)


def test_a_window_wider_than_deflates_is_refused_as_by_pillow() -> None:
    packed = bytearray(compress(rows_of((9, 7), GREY, 8, Random(7))))  # noqa: S311
    packed[0] = 0x88
    packed[1] = 31 - 0x8800 % 31
    data = SIGNATURE + header(9, 7, 8, GREY) + chunk(b"IDAT", bytes(packed)) + chunk(b"IEND")
    assert not load_png(open_picture(data, Limits()))
    assert outcome(by_us, data) == outcome(by_pillow, data)


@given(seed=st.integers(0), level=st.integers(0, 255), place=st.floats(0, 1), is_cut=st.booleans())
def test_what_is_damaged_is_read_or_refused_as_by_pillow_but_for_what_follows(
    *, seed: int, level: int, place: float, is_cut: bool
) -> None:
    random = Random(seed)  # noqa: S311
    data = bytearray(filtered((9, 7), *random.choice(KINDS), random))
    damaged = int(place * (len(data) - 1))
    if is_cut:
        del data[damaged:]
    else:
        data[damaged] = level
    ours, pillows = outcome(by_us, bytes(data)), outcome(by_pillow, bytes(data))
    assert ours == pillows or pillows in UNREAD


SIZE = (9, 7)
SOUND = rows_of(SIZE, RGB, 8, Random(7))  # noqa: S311
STREAMS = {
    "more rows than there are": compress(SOUND * 2),
    "fewer rows than there are": compress(SOUND[:99]),
    "no rows": compress(b""),
    "an unknown filter": compress(SOUND[:28] + b"\5" + SOUND[29:]),
    "no checksum": compress(SOUND)[:-4],
    "more than the stream": compress(SOUND) + b"more",
    "a cut stream": compress(SOUND)[:-30],
    "another packing": b"\x79" + compress(SOUND)[1:],
    "no stream": b"nonsense",
}


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_of_other_rows_is_read_or_refused_as_by_pillow(name: str) -> None:
    data = filtered(SIZE, RGB, 8, Random(7), STREAMS[name])  # noqa: S311
    assert outcome(by_us, data) == outcome(by_pillow, data)


def test_a_wrong_checksum_of_pixels_is_refused_at_the_upload_alone() -> None:
    data = filtered(SIZE, RGB, 8, Random(7), compress(SOUND)[:-1] + b"x")  # noqa: S311
    with pytest.raises(InvalidImageError):
        PillowRenderer().verify(data, NO_DEADLINE)
    assert by_us(data) == by_pillow(filtered(SIZE, RGB, 8, Random(7), compress(SOUND)))  # noqa: S311


def interlaced() -> bytes:
    """Return a square of 8 by 8 greys in the order of Adam7, the first of each pass first."""
    passes = ((1, 1), (1, 1), (2, 1), (2, 2), (4, 2), (4, 4), (8, 4))
    stored = b"".join((b"\0" + bytes(range(width))) * height for width, height in passes)
    parts = (chunk(b"IHDR", pack(">IIBBBBB", 8, 8, 8, GREY, 0, 0, 1)), chunk(b"IDAT", compress(stored)))
    return SIGNATURE + b"".join(parts) + chunk(b"IEND")


def framed() -> bytes:
    """Return an animation of one frame that is smaller than the picture."""
    control = chunk(b"acTL", pack(">II", 1, 0)) + chunk(b"fcTL", pack(">5I2H2B", 0, 4, 4, 2, 2, 1, 10, 0, 0))
    stored = chunk(b"IDAT", compress((b"\0" + bytes(range(4))) * 4))
    return SIGNATURE + header(8, 8, 8, GREY) + control + stored + chunk(b"IEND")


@pytest.mark.parametrize(
    "make", [interlaced, framed, partial(animated, "PNG"), partial(encoded, scene(), "BMP")]
)
def test_what_is_not_stored_row_by_row_is_left_to_pillow(make: Callable[[], bytes]) -> None:
    assert not load_png(open_picture(make(), Limits()))
    assert by_us(make()) == by_pillow(make())


@pytest.mark.parametrize("version", [None, b"9.9"])
def test_without_the_library_everything_is_left_to_pillow(
    version: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        f"{MODULE}._PACKAGE" if version is None else f"{MODULE}._VERSION", version or "absent"
    )
    found = libspng.__wrapped__()
    assert found is None
    monkeypatch.setattr(f"{MODULE}.libspng", lambda: found)
    data = encoded(scene(), "PNG")
    assert not load_png(open_picture(data, Limits()))
    assert by_us(data) == by_pillow(data)


@pytest.mark.usefixtures("without_vectors")
@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize(
    ("whole", "size", "is_banded"),
    [
        ((403, 302), (100, 75), True),
        ((403, 302), (300, 225), True),
        ((403, 302), (30, 75), True),
        ((403, 302), (403, 75), True),
        ((302, 403), (301, 201), False),
        ((403, 302), (403, 200), False),
        ((403, 302), (500, 375), False),
    ],
)
def test_bands_resized_are_the_picture_resized(
    mode: str, whole: Size, size: Size, *, is_banded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{MODULE}._BAND_BYTES", 20_000)
    image = scene(*whole).convert(mode)
    plan = RenderPlan(*size, ImageFormat.JPG, 90)
    decoded = decode(open_picture(encoded(image, "PNG"), Limits()), plan)
    assert (decoded.image.size != whole) == is_banded
    made = image.resize(size, decoded.resampling, reducing_gap=FINE_GAP)
    assert at_size(decoded, plan).tobytes() == made.convert("RGB").tobytes()


@pytest.mark.parametrize(("quality", "expected"), [(90, BICUBIC), (96, LANCZOS)])
def test_what_is_left_to_be_resized_chooses_the_filter(quality: int, expected: Image.Resampling) -> None:
    plan = RenderPlan(800, 800, ImageFormat.JPG, quality)
    data = encoded(Image.new("RGB", (3000, 3000)), "PNG", compress_level=1)
    assert decode(open_picture(data, Limits()), plan).resampling is expected


def test_bands_are_refused_where_a_row_is_missing() -> None:
    data = filtered(SIZE, RGB, 8, Random(7), STREAMS["fewer rows than there are"])  # noqa: S311
    assert banded_png(open_picture(data, Limits()), SIZE, lambda band: band) is None


@pytest.mark.usefixtures("either_engine")
@pytest.mark.parametrize("made", [ImageFormat.PNG, ImageFormat.WEBP])
@pytest.mark.parametrize("size", [(100, 75), (300, 225), (30, 75)])
def test_a_large_picture_with_transparency_is_made_smaller_in_bands(
    size: Size, made: ImageFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = scene(403, 302).convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    data, plan = encoded(image, "PNG"), RenderPlan(*size, made, 96)
    whole = at_size(decode(open_picture(data, Limits()), plan), plan)
    monkeypatch.setattr(f"{MODULE}._BAND_BYTES", 20_000)
    monkeypatch.setattr("chalicelib.imaging.reading.decode._LARGE_PIXELS", 403 * 302)
    decoded = decode(open_picture(data, Limits()), plan)
    assert decoded.image.mode == "RGBa"
    banded = at_size(decoded, plan)
    assert banded.mode == "RGBA"
    difference = ImageChops.difference(banded.convert("RGBa"), whole.convert("RGBa"))
    assert max(ImageStat.Stat(difference).mean) < 1.5


def test_a_large_picture_that_hides_nothing_is_opaque(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.imaging.reading.decode._LARGE_PIXELS", 1)
    plan = RenderPlan(100, 75, ImageFormat.WEBP, 90)
    data = encoded(scene(403, 302).convert("RGBA"), "PNG")
    assert at_size(decode(open_picture(data, Limits()), plan), plan).mode == "RGB"


_MEBIBYTES = 120
_CODE = """
import sys
from pathlib import Path
from struct import pack
from zlib import compressobj
from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.imaging.renderer import PillowRenderer
from tests.support.pngs import SIGNATURE, chunk, header

kind, samples = (2, 3) if sys.argv[1] == "RGB" else (6, 4)
packer, row = compressobj(1), bytes(1) + bytes(range(200)) * (30 * samples)
stored = b"".join(packer.compress(row) for _ in range(6000)) + packer.flush()
data = SIGNATURE + header(6000, 6000, 8, kind) + chunk(b"IDAT", stored) + chunk(b"IEND")
Path("/proc/self/clear_refs").write_text("5")
PillowRenderer().render(data, RenderPlan(1900, 1900, ImageFormat.JPG, 90), NO_DEADLINE)
print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
"""


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_large_picture_is_never_held_whole(mode: str) -> None:
    done = subprocess.run([sys.executable, "-c", _CODE, mode], capture_output=True, text=True, check=True)  # noqa: S603  # our own code
    assert int(done.stdout) / 1024 < _MEBIBYTES
