"""Which format an answer has: the one asked for, else one that the client lists, else Jellyfin's choice."""

from dataclasses import replace

from chalicelib.domain.images.formats import OUTPUT_FORMATS, ImageFormat
from chalicelib.domain.images.images import ImageFacts
from chalicelib.domain.variants.geometry import Size
from chalicelib.domain.variants.options import ImageProcessingOptions, RequestedFormat

_SHOWN_EVERYWHERE = frozenset({ImageFormat.JPG, ImageFormat.PNG, ImageFormat.GIF})

_AVIF_PIXELS, _AVIF_WIDTH, _AVIF_HEIGHT = 8_912_896, 8_192, 4_352
"""The largest picture of AVIF's baseline profile (AVIF 1.1, section 8.2). Its encoder takes 29 bytes a pixel."""
CLEAR_WEBP_PIXELS = 16_000_000
"""The largest transparent WebP that is made; its encoder takes 30 bytes for a pixel."""


def answers_stored(facts: ImageFacts, options: ImageProcessingOptions) -> bool:
    """Tell whether the stored format may be answered."""
    if options.format is RequestedFormat.ORIGINAL:
        return True
    if options.format:
        return options.format.image_format is facts.format
    return facts.format in _SHOWN_EVERYWHERE | options.accepted


def fitting(facts: ImageFacts, options: ImageProcessingOptions, size: Size) -> ImageProcessingOptions:
    """Return what a client asks that lists no format, where a variant is too large for the one it would get."""
    if _fits(output_format(facts, options), facts, size):
        return options
    return replace(options, format=None, accepted=frozenset())


def output_format(facts: ImageFacts, options: ImageProcessingOptions) -> ImageFormat:
    """Return the format of a variant.

    WebP goes before AVIF: at the speed a request can wait for, AVIF takes twice its time and as many bytes.
    """
    if options.format is RequestedFormat.ORIGINAL:
        return facts.format if facts.format in OUTPUT_FORMATS else _without_accept(facts)
    if options.format and (asked := options.format.image_format):
        return asked
    if ImageFormat.WEBP in options.accepted:
        return ImageFormat.WEBP
    if ImageFormat.AVIF in options.accepted and not facts.is_animated:
        return ImageFormat.AVIF
    return _without_accept(facts)


def _fits(wanted: ImageFormat, facts: ImageFacts, size: Size) -> bool:
    width, height = size
    match wanted:
        case ImageFormat.AVIF:
            return width <= _AVIF_WIDTH and height <= _AVIF_HEIGHT and width * height <= _AVIF_PIXELS
        case ImageFormat.WEBP:
            return not facts.has_alpha or width * height <= CLEAR_WEBP_PIXELS
        case _:
            return True


def _without_accept(facts: ImageFacts) -> ImageFormat:
    if facts.format in _SHOWN_EVERYWHERE:
        return facts.format
    if facts.format is ImageFormat.WEBP or facts.has_alpha or facts.is_animated:
        return ImageFormat.PNG
    return ImageFormat.JPG
