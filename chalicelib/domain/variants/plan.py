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
FINE_QUALITY = 95
"""Who asks for more than this asks for all there is; the ladder is one who does."""
_LOSSY = frozenset({ImageFormat.JPG, ImageFormat.WEBP, ImageFormat.AVIF})
_ANIMATED = frozenset({ImageFormat.GIF, ImageFormat.PNG, ImageFormat.WEBP})
_CLEAR: Rgba = (0, 0, 0, 0)
_JELLYFIN_FOREGROUND = 0.4
_WEBP = frozenset({ImageFormat.WEBP})
_ACCEPTED = frozenset({frozenset[ImageFormat](), _WEBP, NEGOTIABLE - _WEBP, NEGOTIABLE})
"""What clients list, as far as it matters."""
_DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class RenderPlan:
    """How to make a variant; the picture is `width` by `height` pixels as displayed.

    `quality` is None where the format loses nothing; `blur` is a sigma in pixels of the variant; `background`
    is painted behind the picture; `foreground` is the alpha of black laid over it; `played` is how many
    columns of the played bar are filled, None for no bar; `unplayed` is the badge's count, 0 for no badge.
    With `most_bytes` the quality is lowered until the variant has no more.
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
    most_bytes: int | None = None

    @property
    def size(self) -> Size:
        """Return width and height."""
        return self.width, self.height

    @property
    def is_drawn_over(self) -> bool:
        """Tell whether the picture is blurred, or has a badge, a bar or a foreground above it."""
        return bool(self.blur or self.foreground or self.unplayed or self.played is not None)

    @property
    def draws(self) -> bool:
        """Tell whether anything is done to the picture besides resizing it."""
        return self.is_drawn_over or bool(self.background)


@dataclass(frozen=True, slots=True)
class Decision:
    """How a request is answered: by a plan, or None for the stored bytes; `varies` tells that Accept had a say."""

    plan: RenderPlan | None
    varies: bool


def decide(facts: ImageFacts, options: ImageProcessingOptions, limits: Limits = _DEFAULT_LIMITS) -> Decision:
    """Plan an answer, and find out whether another Accept would get another one.

    Sizes and drawings are planned once; only the encoding is then tried for each class of Accept, and not even
    that where the client names a format. Raises InvalidInputError for a bad colour.
    """
    drawing = _drawing(facts, options)
    plan = _encoded(drawing, facts, options, limits)
    if options.format:
        return Decision(plan, varies=False)
    others = (replace(options, accepted=accepted) for accepted in _ACCEPTED - {options.accepted})
    return Decision(plan, any(_encoded(drawing, facts, other, limits) != plan for other in others))


def make_plan(
    facts: ImageFacts, options: ImageProcessingOptions, limits: Limits = _DEFAULT_LIMITS
) -> RenderPlan | None:
    """Plan an answer; None means the stored bytes. Raises InvalidInputError for a bad colour."""
    return _encoded(_drawing(facts, options), facts, options, limits)


def make_step_plan(facts: ImageFacts, long_side: int) -> RenderPlan | None:
    """Plan a step of the ladder; None when the picture is no larger, or moves."""
    size = fit_within((facts.width, facts.height), long_side)
    if facts.is_animated or size == (facts.width, facts.height):
        return None
    if facts.has_alpha:
        return RenderPlan(*size, ImageFormat.PNG)
    return RenderPlan(*size, ImageFormat.JPG, STEP_QUALITY)


def _drawing(facts: ImageFacts, options: ImageProcessingOptions) -> RenderPlan:
    """Plan all that does not depend on the encoding: here that of the original, the quality as asked for."""
    size = target_size((facts.width, facts.height), options)
    played = _played(size[0], options.percent_played)
    return RenderPlan(
        *size,
        facts.format,
        quality=options.quality,
        blur=min(max(options.blur or 0, 0), max(size)),
        background=_background(facts, options.background_color),
        foreground=_foreground(options.foreground_layer),
        played=played,
        unplayed=max(options.unplayed_count or 0, 0) if played is None else 0,
    )


def _encoded(
    drawing: RenderPlan, facts: ImageFacts, options: ImageProcessingOptions, limits: Limits
) -> RenderPlan | None:
    """Complete a drawing for what the client lists; None when the stored bytes will do."""
    fitted = fitting(facts, options, drawing.size)
    encoding = output_format(facts, fitted)
    plan = replace(
        drawing,
        format=encoding,
        quality=_quality(encoding, drawing.quality),
        background=_behind(drawing.background, encoding),
    )
    if _keeps_every_pixel(plan, facts) and (answers_stored(facts, options) or answers_stored(facts, fitted)):
        return None
    if not facts.is_animated or plan.format not in _ANIMATED:
        return plan
    if limits.allows_redrawing(facts):
        return replace(plan, animated=True)
    return _too_long_to_redraw(plan, facts, options)


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


def _background(facts: ImageFacts, text: str | None) -> Rgba | None:
    """Return the colour behind a transparent picture; a bad one is refused behind any."""
    colour = parse_colour(text, "backgroundColor") if text else _CLEAR
    return colour if facts.has_alpha else None


def _behind(colour: Rgba | None, encoding: ImageFormat) -> Rgba | None:
    """Return what of a colour an encoding shows: JPEG has no transparency, so black shows through there."""
    if colour and encoding is ImageFormat.JPG:
        return over_black(colour)
    return colour if colour and colour[3] else None


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
