"""Making broken pictures out of good ones; the same number always makes the same file."""

from collections.abc import Callable
from functools import cache
from random import Random

from tests.support.pictures import animated, encoded, logo, quadrants, scene, turned, wide_gamut_profile
from tests.support.pngs import coding, deep_key, linear, rgb

type Mutation = Callable[[bytearray, Random], None]

_HEADER_BYTES = 200
_INTERESTING = (0, 1, 0x7F, 0x80, 0xFE, 0xFF)


@cache
def seeds() -> tuple[bytes, ...]:
    """Return good pictures in every format, with everything that a parser may trip over."""
    return (
        encoded(scene(160, 120)),
        encoded(scene(160, 120), progressive=True, icc_profile=wide_gamut_profile()),
        encoded(scene(90, 60).convert("CMYK")),
        encoded(scene(90, 60).convert("L")),
        turned(6),
        turned(8, "TIFF"),
        turned(5, "WEBP"),
        turned(3, "AVIF"),
        turned(7, "PNG"),
        encoded(logo(), "PNG"),
        encoded(scene(90, 60).quantize(16), "PNG", transparency=3),
        encoded(quadrants().convert("I;16"), "PNG"),
        animated("PNG"),
        animated("GIF", comment=b"a comment"),
        encoded(scene(90, 60), "GIF", interlace=1),
        animated("WEBP"),
        encoded(logo(), "WEBP", lossless=True),
        encoded(scene(160, 120), "WEBP", icc_profile=wide_gamut_profile()),
        encoded(scene(90, 60), "AVIF"),
        encoded(scene(90, 60), "BMP"),
        encoded(scene(90, 60).quantize(4), "BMP"),
        *(
            encoded(scene(90, 60), "TIFF", compression=compression)
            for compression in (None, "tiff_lzw", "tiff_deflate", "jpeg", "packbits")
        ),
        encoded(quadrants().convert("1"), "TIFF", compression="group4"),
        encoded(quadrants().convert("F"), "TIFF"),
        encoded(scene(90, 60), "TIFF", big_tiff=True),
        encoded(scene(90, 60), "HEIF"),
        encoded(logo(90, 60), "HEIF"),
        turned(6, "HEIF"),
        encoded(scene(90, 60), "JPEG2000"),
        encoded(logo(90, 60), "JPEG2000", irreversible=True, num_resolutions=3),
        encoded(scene(90, 60), "JPEG2000", no_jp2=True, tile_size=(32, 32)),
        encoded(scene(90, 60), "ICO", sizes=[(16, 16), (48, 32)]),
        encoded(logo(64, 64), "ICO", bitmap_format="bmp", sizes=[(16, 16), (48, 48)]),
        rgb((90, 60, 30), coding(9, 16), size=40),
        rgb((90, 60, 30), linear(), deep_key(), size=40),
    )


def broken(number: int) -> bytes:
    """Return the broken picture with that number."""
    random = Random(number)  # noqa: S311  # repeatable, not secret
    data = bytearray(random.choice(seeds()))
    for _ in range(random.randint(1, 6)):
        if data:
            random.choice(_MUTATIONS)(data, random)
    return bytes(data)


def _flip_bits(data: bytearray, random: Random) -> None:
    for _ in range(random.randint(1, 8)):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _change_header(data: bytearray, random: Random) -> None:
    for _ in range(random.randint(1, 4)):
        data[random.randrange(min(len(data), _HEADER_BYTES))] = random.choice(_INTERESTING)


def _change_number(data: bytearray, random: Random) -> None:
    """Put a length or a size where one may be."""
    size = random.choice((2, 4))
    value = random.choice((0, 1, 2 ** (8 * size) - 1, 2 ** (8 * size - 1), random.getrandbits(8 * size)))
    place = random.randrange(len(data))
    data[place : place + size] = value.to_bytes(size, random.choice(("big", "little")))


def _cut(data: bytearray, random: Random) -> None:
    del data[random.randrange(len(data)) :]


def _drop(data: bytearray, random: Random) -> None:
    place = random.randrange(len(data))
    del data[place : place + random.randint(1, 64)]


def _repeat(data: bytearray, random: Random) -> None:
    place, size = random.randrange(len(data)), random.randint(1, 400)
    data[place:place] = data[place : place + size]


def _splice(data: bytearray, random: Random) -> None:
    other = random.choice(seeds())
    place, size = random.randrange(len(other)), random.randint(1, 300)
    target = random.randrange(len(data))
    data[target : target + size] = other[place : place + size]


def _garbage(data: bytearray, random: Random) -> None:
    place = random.randrange(len(data))
    data[place : place + 16] = random.randbytes(16)


_MUTATIONS: tuple[Mutation, ...] = (
    _flip_bits,
    _flip_bits,
    _change_header,
    _change_header,
    _change_number,
    _cut,
    _drop,
    _repeat,
    _splice,
    _garbage,
)
