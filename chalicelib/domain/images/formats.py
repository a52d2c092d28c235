"""Picture formats: what may be stored and what may be answered."""

from enum import StrEnum


class ImageFormat(StrEnum):
    """A picture format by the name that Jellyfin's `format` parameter gives it; those from Avif on are ours."""

    JPG = "Jpg"
    PNG = "Png"
    GIF = "Gif"
    WEBP = "Webp"
    BMP = "Bmp"
    AVIF = "Avif"
    TIFF = "Tiff"
    HEIC = "Heic"
    JP2 = "Jp2"
    ICO = "Ico"

    @property
    def mime_type(self) -> str:
        """Return the registered media type."""
        return f"image/{_SUBTYPES.get(self, self.value.lower())}"

    @property
    def extension(self) -> str:
        """Return the customary file name ending, without its dot."""
        return self.value.lower()


_SUBTYPES = {ImageFormat.JPG: "jpeg", ImageFormat.ICO: "vnd.microsoft.icon"}

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
    (b"II+\0", ImageFormat.TIFF),
    (b"MM\0+", ImageFormat.TIFF),
    (b"\0\0\0\x0cjP  \r\n\x87\n", ImageFormat.JP2),
    (b"\xff\x4f\xff\x51", ImageFormat.JP2),
    (b"\0\0\1\0", ImageFormat.ICO),
)
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
_MOST_BRAND_BYTES = 1_024
_CONTAINER_BRANDS = frozenset({b"mif1", b"msf1"})
"""Of files that hold a picture in some coding; which one, the brands after the first tell."""


def sniff(data: bytes) -> ImageFormat | None:
    """Return the format that the first bytes announce, None when it is none of ours."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ImageFormat.WEBP
    if data[4:8] == b"ftyp":
        return _by_brand(data)
    return next((fmt for magic, fmt in _MAGIC if data.startswith(magic)), None)


def _by_brand(data: bytes) -> ImageFormat | None:
    """Return the format of a file of boxes (ISO 14496-12): by its brands."""
    end = min(int.from_bytes(data[:4]), _MOST_BRAND_BYTES)
    brands = [data[8:12], *(data[n : n + 4] for n in range(16, end, 4))]
    if brands[0] in _CONTAINER_BRANDS:
        if _HEIC_BRANDS.intersection(brands) and not _AVIF_BRANDS.intersection(brands):
            return ImageFormat.HEIC
        return ImageFormat.AVIF
    if brands[0] in _AVIF_BRANDS:
        return ImageFormat.AVIF
    return ImageFormat.HEIC if brands[0] in _HEIC_BRANDS else None
