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
from chalicelib.imaging.reading.boxes import colour_code
from chalicelib.imaging.reading.colour_codes import coded_profile, png_profile
from chalicelib.imaging.reading.orientation import exif_orientation
from chalicelib.imaging.reading.png_chunks import slimmed
from chalicelib.imaging.reading.sniff import open_as, sniffed

_GIF_HEADER_BYTES = 10


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture whose header is read and whose pixels are not.

    `orientation` is what is left to be undone; `profile` is the ICC profile of the colours, None for sRGB.
    """

    data: bytes
    format: ImageFormat
    file: ImageFile
    orientation: int = 1
    profile: bytes | None = None


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
        picture = _opened(image_format, data)
        limits.check_sides(*picture.file.size)
        picture.file.decodermaxblock = (
            len(picture.data) + 1
        )  # one call of the decoder instead of one every 64 KiB
        return picture


def _opened(image_format: ImageFormat, data: bytes) -> Picture:
    """Read the header and what it says about colours and orientation; a note in XMP is no camera's."""
    match image_format:
        case ImageFormat.PNG:
            return _opened_png(data)
        case ImageFormat.TIFF:
            file = open_as(image_format, data)
            profile = file.info.get("icc_profile")
            file.info.pop("xmp", None)  # Pillow turns a TIFF by itself, and by XMP too
            return Picture(data, image_format, file, profile=profile)
        case _:
            file = open_as(image_format, data)
            profile = file.info.get("icc_profile")
            if profile is None and image_format is ImageFormat.AVIF and (code := colour_code(data)):
                profile = coded_profile(*code)
            return Picture(data, image_format, file, exif_orientation(file.info.get("exif")), profile)


def _opened_png(data: bytes) -> Picture:
    slim = slimmed(data)
    file = open_as(ImageFormat.PNG, slim.data)
    orientation = exif_orientation(slim.descriptions.get(b"eXIf"))
    return Picture(slim.data, ImageFormat.PNG, file, orientation, png_profile(slim.descriptions))


Image.MAX_IMAGE_PIXELS = Limits().max_pixels
"""A second fence, inside Pillow, for sizes that a file states late; ours are checked first and say more."""
