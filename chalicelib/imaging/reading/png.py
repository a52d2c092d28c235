"""Decoding a still PNG in bands of rows, by libspng: Pillow undoes PNG's filters byte by byte and holds all pixels.

The library is the one in the wheel of `pyspng`, whose Python part wants NumPy and is never imported. Interlaced and
moving pictures, and whatever it refuses, are left to Pillow, which says what is wrong or reads it all the same.
Checksums are not computed: an upload is verified by Pillow. The numbers are those of `spng.h`, version 0.7.
"""

from collections.abc import Callable, Iterator
from ctypes import CDLL, Array, addressof, c_char, c_char_p, c_int, c_size_t, c_void_p
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import find_spec

from PIL import Image

from chalicelib.domain.variants.geometry import Size
from chalicelib.imaging.reading.opening import Picture

_IGNORE_ADLER32, _USE = 1, 2
_AS_STORED, _BY_ROWS = 512, 256
_OK, _LAST_ROW = 0, 75
_PACKAGE, _MODULE, _VERSION = "pyspng", "_pyspng_c", b"0.7."
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Samples of a pixel by PNG's type of colour."""
_BAND_BYTES = 1024 * 1024
"""What stays in a core's cache until it has become pixels; to resize fewer rows at a time takes longer."""

type Band = Callable[[Image.Image], Image.Image]
"""What is made of the rows of a band, each by itself or in blocks."""


class _RefusedError(Exception):
    """libspng does not read the picture to its last row."""


def load_png(picture: Picture) -> bool:
    """Decode the pixels into the picture's file, as its `load` would; tell whether that was possible."""
    file = picture.file
    if (whole := banded_png(picture, file.size, lambda band: band)) is None:
        return False
    file.im, file.tile, file.readonly = whole.im, [], 0
    file.load()  # hands the palette over
    return True


def banded_png(picture: Picture, size: Size, make: Band, step: int = 1) -> Image.Image | None:
    """Return a picture of a size, made band by band, `step` rows for each of its rows; None if it cannot be."""
    if not _is_simple(picture):
        return None
    made = Image.new(picture.file.mode, size)
    try:
        for top, band in _bands(picture, step):
            made.paste(make(band), (0, top // step))
    except _RefusedError:
        return None
    return made


def _is_simple(picture: Picture) -> bool:
    """Tell whether it is a still PNG whose rows are stored from the first to the last."""
    file = picture.file
    is_moving = getattr(file, "is_animated", False) or "bbox" in file.info
    return file.format == "PNG" and not is_moving and not file.info.get("interlace") and libspng() is not None


def _bands(picture: Picture, step: int) -> Iterator[tuple[int, Image.Image]]:
    """Yield the place of the first row and the pixels of each band, by a multiple of `step` rows.

    Pixels are in the file's mode. The picture of a band is drawn over for the next.
    """
    file = picture.file
    width, height = file.size
    stride = (width * picture.data[24] * _SAMPLES[picture.data[25]] + 7) // 8
    rows = min(max(_BAND_BYTES // stride // step, 1) * step, height)
    buffer = (c_char * (stride * rows))()
    band = Image.new(file.mode, (width, rows))
    top = 0
    for count in _filled(picture.data, buffer, stride, height):
        if count < rows:
            band = Image.new(file.mode, (width, count))
        band.frombytes(memoryview(buffer)[: count * stride], "raw", file.tile[0].args, stride, 1)
        yield top, band
        top += count


def _filled(data: bytes, buffer: Array[c_char], stride: int, height: int) -> Iterator[int]:
    """Fill the buffer with one row after another; yield how many it holds when it is full, and at the end."""
    library = libspng()
    if library is None:
        raise _RefusedError
    first, end = addressof(buffer), addressof(buffer) + len(buffer)
    context = library.spng_ctx_new(_IGNORE_ADLER32)
    try:
        _begin(library, context, data)
        decode_row, left = library.spng_decode_row, height
        while left:
            places = range(first, end, stride)[:left]
            left -= len(places)
            for place in places:
                status = decode_row(context, place, stride)
                if status != _OK:
                    break
            if (status, place) != ((_OK if left else _LAST_ROW), places[-1]):
                raise _RefusedError
            yield len(places)
    finally:
        library.spng_ctx_free(context)


def _begin(library: CDLL, context: int | None, data: bytes) -> None:
    """Read the header."""
    steps = (
        library.spng_set_crc_action(context, _USE, _USE),
        library.spng_set_png_buffer(context, data, len(data)),
        library.spng_decode_image(context, None, 0, _AS_STORED, _BY_ROWS),
    )
    if any(status != _OK for status in steps):
        raise _RefusedError


@cache
def libspng() -> CDLL | None:
    """Return libspng; None where it cannot be loaded or is of another version."""
    package = find_spec(_PACKAGE)
    found = PathFinder.find_spec(_MODULE, package.submodule_search_locations) if package else None
    if found is None or found.origin is None:
        return None
    try:
        library = CDLL(found.origin)
        library.spng_version_string.restype = c_char_p
        library.spng_ctx_new.argtypes, library.spng_ctx_new.restype = (c_int,), c_void_p
        library.spng_ctx_free.argtypes = (c_void_p,)
        library.spng_set_crc_action.argtypes = (c_void_p, c_int, c_int)
        library.spng_set_png_buffer.argtypes = (c_void_p, c_char_p, c_size_t)
        library.spng_decode_image.argtypes = (c_void_p, c_void_p, c_size_t, c_int, c_int)
        library.spng_decode_row.argtypes = (c_void_p, c_void_p, c_size_t)
    except (OSError, AttributeError):
        return None
    return library if library.spng_version_string().startswith(_VERSION) else None
