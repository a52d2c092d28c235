"""Opening a stranger's bytes: limits first, and whatever Pillow trips over becomes an InvalidImageError."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from struct import unpack_from

from PIL import Image
from PIL.ImageFile import ImageFile

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.variants.limits import Limits
from chalicelib.errors import InvalidImageError, ServiceError
from chalicelib.imaging.reading.colour_codes import coded_profile, png_profile
from chalicelib.imaging.reading.containers.boxes import colour_code, jp2_profile, with_plain_items
from chalicelib.imaging.reading.containers.icons import largest_picture
from chalicelib.imaging.reading.containers.jpeg_end import ended, without_notes
from chalicelib.imaging.reading.containers.png_chunks import PNG_SIGNATURE, slimmed
from chalicelib.imaging.reading.orientation import exif_orientation
from chalicelib.imaging.reading.sniff import open_as, sniffed

_GIF_HEADER_BYTES = 10
_TURNED_BY_READER = frozenset({ImageFormat.TIFF, ImageFormat.HEIC})
_CODED = frozenset({ImageFormat.AVIF, ImageFormat.HEIC})


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
        case ImageFormat.JPG:
            return _opened_jpeg(data)
        case ImageFormat.ICO:
            return _opened_icon(data)
        case _:
            file = open_as(image_format, with_plain_items(data) if image_format is ImageFormat.HEIC else data)
            file.info.pop("xmp", None)  # Pillow turns a TIFF by it
            is_turned = image_format in _TURNED_BY_READER
            orientation = 1 if is_turned else exif_orientation(file.info.get("exif"))
            profile = file.info.get("icc_profile") or _profile_in_boxes(image_format, data)
            return Picture(data, image_format, file, orientation, profile)


def _profile_in_boxes(image_format: ImageFormat, data: bytes) -> bytes | None:
    """Return what Pillow does not read."""
    if image_format is ImageFormat.JP2:
        return jp2_profile(data)
    if image_format in _CODED and (code := colour_code(data)):
        return coded_profile(*code)
    return None


def _opened_jpeg(data: bytes) -> Picture:
    data = ended(data)
    try:
        file = open_as(ImageFormat.JPG, data)
    except Exception:  # noqa: BLE001  # Pillow raises whatever a camera's note makes it trip over
        data = without_notes(data)
        file = open_as(ImageFormat.JPG, data)
    orientation = exif_orientation(file.info.get("exif"))
    return Picture(data, ImageFormat.JPG, file, orientation, file.info.get("icc_profile"))


def _opened_icon(data: bytes) -> Picture:
    largest = largest_picture(data)
    if largest.startswith(PNG_SIGNATURE):
        return replace(_opened_png(largest), format=ImageFormat.ICO)
    return Picture(largest, ImageFormat.ICO, open_as(ImageFormat.ICO, largest))


def _opened_png(data: bytes) -> Picture:
    slim = slimmed(data)
    file = open_as(ImageFormat.PNG, slim.data)
    orientation = exif_orientation(slim.descriptions.get(b"eXIf"))
    return Picture(slim.data, ImageFormat.PNG, file, orientation, png_profile(slim.descriptions))


Image.MAX_IMAGE_PIXELS = Limits().max_pixels
"""A second fence, inside Pillow, for sizes that a file states late; ours are checked first and say more."""
