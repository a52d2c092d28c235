"""Opening a stranger's bytes: limits first, and whatever Pillow trips over becomes an InvalidImageError."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from struct import unpack_from

from PIL import Image
from PIL.ImageFile import ImageFile

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.variants.limits import Limits
from chalicelib.errors import InvalidImageError, ServiceError
from chalicelib.imaging.reading.orientation import read_orientation
from chalicelib.imaging.reading.sniff import open_as, sniffed

_GIF_HEADER_BYTES = 10


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture whose header is read and whose pixels are not; `orientation` is what is left to be undone."""

    data: bytes
    format: ImageFormat
    file: ImageFile
    orientation: int


@contextmanager
def reading() -> Iterator[None]:
    """Turn what reading a picture raises into InvalidImageError; our own errors pass."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except ServiceError:
        raise
    except MemoryError as error:
        message = "The picture needs more memory than there is."
        raise InvalidImageError(message) from error
    except Exception as error:
        # Pillow's plugins raise whatever their parsing trips over, from struct.error to IndexError.
        message = f"The picture cannot be read: {error}"[:200]
        raise InvalidImageError(message) from error


def open_picture(data: bytes, limits: Limits) -> Picture:
    """Read the header of a picture within the limits."""
    with reading():
        limits.check_size(len(data))
        image_format = sniffed(data)
        if image_format is ImageFormat.GIF and len(data) >= _GIF_HEADER_BYTES:
            limits.check_sides(*unpack_from("<HH", data, 6))  # opening a GIF may already fill a frame
        file = open_as(image_format, data)
        limits.check_sides(*file.size)
        file.decodermaxblock = len(data) + 1  # one call of the decoder instead of one every 64 KiB
        turned_by_pillow = image_format is ImageFormat.TIFF
        orientation = 1 if turned_by_pillow else read_orientation(file, data)
        return Picture(data, image_format, file, orientation)


Image.MAX_IMAGE_PIXELS = Limits().max_pixels
"""A second fence, inside Pillow, for sizes that a file states late; ours are checked first and say more."""
