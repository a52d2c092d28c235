"""Which format an answer has: the one asked for, else one that the client lists, else Jellyfin's choice."""

from chalicelib.domain.formats import OUTPUT_FORMATS, ImageFormat
from chalicelib.domain.images import ImageFacts
from chalicelib.domain.options import ImageProcessingOptions, RequestedFormat

_SHOWN_EVERYWHERE = frozenset({ImageFormat.JPG, ImageFormat.PNG, ImageFormat.GIF})


def answers_stored(facts: ImageFacts, options: ImageProcessingOptions) -> bool:
    """Tell whether the stored format may be answered."""
    if options.format is RequestedFormat.ORIGINAL:
        return True
    if options.format:
        return options.format.image_format is facts.format
    return facts.format in _SHOWN_EVERYWHERE | options.accepted


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


def _without_accept(facts: ImageFacts) -> ImageFormat:
    if facts.format in _SHOWN_EVERYWHERE:
        return facts.format
    if facts.format is ImageFormat.WEBP or facts.has_alpha or facts.is_animated:
        return ImageFormat.PNG
    return ImageFormat.JPG
