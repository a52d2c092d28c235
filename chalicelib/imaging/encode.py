"""Writing a variant; what the original said about camera, place and colours is not passed on."""

from collections.abc import Callable, Mapping
from io import BytesIO

from PIL import Image

from chalicelib.domain.formats import ImageFormat
from chalicelib.domain.plan import RenderPlan


def encode(image: Image.Image, plan: RenderPlan) -> bytes:
    """Write a still picture in the plan's format."""
    stream = BytesIO()
    name, settings = _SETTINGS[plan.format]
    picture = image.convert("RGB") if plan.format is ImageFormat.JPG else image
    bare = picture.copy()
    bare.info = {}
    bare.save(stream, name, **settings(plan))
    return stream.getvalue()


type _Settings = Callable[[RenderPlan], Mapping[str, object]]
_SETTINGS: Mapping[ImageFormat, tuple[str, _Settings]] = {
    ImageFormat.JPG: ("JPEG", lambda plan: {"quality": max(plan.quality or 0, 1), "subsampling": "4:2:0"}),
    ImageFormat.PNG: ("PNG", lambda _: {"compress_level": 6}),
    ImageFormat.GIF: ("GIF", lambda _: {}),
    ImageFormat.WEBP: ("WEBP", lambda plan: {"quality": plan.quality, "method": 2}),
    ImageFormat.AVIF: ("AVIF", lambda plan: {"quality": plan.quality, "speed": 8, "max_threads": 1}),
}
