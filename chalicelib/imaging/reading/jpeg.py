"""The pixels of a JPEG, decoded no larger than they are needed.

libjpeg computes fewer pixels of each block of 8 by 8. Pillow asks it for one, two or four eighths of the sides.
"""

from io import BytesIO
from math import ceil

from PIL import Image
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from chalicelib.domain.variants.geometry import Size
from chalicelib.imaging.convolution import Box
from chalicelib.imaging.memory import keep_freed
from chalicelib.imaging.reading.containers.jpeg_scans import without_fine_luma
from chalicelib.imaging.reading.opening import Picture

_EIGHTH = 8
_HALF, _THREE_EIGHTHS = (2, 0), (3, 0)
"""Pillow's settings of its decoder: by what sides are divided, of which libjpeg takes the next eighths above."""


def jpeg_pixels(picture: Picture, needed: Size, *, keep_ycc: bool) -> tuple[Image.Image, Box | None]:
    """Decode at an eighth, a quarter, three eighths or a half where that is enough, in YCbCr if that is to be kept.

    Returns what of the pixels is the picture, too; None is all.
    """
    full_width = picture.file.width
    file = picture.file
    box = _draft(file, needed, keep_ycc=keep_ycc)
    if file.width * (_EIGHTH - 1) < full_width:
        fewer_scans = without_fine_luma(picture.data)
        if fewer_scans is not picture.data:
            file = JpegImageFile(BytesIO(fewer_scans))
            box = _draft(file, needed, keep_ycc=keep_ycc)
            file.decodermaxblock = len(fewer_scans) + 1
    keep_freed(file.width * file.height)
    file.load()
    return file, box


def _draft(file: ImageFile, needed: Size, *, keep_ycc: bool) -> Box | None:
    """Have a JPEG decoded smaller, where that is enough; returns what of the result is the picture, None for all.

    An eighth of 2,725 pixels are 341, of which the last is a part; to resize all of it would move the picture.
    """
    whole = file.size
    drafted = file.draft("YCbCr" if keep_ycc and _stores_ycc(file) else None, needed)
    if file.decoderconfig == _HALF and all(
        3 * full >= 8 * least for full, least in zip(whole, needed, strict=True)
    ):
        return _three_eighths(file, whole)
    return drafted[1] if drafted and file.size != whole else None


def _three_eighths(file: ImageFile, whole: Size) -> Box:
    """Have a JPEG decoded at three eighths instead of a half, which leaves nearly half fewer pixels to resize."""
    file.decoderconfig = _THREE_EIGHTHS
    width, height = (side * 3 / 8 for side in whole)
    file._size = ceil(width), ceil(height)  # noqa: SLF001  # as Pillow's own draft does; there is no setter
    file.tile = [tile._replace(extents=(0, 0, *file.size)) for tile in file.tile]
    return 0, 0, width, height


def _stores_ycc(file: ImageFile) -> bool:
    """Tell whether libjpeg will take three components for YCbCr and not for RGB; by its own rule."""
    if file.mode != "RGB":
        return False
    if "jfif" in file.info:
        return True
    components = bytes(layer[0] for layer in getattr(file, "layer", ()))
    return file.info.get("adobe_transform", 1) != 0 and components != b"RGB"
