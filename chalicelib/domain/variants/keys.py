"""The key of a variant's blob: equal plans have equal keys, different plans different ones."""

from chalicelib.domain.variants.colours import Rgba
from chalicelib.domain.variants.plan import RenderPlan

PIPELINE_VERSION = 10
"""Raised when the pipeline draws the same plan differently, so that no older variant is answered."""

VARIANTS = "variants/"
"""What the keys of all variants begin with."""

TRANSIENT = "transient/"
"""What the keys of variants begin with that are kept for a day, only so that a redirect can lead to them."""


def variant_prefix(tag: str) -> str:
    """Return what the keys of all variants of one stored image begin with, whatever pipeline drew them."""
    return f"{VARIANTS}{tag}/"


def transient_prefix(tag: str) -> str:
    """Return what the keys of all transient variants of one stored image begin with."""
    return f"{TRANSIENT}{tag}/"


def transient_key(tag: str, plan: RenderPlan) -> str:
    """Return the key of a variant that is kept for a day."""
    return f"{transient_prefix(tag)}{variant_name(plan)}"


def variant_key(tag: str, plan: RenderPlan) -> str:
    """Return the key of the variant that a plan makes of the image with that tag."""
    return f"{variant_prefix(tag)}{variant_name(plan)}"


def variant_name(plan: RenderPlan) -> str:
    """Return the name of what a plan makes of any image: it is part of the blob's key and of the entity tag."""
    return f"v{PIPELINE_VERSION}-{'-'.join(_parts(plan))}.{plan.format.extension}"


def _parts(plan: RenderPlan) -> list[str]:
    optional = (
        ("q", plan.quality),
        ("blur", plan.blur or None),
        ("bg", _hex(plan.background)),
        ("fg", plan.foreground or None),
        ("played", plan.played),
        ("unplayed", plan.unplayed or None),
        ("animated", "" if plan.animated else None),
        ("most", plan.most_bytes),
    )
    return [f"{plan.width}x{plan.height}", *(f"{name}{v}" for name, v in optional if v is not None)]


def _hex(colour: Rgba | None) -> str | None:
    return bytes(colour).hex() if colour else None
