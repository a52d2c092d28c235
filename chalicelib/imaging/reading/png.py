"""Decoding a still PNG in bands of rows, by libspng: Pillow undoes PNG's filters byte by byte and holds all pixels.

ISA-L unpacks the stream first (`containers/png_stream.py`). libspng is the one in the wheel of `pyspng`, whose
Python part wants NumPy and is never imported. Interlaced and moving pictures, and whatever it refuses, are left to
Pillow, which says what is wrong or reads it all the same. Checksums are not computed: an upload is verified by
Pillow. The numbers are those of `spng.h`, version 0.7.
"""

from collections.abc import Callable, Iterator
from ctypes import CDLL, Array, c_char, c_char_p, c_int, c_size_t, c_void_p
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import find_spec

from PIL import Image

from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.domain.variants.geometry import Size
from chalicelib.imaging.reading.containers.png_chunks import is_headed_once
from chalicelib.imaging.reading.containers.png_stream import BadStreamError, FilteredRows, StoredBand
from chalicelib.imaging.reading.opening import Picture

_IGNORE_ADLER32, _USE = 1, 2
_AS_STORED, _OK = 512, 0
_SHALLOW = 8
_PACKAGE, _MODULE, _VERSION = "pyspng", "_pyspng_c", b"0.7."
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Samples of a pixel by PNG's type of colour."""
_UNFILTERED_LIKE = {3: 0}
"""Types that are unfiltered as another is: indices of a palette as greys, which need no palette."""
_BAND_BYTES = 1024 * 1024
"""What stays in a core's cache until it has become pixels; to resize fewer rows at a time takes longer."""

type Band = Callable[[Image.Image], Image.Image]
"""What is made of the rows of a band, each by itself or in blocks."""


class _RefusedError(Exception):
    """libspng does not read the picture to its last row."""


def load_png(picture: Picture, deadline: Deadline = NO_DEADLINE) -> bool:
    """Decode the pixels into the picture's file, as its `load` would; tell whether that was possible."""
    file = picture.file
    if (whole := banded_png(picture, file.size, in_time(lambda band: band, deadline))) is None:
        return False
    file.im, file.tile, file.readonly = whole.im, [], 0
    file.load()  # hands the palette over
    return True


def banded_png(
    picture: Picture, size: Size, make: Band, step: int = 1, mode: str | None = None
) -> Image.Image | None:
    """Return a picture of a size, made band by band, `step` rows for each of its rows; None if it cannot be.

    It has the file's mode, or that which is given; each band has it before it is made into something.
    """
    mode = mode or picture.file.mode
    if not _is_simple(picture):
        return None
    made = Image.new(mode, size)
    try:
        for top, band in _bands(picture, step):
            made.paste(make(band if band.mode == mode else band.convert(mode)), (0, top // step))
    except (_RefusedError, BadStreamError):
        return None
    return made


def in_time(make: Band, deadline: Deadline) -> Band:
    """Return a maker of bands that raises TooLongError when the deadline has passed."""

    def made(band: Image.Image) -> Image.Image:
        deadline.check()
        return make(band)

    return made


def is_quick(picture: Picture) -> bool:
    """Tell whether it is a PNG that libspng decodes, with no more than 8 bits a sample."""
    return _is_simple(picture) and picture.data[24] <= _SHALLOW


def _is_simple(picture: Picture) -> bool:
    """Tell whether it is a still PNG whose rows are stored from the first to the last."""
    file = picture.file
    if file.format != "PNG":  # first: a GIF would parse its second frame to tell whether it moves
        return False
    is_moving = getattr(file, "is_animated", False) or "bbox" in file.info
    is_still = not is_moving and not file.info.get("interlace")
    return is_still and libspng() is not None and is_headed_once(picture.data)


def _bands(picture: Picture, step: int) -> Iterator[tuple[int, Image.Image]]:
    """Yield the place of the first row and the pixels of each band, by a multiple of `step` rows.

    Pixels are in the file's mode. The picture of a band is drawn over for the next.
    """
    file = picture.file
    width, height = file.size
    stride = (width * picture.data[24] * _SAMPLES[picture.data[25]] + 7) // 8
    rows = min(max(_BAND_BYTES // stride // step, 1) * step, height)
    band = Image.new(file.mode, (width, rows))
    top = 0
    for pixels in _unfiltered(picture.data, stride, rows, width, height):
        count = len(pixels) // stride
        if count < rows:
            band = Image.new(file.mode, (width, count))
        band.frombytes(pixels, "raw", file.tile[0].args, stride, 1)
        yield top, band
        top += count


def _unfiltered(data: bytes, stride: int, rows: int, width: int, height: int) -> Iterator[memoryview]:
    """Yield the pixels of each band; the memory is written over for the next."""
    depth, kind = data[24], data[25]
    filtered, above = FilteredRows(data), bytes(stride)
    buffer = (c_char * (stride * (rows + 1)))()
    pixels, stored, count = memoryview(buffer).cast("B"), None, rows
    for top in range(0, height, rows):
        if stored is None or top + rows > height:
            count = min(rows, height - top)
            stored = StoredBand(width, depth, _UNFILTERED_LIKE.get(kind, kind), stride + 1, count)
        stored.fill(above, filtered)
        _decode(stored.data, buffer, stride * (count + 1))
        above = bytes(pixels[stride * count : stride * (count + 1)])
        yield pixels[stride : stride * (count + 1)]


def _decode(data: bytearray, buffer: Array[c_char], size: int) -> None:
    """Fill the buffer with the rows of a whole file, as they are stored."""
    library = libspng()
    if library is None:
        raise _RefusedError
    context = library.spng_ctx_new(_IGNORE_ADLER32)
    try:
        steps = (
            library.spng_set_crc_action(context, _USE, _USE),
            library.spng_set_png_buffer(context, (c_char * len(data)).from_buffer(data), len(data)),
            library.spng_decode_image(context, buffer, size, _AS_STORED, 0),
        )
    finally:
        library.spng_ctx_free(context)
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
        library.spng_set_png_buffer.argtypes = (c_void_p, c_void_p, c_size_t)
        library.spng_decode_image.argtypes = (c_void_p, c_void_p, c_size_t, c_int, c_int)
    except (OSError, AttributeError):
        return None
    return library if library.spng_version_string().startswith(_VERSION) else None
