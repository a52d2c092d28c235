"""Picture formats: what may be stored and what may be answered."""

from enum import StrEnum


class ImageFormat(StrEnum):
    """A picture format by the name that Jellyfin's `format` parameter gives it; Avif and Tiff are ours."""

    JPG = "Jpg"
    PNG = "Png"
    GIF = "Gif"
    WEBP = "Webp"
    AVIF = "Avif"
    BMP = "Bmp"
    TIFF = "Tiff"

    @property
    def mime_type(self) -> str:
        """Return the registered media type."""
        return "image/jpeg" if self is ImageFormat.JPG else f"image/{self.value.lower()}"

    @property
    def extension(self) -> str:
        """Return the customary file name ending, without its dot."""
        return self.value.lower()


OUTPUT_FORMATS = frozenset(
    {ImageFormat.JPG, ImageFormat.PNG, ImageFormat.GIF, ImageFormat.WEBP, ImageFormat.AVIF}
)
"""Formats that a variant can have; the others can only be stored and passed through."""
