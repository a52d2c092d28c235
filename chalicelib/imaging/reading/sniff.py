"""Which format bytes are in, and the one Pillow plugin that reads it; no other plugin is ever asked."""

from importlib import import_module
from io import BytesIO

from PIL.ImageFile import ImageFile

from chalicelib.domain.images.formats import ImageFormat, sniff
from chalicelib.errors import InvalidImageError

_PLUGINS = {
    ImageFormat.JPG: ("PIL.JpegImagePlugin", "JpegImageFile"),
    ImageFormat.PNG: ("PIL.PngImagePlugin", "PngImageFile"),
    ImageFormat.GIF: ("PIL.GifImagePlugin", "GifImageFile"),
    ImageFormat.WEBP: ("PIL.WebPImagePlugin", "WebPImageFile"),
    ImageFormat.AVIF: ("PIL.AvifImagePlugin", "AvifImageFile"),
    ImageFormat.BMP: ("PIL.BmpImagePlugin", "BmpImageFile"),
    ImageFormat.TIFF: ("PIL.TiffImagePlugin", "TiffImageFile"),
    ImageFormat.HEIC: ("pi_heif.as_plugin", "HeifImageFile"),
    ImageFormat.JP2: ("PIL.Jpeg2KImagePlugin", "Jpeg2KImageFile"),
    ImageFormat.ICO: ("PIL.IcoImagePlugin", "IcoImageFile"),
}
_HEIC_THREADS = 2
"""As many as the function has processors."""


def sniffed(data: bytes) -> ImageFormat:
    """Tell the format by the first bytes; raises InvalidImageError for any that is not wanted."""
    if image_format := sniff(data):
        return image_format
    message = (
        "Unsupported picture format. Send JPEG, PNG, GIF, WebP, AVIF, HEIC, JPEG 2000, BMP, TIFF or ICO."
    )
    raise InvalidImageError(message)


def open_as(image_format: ImageFormat, data: bytes) -> ImageFile:
    """Read the header of a picture; each plugin costs an import, so only the one needed is imported."""
    module, name = _PLUGINS[image_format]
    plugin: type[ImageFile] = getattr(import_module(module), name)
    if image_format is ImageFormat.HEIC:
        import_module("pi_heif").options.DECODE_THREADS = _HEIC_THREADS
    return plugin(BytesIO(data))
