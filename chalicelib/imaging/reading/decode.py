"""The first frame of a picture, in the colours and at the size that the plan needs."""

from dataclasses import dataclass
from functools import partial
from math import ceil

from PIL import Image

from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.variants.geometry import Size
from chalicelib.domain.variants.plan import FINE_QUALITY, RenderPlan
from chalicelib.imaging.convolution import Box
from chalicelib.imaging.memory import keep_freed
from chalicelib.imaging.reading.animation import first_frame
from chalicelib.imaging.reading.colour import resizable, to_srgb
from chalicelib.imaging.reading.containers.png_pixels import with_deep_key
from chalicelib.imaging.reading.jpeg import jpeg_pixels
from chalicelib.imaging.reading.opening import Picture
from chalicelib.imaging.reading.orientation import is_sideways, upright
from chalicelib.imaging.reading.png import banded_png, in_time, load_png
from chalicelib.imaging.reading.webp import decoded_webp
from chalicelib.imaging.resize import (
    FINE_GAP,
    begins_with_rows,
    block,
    filter_for,
    resized,
    resized_premultiplied,
    resized_visible,
    resized_ycc,
)

_SMALLEST_DRAFT = 1.5
"""How much larger than the result a JPEG is decoded at least; less costs SSIM, more costs time."""
_SMALLEST_JPEG_DRAFT = 1.02
"""And for a JPEG up to quality 95: half the time."""
_SMALLEST_LARGE_DRAFT = 1.2
_LARGE_PIXELS = 8_000_000
"""And for a WebP or AVIF of a picture this large: mostly a camera took it, whose pixels are softer than those of an
artwork. Half the time, 5 % fewer bytes, 0.003 of SSIM; an artwork loses up to 0.012."""
_WEBP_GAP, _FINE_WEBP_GAP = 1.5, 3
"""How much larger a WebP is decoded, for a lossy variant and for others: libwebp averages whole areas."""
_LARGE_GAP = 1.2
"""The same of a large picture that is decoded whole, for a lossy variant: a fifth less time for a PNG."""
_IN_BANDS = {"L": "L", "RGB": "RGB", "RGBA": "RGBa"}
"""Modes of a PNG that is made smaller while it is decoded, and those in which it is: transparency premultiplied."""
_CHROMA_HALVED = frozenset({ImageFormat.JPG, ImageFormat.WEBP, ImageFormat.AVIF})


@dataclass(frozen=True, slots=True)
class Decoded:
    """The pixels of a first frame; of them the box is the picture (None: all), and orientation is to be undone."""

    image: Image.Image
    box: Box | None
    resampling: Image.Resampling
    icc_profile: bytes | None
    orientation: int
    gap: float = FINE_GAP


def decode(picture: Picture, plan: RenderPlan, deadline: Deadline = NO_DEADLINE) -> Decoded:
    """Decode the first frame, no larger than the plan needs it, in a mode that can be resized.

    The caller should forget the picture then: the reader of a WebP holds three more copies of the pixels.
    """
    if picture.format is ImageFormat.JPG:
        return _decode_jpeg(picture, plan)
    if picture.format is ImageFormat.WEBP and (scaled := _decode_webp(picture, plan)):
        return scaled
    if decoded := _decode_in_bands(picture, plan, deadline):
        return decoded
    keep_freed(picture.file.width * picture.file.height)
    pixels: Image.Image = picture.file if load_png(picture, deadline) else first_frame(picture)
    if picture.format is ImageFormat.WEBP:
        pixels = pixels.copy()
    image = resizable(with_deep_key(picture, pixels))
    return Decoded(
        image, None, filter_for(image.size, plan), picture.profile, picture.orientation, _gap(picture, plan)
    )


def at_size(decoded: Decoded, plan: RenderPlan) -> Image.Image:
    """Return a decoded frame upright, at the planned size, in sRGB, or YCbCr if it was left in that."""
    small = _resized(decoded, _stored_size(decoded.orientation, plan))
    return to_srgb(upright(small, decoded.orientation), decoded.icc_profile)


def _resized(decoded: Decoded, size: Size) -> Image.Image:
    if decoded.image.mode == "RGBa":
        return resizable(resized_premultiplied(decoded.image, size, decoded.box, decoded.resampling))
    if decoded.image.mode == "RGBA":
        return resized_visible(decoded.image, size, decoded.resampling)
    if decoded.image.mode == "YCbCr":
        return resized_ycc(decoded.image, size, decoded.box, decoded.resampling)
    return resized(decoded.image, size, decoded.box, decoded.resampling, decoded.gap)


