"""What is laid behind and over the whole picture; each step returns its input if nothing is asked of it."""

from functools import partial

from PIL import Image, ImageFilter

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.variants.colours import Rgba
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.imaging.bands import in_bands

_OPAQUE = 255
_FINE_BLUR = 3
"""A blur of so many pixels looks the same whether it is done at full size or on a picture reduced to it."""


def in_rgb(image: Image.Image, plan: RenderPlan) -> Image.Image:
    """Leave YCbCr, in which a JPEG was resized, unless it goes straight into a JPEG again."""
    if image.mode != "YCbCr" or (plan.format is ImageFormat.JPG and not plan.draws):
        return image
    return image.convert("RGB")


def blurred(image: Image.Image, plan: RenderPlan) -> Image.Image:
    """Blur; the picture is thought to go on beyond its edges in their colours, so that they do not darken."""
    if not plan.blur:
        return image
    if image.mode == "RGBA":
        return _blurred(image.convert("RGBa"), plan.blur).convert("RGBA")
    return _blurred(image, plan.blur)


def _blurred(image: Image.Image, sigma: int) -> Image.Image:
    factor = max(sigma // _FINE_BLUR, 1)
    small = image.reduce(factor).filter(ImageFilter.GaussianBlur(sigma / factor))
    return small if factor == 1 else small.resize(image.size, Image.Resampling.BICUBIC)


def on_background(image: Image.Image, plan: RenderPlan) -> Image.Image:
    """Paint a colour behind transparent pixels; behind an opaque one nothing stays transparent."""
    if plan.background is None or image.mode != "RGBA":
        return image
    if plan.background[3] < _OPAQUE:
        return in_bands(image, partial(_over, colour=plan.background))
    canvas = Image.new("RGB", image.size, plan.background[:3])
    canvas.paste(image, mask=image)
    return canvas


def under_foreground(image: Image.Image, plan: RenderPlan) -> Image.Image:
    """Lay translucent black over everything, over what is transparent too."""
    if not plan.foreground:
        return image
    if image.mode == "RGBA":
        return in_bands(image, partial(_under, colour=(0, 0, 0, plan.foreground)))
    left = (_OPAQUE - plan.foreground) / _OPAQUE
    return image.point([round(value * left) for value in range(256)] * len(image.getbands()))


def _over(image: Image.Image, colour: Rgba) -> Image.Image:
    return Image.alpha_composite(Image.new("RGBA", image.size, colour), image)


def _under(image: Image.Image, colour: Rgba) -> Image.Image:
    return Image.alpha_composite(image, Image.new("RGBA", image.size, colour))
