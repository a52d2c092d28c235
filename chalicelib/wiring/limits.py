"""The bounds of what is decoded, from the settings."""

from chalicelib.domain.variants.limits import Limits
from chalicelib.settings import Settings


def limits_of(settings: Settings) -> Limits:
    """Return the limits of a deployment; its largest upload, of either kind, bounds the bytes."""
    return Limits(
        max_bytes=max(settings.max_upload_bytes, settings.max_ticket_upload_bytes),
        max_side=settings.max_image_side,
        max_pixels=settings.max_image_pixels,
        max_frames=settings.max_image_frames,
        max_animation_pixels=settings.max_animation_pixels,
        max_rendered_animation_pixels=settings.max_redrawn_pixels,
    )