def _stored_size(orientation: int, plan: RenderPlan) -> Size:
    """Return the planned size as the file has it, before the picture is put upright."""
    return plan.size[::-1] if is_sideways(orientation) else plan.size


def _decode_webp(picture: Picture, plan: RenderPlan) -> Decoded | None:
    """Decode an opaque still while libwebp averages it down; None for others, and where libwebp refuses."""
    file = picture.file
    if file.mode != "RGB" or getattr(file, "is_animated", False):
        return None
    coarse = _is_coarse(plan)
    gap = _WEBP_GAP if coarse else _FINE_WEBP_GAP
    width, height = (ceil(side * gap) for side in _stored_size(picture.orientation, plan))
    is_scaled = width < file.width and height < file.height
    size = (width, height) if is_scaled else file.size
    keep_freed(size[0] * size[1])
    if (image := decoded_webp(picture.data, size)) is None:
        return None
    resampling = Image.Resampling.HAMMING if is_scaled and coarse else filter_for(image.size, plan)
    return Decoded(image, None, resampling, picture.profile, picture.orientation)


def _decode_in_bands(picture: Picture, plan: RenderPlan, deadline: Deadline) -> Decoded | None:
    """Decode a PNG while blocks of it are averaged, or its rows are resized; None for any other picture.

    A small PNG with transparency is not taken: what of it can be seen is resized alone. The result is what resizing
    the whole picture makes of it; the filter is chosen by what is left to be resized.
    """
    file, size = picture.file, _stored_size(picture.orientation, plan)
    mode = _IN_BANDS.get(file.mode)
    if file.format != "PNG" or mode is None or "transparency" in file.info:
        return None
    if mode != file.mode and not is_large(picture):
        return None
    across, down = block(file.size, size, _gap(picture, plan))
    keep_freed(size[0] * size[1])
    if (across, down) != (1, 1):
        small = ceil(file.width / across), ceil(file.height / down)
        resampling = filter_for(small, plan)
        reduced = in_time(lambda band: band.reduce((across, down)), deadline)
        image = banded_png(picture, small, reduced, down, mode)
        box = (0.0, 0.0, file.width / across, file.height / down)
    elif size[0] < file.width and begins_with_rows(file.size, size):
        narrow = size[0], file.height
        resampling = filter_for(file.size, plan)
        narrowed = in_time(partial(_narrowed, width=size[0], resampling=resampling), deadline)
        image = banded_png(picture, narrow, narrowed, 1, mode)
        box = None
    else:
        return None
    if image is None:
        return None
    return Decoded(image, box, resampling, picture.profile, picture.orientation)


def _narrowed(band: Image.Image, width: int, resampling: Image.Resampling) -> Image.Image:
    return resized(band, (width, band.height), resampling=resampling)


def _decode_jpeg(picture: Picture, plan: RenderPlan) -> Decoded:
    """Decode at as few eighths as are enough (jpeg.py says which); in YCbCr when the encoder can use it."""
    width, height = _stored_size(picture.orientation, plan)
    least = _least_draft(picture, plan)
    needed = ceil(width * least), ceil(height * least)
    image, box = jpeg_pixels(picture, needed, keep_ycc=plan.format in _CHROMA_HALVED)
    return Decoded(image, box, filter_for(image.size, plan), picture.profile, picture.orientation)


def _is_coarse(plan: RenderPlan) -> bool:
    """Tell whether the variant loses detail anyway; who asks for all there is gets it."""
    return plan.format in _CHROMA_HALVED and (plan.quality or 0) <= FINE_QUALITY


def is_large(picture: Picture) -> bool:
    """Tell whether it has as many pixels as what a camera takes: they are softer then, as a rule."""
    return picture.file.width * picture.file.height >= _LARGE_PIXELS


def _gap(picture: Picture, plan: RenderPlan) -> float:
    """Return down to how many times the planned size blocks are averaged, where no decoder does so."""
    return _LARGE_GAP if _is_coarse(plan) and is_large(picture) else FINE_GAP


def _least_draft(picture: Picture, plan: RenderPlan) -> float:
    """Return how many times the planned size a JPEG must be decoded at least."""
    if not _is_coarse(plan):
        return _SMALLEST_DRAFT
    if plan.format is ImageFormat.JPG:
        return _SMALLEST_JPEG_DRAFT
    return _SMALLEST_LARGE_DRAFT if is_large(picture) else _SMALLEST_DRAFT
