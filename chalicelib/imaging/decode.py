"""The first frame of a picture, in the colours and at the size that the plan needs."""

from io import BytesIO
from math import ceil

from PIL import Image
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from chalicelib.domain.formats import ImageFormat
from chalicelib.domain.geometry import Size
from chalicelib.domain.plan import RenderPlan
from chalicelib.imaging.colour import is_plain, resizable, to_srgb
from chalicelib.imaging.jpeg_scans import without_fine_luma
from chalicelib.imaging.orientation import is_sideways, upright
from chalicelib.imaging.reading import Picture
from chalicelib.imaging.resize import Box, filter_for, resized, resized_ycc

_SMALLEST_DRAFT = 1.5
"""How much larger than the result a JPEG is decoded at least; less costs SSIM, more costs time."""
_EIGHTH = 8
_CHROMA_HALVED = frozenset({ImageFormat.JPG, ImageFormat.WEBP, ImageFormat.AVIF})


def decode_at(picture: Picture, plan: RenderPlan) -> Image.Image:
    """Return the first frame in sRGB, upright and at the planned size; it does not keep the file's buffers."""
    size = plan.size[::-1] if is_sideways(picture.orientation) else plan.size
    profile = picture.file.info.get("icc_profile")
    if picture.format is ImageFormat.JPG:
        small = _decode_jpeg(
            picture, size, plan, keep_ycc=plan.format in _CHROMA_HALVED and is_plain(profile)
        )
    else:
        picture.file.load()
        image = resizable(picture.file)
        small = resized(image, size, resampling=filter_for(image, plan))
    frame = to_srgb(upright(small, picture.orientation), profile)
    return frame.copy() if isinstance(frame, ImageFile) else frame


def _decode_jpeg(picture: Picture, size: Size, plan: RenderPlan, *, keep_ycc: bool) -> Image.Image:
    """Decode at a half, a quarter or an eighth where that is enough; in YCbCr when the caller can use it."""
    full_width = picture.file.width
    file = picture.file
    box = _draft(file, size, keep_ycc=keep_ycc)
    if file.width * (_EIGHTH - 1) < full_width:
        fewer_scans = without_fine_luma(picture.data)
        if fewer_scans is not picture.data:
            file = JpegImageFile(BytesIO(fewer_scans))
            box = _draft(file, size, keep_ycc=keep_ycc)
            file.decodermaxblock = len(fewer_scans) + 1
    file.load()
    resampling = filter_for(file, plan)
    if file.mode == "YCbCr":
        return resized_ycc(file, size, box, resampling)
    return resized(resizable(file), size, box, resampling)


def _draft(file: ImageFile, size: Size, *, keep_ycc: bool) -> Box | None:
    """Have a JPEG decoded smaller; returns what of the result is the picture.

    An eighth of 2,725 pixels are 341, of which the last is a part; to resize all of it would move the picture.
    """
    needed = ceil(size[0] * _SMALLEST_DRAFT), ceil(size[1] * _SMALLEST_DRAFT)
    drafted = file.draft("YCbCr" if keep_ycc and _stores_ycc(file) else None, needed)
    return drafted[1] if drafted else None


def _stores_ycc(file: ImageFile) -> bool:
    """Tell whether libjpeg will take three components for YCbCr and not for RGB; by its own rule."""
    if file.mode != "RGB":
        return False
    if "jfif" in file.info:
        return True
    components = bytes(layer[0] for layer in getattr(file, "layer", ()))
    return file.info.get("adobe_transform", 1) != 0 and components != b"RGB"
