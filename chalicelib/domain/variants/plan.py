"""What the pipeline will do with a picture: every choice made, every number whole."""

from dataclasses import dataclass, replace
from math import isfinite

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageFacts
from chalicelib.domain.variants.colours import Rgba, over_black, parse_colour
from chalicelib.domain.variants.geometry import Size, fit_within, target_size
from chalicelib.domain.variants.limits import Limits
from chalicelib.domain.variants.negotiation import answers_stored, fitting, output_format
from chalicelib.domain.variants.options import NEGOTIABLE, ImageProcessingOptions

DEFAULT_QUALITY = 90
STEP_QUALITY = 98
_LOSSY = frozenset({ImageFormat.JPG, ImageFormat.WEBP, ImageFormat.AVIF})
_ANIMATED = frozenset({ImageFormat.GIF, ImageFormat.PNG, ImageFormat.WEBP})
_CLEAR: Rgba = (0, 0, 0, 0)
_JELLYFIN_FOREGROUND = 0.4
_DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class RenderPlan:
    """How to make a variant; the picture is `width` by `height` pixels as displayed.

    `quality` is None where the format loses nothing; `blur` is a sigma in pixels of the variant; `background`
    is painted behind the picture; `foreground` is the alpha of black laid over it; `played` is how many
    columns of the played bar are filled, None for no bar; `unplayed` is the badge's count, 0 for no badge.
    """

    width: int
    height: int
    format: ImageFormat
    quality: int | None = None
    blur: int = 0
    background: Rgba | None = None
    foreground: int = 0
    played: int | None = None
    unplayed: int = 0
    animated: bool = False

    @property
    def size(self) -> Size:
        """Return width and height."""
        return self.width, self.height

    @property
    def draws(self) -> bool:
        """Tell whether anything is done to the picture besides resizing it."""
        return bool(
            self.blur or self.background or self.foreground or self.unplayed or self.played is not None
        )


def make_plan(
    facts: ImageFacts, options: ImageProcessingOptions, limits: Limits = _DEFAULT_LIMITS
) -> RenderPlan | None:
    """Decide how to answer; None means with the stored bytes. Raises InvalidInputError for a bad colour."""
    size = target_size((facts.width, facts.height), options)
    fitted = fitting(facts, options, size)
    plan = _full_plan(facts, fitted, size)
    if _keeps_every_pixel(plan, facts) and (answers_stored(facts, options) or answers_stored(facts, fitted)):
        return None
    if not facts.is_animated or plan.format not in _ANIMATED:
        return plan
    if limits.allows_redrawing(facts):
        return replace(plan, animated=True)
    return _too_long_to_redraw(plan, facts, options)


def make_step_plan(facts: ImageFacts, long_side: int) -> RenderPlan | None:
    """Plan a step of the ladder; None when the picture is no larger, or moves."""
    size = fit_within((facts.width, facts.height), long_side)
    if facts.is_animated or size == (facts.width, facts.height):
        return None
    if facts.has_alpha:
        return RenderPlan(*size, ImageFormat.PNG)
    return RenderPlan(*size, ImageFormat.JPG, STEP_QUALITY)


def varies_by_accept(
    facts: ImageFacts, options: ImageProcessingOptions, limits: Limits = _DEFAULT_LIMITS
) -> bool:
    """Tell whether another Accept header would get another answer."""
    webp = frozenset({ImageFormat.WEBP})
    classes = (frozenset[ImageFormat](), webp, NEGOTIABLE - webp, NEGOTIABLE)
    return len({make_plan(facts, replace(options, accepted=accepted), limits) for accepted in classes}) > 1


def _full_plan(facts: ImageFacts, options: ImageProcessingOptions, size: Size) -> RenderPlan:
    encoding = output_format(facts, options)
    played = _played(size[0], options.percent_played)
    return RenderPlan(
        *size,
        encoding,
        quality=_quality(encoding, options.quality),
        blur=min(max(options.blur or 0, 0), max(size)),
        background=_background(facts, encoding, options.background_color),
        foreground=_foreground(options.foreground_layer),
        played=played,
        unplayed=max(options.unplayed_count or 0, 0) if played is None else 0,
    )


def _keeps_every_pixel(plan: RenderPlan, facts: ImageFacts) -> bool:
    """Tell whether the plan neither draws, nor resizes, nor loses quality on purpose."""
    untouched = RenderPlan(facts.width, facts.height, plan.format, plan.quality)
    return plan == untouched and (plan.quality is None or plan.quality >= DEFAULT_QUALITY)


def _too_long_to_redraw(
    plan: RenderPlan, facts: ImageFacts, options: ImageProcessingOptions
) -> RenderPlan | None:
    """Answer the stored animation, or its first frame where the client insists on another format."""
    insisted = options.format.image_format if options.format else None
    return None if insisted in {None, facts.format} else plan


def _quality(encoding: ImageFormat, quality: int | None) -> int | None:
    if encoding not in _LOSSY:
        return None
    return DEFAULT_QUALITY if quality is None else min(max(quality, 0), 100)


def _background(facts: ImageFacts, encoding: ImageFormat, text: str | None) -> Rgba | None:
    colour = parse_colour(text, "backgroundColor") if text else _CLEAR
    if not facts.has_alpha:
        return None
    if encoding is ImageFormat.JPG:
        return over_black(colour)
    return colour if colour[3] else None


def _foreground(text: str | None) -> int:
    """Turn the picture's opacity into the alpha of the black above it, as Jellyfin does."""
    if not text:
        return 0
    try:
        opacity = float(text)
    except ValueError:
        opacity = _JELLYFIN_FOREGROUND
    if not isfinite(opacity):
        opacity = _JELLYFIN_FOREGROUND
    return int((1 - min(max(opacity, 0.0), 1.0)) * 255)


def _played(width: int, percent: float | None) -> int | None:
    """Return how many columns are played; the bar leaves the last one free."""
    if percent is None or not 0 < percent < 100:  # noqa: PLR2004  # all of it is no bar
        return None
    return round((width - 1) * percent / 100)
