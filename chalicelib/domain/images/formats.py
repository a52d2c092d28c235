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

_MAGIC = (
    (b"\xff\xd8\xff", ImageFormat.JPG),
    (b"\x89PNG\r\n\x1a\n", ImageFormat.PNG),
    (b"GIF87a", ImageFormat.GIF),
    (b"GIF89a", ImageFormat.GIF),
    (b"BM", ImageFormat.BMP),
    (b"II*\0", ImageFormat.TIFF),
    (b"MM\0*", ImageFormat.TIFF),
)
_AVIF_BRANDS = frozenset({b"avif", b"avis", b"mif1", b"msf1"})


def sniff(data: bytes) -> ImageFormat | None:
    """Return the format that the first bytes announce, None when it is none of ours."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ImageFormat.WEBP
    if data[4:8] == b"ftyp" and data[8:12] in _AVIF_BRANDS:
        return ImageFormat.AVIF
    return next((fmt for magic, fmt in _MAGIC if data.startswith(magic)), None)
