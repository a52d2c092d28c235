"""The variants that clients ask for most, made before anybody asks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import parse_qsl, urlencode

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.heads import ServableImage
from chalicelib.domain.images.images import ImageFacts, ImageType
from chalicelib.domain.variants.limits import Limits
from chalicelib.domain.variants.options import ImageProcessingOptions, RequestedFormat
from chalicelib.domain.variants.plan import RenderPlan, make_plan

_SIZES = {
    "fillWidth": "fill_width",
    "fillHeight": "fill_height",
    "maxWidth": "max_width",
    "maxHeight": "max_height",
    "width": "width",
    "height": "height",
}
_FIELDS = _SIZES | {"quality": "quality"}
_ACCEPTED = {
    "webp": frozenset({ImageFormat.WEBP}),
    "avif": frozenset({ImageFormat.AVIF}),
    "none": frozenset[ImageFormat](),
}
_ACCEPTED_UNSAID = "webp"


@dataclass(frozen=True, slots=True)
class Popular:
    """Which options are asked of which image type."""

    options: tuple[tuple[ImageType, ImageProcessingOptions], ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `Primary?fillWidth=238&fillHeight=357&quality=96&accept=webp Backdrop?maxWidth=…`.

        The entries look like the ends of image URLs; `accept` is the format that the client lists, webp, avif
        or none; without it webp, as browsers do. Raises ValueError for an unknown type or name.
        """
        return cls(tuple(_entry(entry) for entry in text.split()))

    def plans(self, image_type: ImageType, facts: ImageFacts, limits: Limits) -> Iterator[RenderPlan]:
        """Yield what is worth making of an image, each plan once."""
        made = (make_plan(facts, options, limits) for kind, options in self.options if kind is image_type)
        yield from dict.fromkeys(plan for plan in made if plan)


def popular_entry(
    image: ServableImage, options: ImageProcessingOptions, plan: RenderPlan, limits: Limits
) -> str | None:
    """Return the entry that makes beforehand what was asked for, and planned; equal asks have the same.

    None where no entry can: something is drawn, or the format is one that no entry names, or that is answered
    only to who insists on it.
    """
    if (accepted := _accepted(options)) is None:
        return None
    said = {} if accepted == _ACCEPTED_UNSAID else {"accept": accepted}
    text = "?".join(part for part in (image.image_type.value, urlencode(_numbers(options) | said)) if part)
    _, its_options = _entry(text)
    return text if make_plan(image.facts, its_options, limits) == plan else None


def _numbers(options: ImageProcessingOptions) -> dict[str, int]:
    """Return what sizes and quality mean: a size that is not above 0 is none, a quality is 0 to 100."""
    numbers = {name: getattr(options, field) for name, field in _SIZES.items()}
    sizes = {name: value for name, value in numbers.items() if value and value > 0}
    return sizes if options.quality is None else sizes | {"quality": min(max(options.quality, 0), 100)}


def _accepted(options: ImageProcessingOptions) -> str | None:
    """Name the format that is answered by what a client would list to get it; WebP goes before AVIF."""
    if options.format:
        return {RequestedFormat.WEBP: "webp", RequestedFormat.AVIF: "avif"}.get(options.format)
    return next((name for name, formats in _ACCEPTED.items() if formats <= options.accepted), None)


def _entry(text: str) -> tuple[ImageType, ImageProcessingOptions]:
    name, _, query = text.partition("?")
    if (image_type := ImageType.parse(name)) is None:
        raise ValueError(f"{name!r} is not an image type.")
    values = dict(parse_qsl(query, strict_parsing=bool(query)))
    accepted = values.pop("accept", _ACCEPTED_UNSAID)
    if unknown := (values.keys() - _FIELDS.keys()) | ({accepted} - _ACCEPTED.keys()):
        raise ValueError(f"{text!r} has unknown parts: {', '.join(sorted(unknown))}.")
    numbers = {_FIELDS[field]: int(value) for field, value in values.items()}
    options = ImageProcessingOptions(**numbers)  # type: ignore[arg-type]  # _FIELDS are its numeric fields
    return image_type, replace(options, accepted=_ACCEPTED[accepted])
