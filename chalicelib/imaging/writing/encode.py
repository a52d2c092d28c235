"""Writing a variant; what the original said about camera, place and colours is not passed on."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.variants.plan import FINE_QUALITY, RenderPlan
from chalicelib.imaging.writing.gif import gif_animation
from chalicelib.imaging.writing.palette import to_palette, to_palettes
from chalicelib.imaging.writing.quantization import quantization_tables
from chalicelib.imaging.writing.timing import clamped_durations, clamped_plays

_SMALL_PIXELS = 250_000
"""Own Huffman tables make a JPEG 2 to 5 % smaller and its encoding thrice as long: only where that is little; a
larger one gets a lower quality. So does level 4 of a PNG, by 3 to 9 %."""
_FILTERED = 1
"""zlib's strategy for what is left of a row after its neighbours are taken from it."""
_OPAQUE_EVERYWHERE = (255, 255)
_LESS, _LESS_SOFT, _LESS_CLEAR, _LESS_AVIF, _LESS_JPEG = 0.4, 1, 1.5, 1, 0.5
"""Steps of quality for as many bytes as a slow method has: 1 to 6 % fewer, for 0.001 of SSIM or less. What a camera
took, what moves and what is blurred is soft, and a fast method spends most on it."""
_NO_KEYFRAMES = {"kmax": 0}
"""For a WebP: nobody seeks in what plays in a loop, and each would be stored whole."""


@dataclass(frozen=True, slots=True)
class Animation:
    """Frames of one size with the milliseconds that each is shown; `plays` is 0 for ever."""

    frames: Sequence[Image.Image]
    durations: Sequence[int]
    plays: int


def encode(image: Image.Image, plan: RenderPlan, *, soft: bool = False) -> bytes:
    """Write a still picture in the plan's format; `soft` tells that it is as soft as what a camera takes."""
    hides = image.mode == "RGBA" and plan.format is not ImageFormat.JPG and not _is_opaque(image)
    prepared = _prepared(image, hides=hides)
    settings = _settings(plan, hides=hides, soft=soft)
    return _save(to_palette(prepared) if plan.format is ImageFormat.GIF else prepared, plan, settings)


def encode_animation(animation: Animation, plan: RenderPlan) -> bytes:
    """Write a moving picture as GIF, WebP or APNG."""
    hides = not all(frame.mode == "RGB" or _is_opaque(frame) for frame in animation.frames)
    frames = [_prepared(frame, hides=hides) for frame in animation.frames]
    plays = clamped_plays(plan.format, animation.plays)
    if plan.format is ImageFormat.GIF:
        frames = to_palettes(frames)
        return gif_animation(frames, clamped_durations(plan.format, frames, animation.durations), plays)
    durations = clamped_durations(plan.format, frames, animation.durations)
    more = {"save_all": True, "append_images": frames[1:], "duration": durations, "loop": plays}
    return _save(frames[0], plan, _settings(plan, hides=hides, soft=True) | more | _NO_KEYFRAMES)


def _prepared(image: Image.Image, *, hides: bool) -> Image.Image:
    """Forget what reading has remembered (comments, profiles, positions), and an alpha that hides nothing."""
    mode = "RGBA" if hides else "RGB"
    if image.mode not in {mode, "YCbCr"}:
        image = image.convert(mode)
    image.info = {}
    return image


def _save(image: Image.Image, plan: RenderPlan, settings: dict[str, object]) -> bytes:
    stream = BytesIO()
    image.save(stream, _import_writer(plan.format), **settings)
    return stream.getvalue()


def _is_opaque(image: Image.Image) -> bool:
    return image.getchannel("A").getextrema() == _OPAQUE_EVERYWHERE


def _import_writer(image_format: ImageFormat) -> str:
    """Import the plugin that writes a format, before Pillow would import all of them in search of it."""
    match image_format:
        case ImageFormat.WEBP:
            from PIL import WebPImagePlugin  # noqa: F401
        case ImageFormat.AVIF:
            from PIL import AvifImagePlugin  # noqa: F401
        case _:
            pass
    return "JPEG" if image_format is ImageFormat.JPG else image_format.value.upper()


def _settings(plan: RenderPlan, *, hides: bool, soft: bool) -> dict[str, object]:
    """Return the encoder's settings, by `make bench`: the fastest whose bytes and SSIM are not worse."""
    is_small = plan.width * plan.height <= _SMALL_PIXELS
    match plan.format:
        case ImageFormat.JPG:
            return {"subsampling": "4:2:0"} | _jpeg_quality(plan, is_small=is_small)
        case ImageFormat.PNG:
            return {"compress_level": 4 if is_small else 3, "compress_type": _FILTERED}
        case ImageFormat.WEBP:
            # Transparency is kept exactly, unless bytes are bounded.
            alpha = plan.quality if plan.most_bytes else 100
            method = 3 if plan.animated else 2
            less = _LESS_CLEAR if hides else _LESS_SOFT if soft or plan.blur else _LESS
            return {"quality": _lowered(plan, less), "method": method, "alpha_quality": alpha}
        case ImageFormat.AVIF:
            return {"quality": _lowered(plan, _LESS_AVIF), "speed": 9, "max_threads": 1}
        case _:
            return {}


def _jpeg_quality(plan: RenderPlan, *, is_small: bool) -> dict[str, object]:
    if is_small or (plan.quality or 0) > FINE_QUALITY:
        return {"quality": max(plan.quality or 0, 1), "optimize": is_small}
    return {"qtables": quantization_tables(max(_lowered(plan, _LESS_JPEG), 1))}


def _lowered(plan: RenderPlan, less: float) -> float:
    """Return the quality that a fast method is given, lower than asked for; above 95 all that is asked for."""
    asked = plan.quality or 0
    return asked if asked > FINE_QUALITY else max(asked - less, 0)
