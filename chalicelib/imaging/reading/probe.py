"""The facts of a picture, from its header."""

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageFacts
from chalicelib.domain.variants.limits import Limits
from chalicelib.imaging.reading.containers.frames import count_gif_frames
from chalicelib.imaging.reading.opening import Picture
from chalicelib.imaging.reading.orientation import is_sideways

_ANIMATED = frozenset({ImageFormat.PNG, ImageFormat.WEBP, ImageFormat.AVIF})
_ALPHA_MODES = frozenset({"RGBA", "LA", "PA", "RGBa", "La"})


def facts_of(picture: Picture, limits: Limits) -> ImageFacts:
    """Return the facts of an opened picture; raises LimitExceededError for an animation that is too large."""
    size = picture.file.size
    width, height = size[::-1] if is_sideways(picture.orientation) else size
    frames = _count_frames(picture, limits)
    facts = ImageFacts(picture.format, width, height, picture.orientation, frames, _has_alpha(picture))
    limits.check_animation(facts)
    return facts


def _count_frames(picture: Picture, limits: Limits) -> int:
    if picture.format is ImageFormat.GIF:
        return count_gif_frames(picture.data, limits.max_frames)
    if picture.format not in _ANIMATED:
        return 1
    frames: int = getattr(picture.file, "n_frames", 1)
    return max(frames - _still_stand_ins(picture), 1)


def _still_stand_ins(picture: Picture) -> int:
    """Count the picture that an APNG may hold for viewers that cannot animate."""
    return 1 if getattr(picture.file, "default_image", False) else 0


def _has_alpha(picture: Picture) -> bool:
    return picture.file.mode in _ALPHA_MODES or "transparency" in picture.file.info
