"""The facts of a picture, from its header."""

from PIL.ImageFile import ImageFile

from chalicelib.domain.formats import ImageFormat
from chalicelib.domain.images import ImageFacts
from chalicelib.imaging.orientation import is_sideways, read_orientation

_ANIMATED = frozenset({ImageFormat.GIF, ImageFormat.PNG, ImageFormat.WEBP, ImageFormat.AVIF})
_ALPHA_MODES = frozenset({"RGBA", "LA", "PA", "RGBa", "La"})


def facts_of(image_format: ImageFormat, image: ImageFile) -> ImageFacts:
    """Return the facts of an opened picture; counting the frames of a GIF reads through the file."""
    orientation = read_orientation(image)
    width, height = image.size[::-1] if is_sideways(orientation) else image.size
    frames = getattr(image, "n_frames", 1) if image_format in _ANIMATED else 1
    return ImageFacts(image_format, width, height, orientation, frames, has_alpha(image))


def has_alpha(image: ImageFile) -> bool:
    """Tell whether a picture may have transparent pixels."""
    return image.mode in _ALPHA_MODES or "transparency" in image.info
