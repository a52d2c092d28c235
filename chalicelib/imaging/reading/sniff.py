"""Which format bytes are in, and the one Pillow plugin that reads it; no other plugin is ever asked."""

from io import BytesIO

from PIL.ImageFile import ImageFile

from chalicelib.domain.images.formats import ImageFormat, sniff
from chalicelib.errors import InvalidImageError


def sniffed(data: bytes) -> ImageFormat:
    """Tell the format by the first bytes; raises InvalidImageError for any that is not wanted."""
    if image_format := sniff(data):
        return image_format
    message = "The bytes are no picture; wanted are JPEG, PNG, GIF, WebP, AVIF, BMP and TIFF."
    raise InvalidImageError(message)


def open_as(image_format: ImageFormat, data: bytes) -> ImageFile:  # noqa: PLR0911  # one return a format
    """Read the header of a picture; each plugin costs an import, so only the one needed is imported."""
    stream = BytesIO(data)
    match image_format:
        case ImageFormat.JPG:
            from PIL.JpegImagePlugin import JpegImageFile

            return JpegImageFile(stream)
        case ImageFormat.PNG:
            from PIL.PngImagePlugin import PngImageFile

            return PngImageFile(stream)
        case ImageFormat.GIF:
            from PIL.GifImagePlugin import GifImageFile

            return GifImageFile(stream)
        case ImageFormat.WEBP:
            from PIL.WebPImagePlugin import WebPImageFile

            return WebPImageFile(stream)
        case ImageFormat.AVIF:
            from PIL.AvifImagePlugin import AvifImageFile

            return AvifImageFile(stream)
        case ImageFormat.BMP:
            from PIL.BmpImagePlugin import BmpImageFile

            return BmpImageFile(stream)
        case ImageFormat.TIFF:
            from PIL.TiffImagePlugin import TiffImageFile

            return TiffImageFile(stream)
