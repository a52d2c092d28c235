"""Making pictures smaller. Figures in comments are from `make bench`."""

from math import ceil, floor

from PIL import Image

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.variants.geometry import Size
from chalicelib.domain.variants.plan import FINE_QUALITY, RenderPlan
from chalicelib.imaging.convolution import Box, convolved, takes

FINE_GAP = 2.0
"""Averaging whole blocks first, down to twice the size, costs 0.003 of SSIM and halves the time."""
_SMALL_PIXELS = 250_000
"""A small PNG is resized by a shorter filter: a third less time, a tenth fewer bytes, for 0.004."""
_SHORT_SHRINK = 2
"""A JPEG made less than so much smaller gets the shorter filter too: an eighth less time, 3 % fewer bytes, for
0.002 to 0.003; further down, and in a WebP, it costs more than it is worth."""
_REACH = 4
"""How many pixels of the result, at most, a filter spreads a pixel of the picture to each side."""
_FAINT = [0] + [255] * 5 + [0] * 250
"""Opacities of 2 % and less: what a filter with negative lobes leaves around hard edges. Half of a logo's bytes."""


def filter_for(decoded: Size, plan: RenderPlan) -> Image.Resampling:
    """Return the fastest filter that a picture decoded at a size can be resized by and not be seen to suffer."""
    planned = plan.width * plan.height
    if plan.format is ImageFormat.PNG:
        is_short = planned <= _SMALL_PIXELS
    else:
        is_near = decoded[0] * decoded[1] < planned * _SHORT_SHRINK**2
        is_short = is_near and plan.format is ImageFormat.JPG and (plan.quality or 0) <= FINE_QUALITY
    return Image.Resampling.BICUBIC if is_short else Image.Resampling.LANCZOS


def filter_for_frames(plan: RenderPlan) -> Image.Resampling:
    """Return the filter for the frames of an animation: for a lossy one the shorter, by which a third is saved."""
    is_lossy = plan.format is ImageFormat.WEBP and (plan.quality or 0) <= FINE_QUALITY
    return Image.Resampling.BICUBIC if is_lossy else Image.Resampling.LANCZOS


def block(whole: Size, size: Size, gap: float) -> tuple[int, int]:
    """Return how many columns and rows `Image.resize` averages first, down to `gap` times a size."""
    across, down = (int(old / new / gap) or 1 for old, new in zip(whole, size, strict=True))
    return across, down


def begins_with_rows(whole: Size, size: Size) -> bool:
    """Tell whether `Image.resize` resizes rows before columns: not where columns lose more than twice as much."""
    (old_width, old_height), (width, height) = whole, size
    return old_height - height <= max(2 * (old_width - width), 0)


def resized(
    image: Image.Image,
    size: Size,
    box: Box | None = None,
    resampling: Image.Resampling = Image.Resampling.LANCZOS,
    gap: float = FINE_GAP,
) -> Image.Image:
    """Return a picture, or a box of it, at a size.

    Transparency is averaged premultiplied, so that no edge darkens. Where Pillow resizes, it averages whole blocks
    first, down to `gap` times the size.
    """
    if box is None and image.size == size:
        return image
    small = (
        convolved(image, size, resampling, box)
        if takes(image, resampling)
        else image.resize(size, resampling, box, reducing_gap=gap)
    )
    return _without_ghosts(small, resampling)


def resized_premultiplied(
    image: Image.Image, size: Size, box: Box | None, resampling: Image.Resampling
) -> Image.Image:
    """Return a premultiplied picture, or a box of it, at a size, as RGBA."""
    return _without_ghosts(resized(image, size, box, resampling).convert("RGBA"), resampling)


def resized_visible(image: Image.Image, size: Size, resampling: Image.Resampling) -> Image.Image:
    """Return an RGBA picture at a size, looking only at what can be seen: around a logo there is much that cannot.

    Not for the frames of an animation: the blocks that are averaged first lie where the visible part begins, so
    what stands still would not.
    """
    if image.size == size:
        return image
    canvas = Image.new("RGBA", size)
    if (visible := image.getbbox()) is None:
        return canvas
    left, right = _reached(visible[0], visible[2], image.width, size[0])
    upper, lower = _reached(visible[1], visible[3], image.height, size[1])
    across, down = image.width / size[0], image.height / size[1]
    source = left * across, upper * down, right * across, lower * down
    part = resized(image, (right - left, lower - upper), source, resampling)
    if part.size == size:
        return part
    canvas.paste(part, (left, upper))
    return canvas


def resized_ycc(
    image: Image.Image,
    size: Size,
    box: Box | None = None,
    resampling: Image.Resampling = Image.Resampling.LANCZOS,
) -> Image.Image:
    """Return a YCbCr picture, or a box of it, at a size, for a lossy encoder: it keeps a quarter of the chroma.

    Where Pillow resizes, only the luma gets the slow filter; the chroma is averaged to half the size and doubled.
    Half the time of resizing three channels alike, at the same SSIM and the same bytes.
    """
    if box is None and image.size == size:
        return image
    if takes(image, resampling):
        return convolved(image, size, resampling, box)
    luma, blue, red = image.split()
    channels = (
        resized(luma, size, box, resampling),
        _half_chroma(blue, size, box),
        _half_chroma(red, size, box),
    )
    return Image.merge("YCbCr", channels)


def _half_chroma(channel: Image.Image, size: Size, box: Box | None) -> Image.Image:
    half = ((size[0] + 1) // 2, (size[1] + 1) // 2)
    is_whole = box is None and channel.width % half[0] == 0 and channel.height % half[1] == 0
    small = channel.resize(half, Image.Resampling.BOX, box, reducing_gap=1.0 if is_whole else None)
    doubled = small.resize((half[0] * 2, half[1] * 2), Image.Resampling.NEAREST)
    return doubled if doubled.size == size else doubled.crop((0, 0, *size))


def _reached(first: int, end: int, length: int, resized_length: int) -> tuple[int, int]:
    """Return the pixels of the result, from and to, that pixels of the picture have a part in."""
    scale = resized_length / length
    reach = _REACH * max(scale, 1)
    return max(floor(first * scale - reach), 0), min(ceil(end * scale + reach), resized_length)


def _without_ghosts(image: Image.Image, resampling: Image.Resampling) -> Image.Image:
    """Clear what the filter left around hard edges of a picture that was made by it."""
    if image.mode == "RGBA" and resampling is Image.Resampling.LANCZOS:
        image.paste((0, 0, 0, 0), (0, 0, *image.size), image.getchannel("A").point(_FAINT))
    return image
