"""The inputs of the benchmark: real photographs, cut and scaled to the sizes of the tasks.

Pillow's source distribution carries a 10-megapixel camera picture (rocks and leaves, much fine detail), the
scan of a coloured engraving (poster-like: text and hatching) and a 2-megapixel still life. The 24-megapixel
picture is the first one enlarged, with sensor noise added. Animations pan over a photograph.
"""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageOps

from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.variants.plan import make_step_plan
from chalicelib.imaging.renderer import PillowRenderer

_NOISE = np.random.default_rng(7)


def make_inputs(pillow_tests: Path, target: Path) -> dict[str, Path]:
    """Write the inputs that are missing from a folder and return all of them by name."""
    target.mkdir(parents=True, exist_ok=True)
    camera = Image.open(pillow_tests / "fujifilm.mpo").convert("RGB")
    engraving = Image.open(pillow_tests / "balloon.jpf").convert("RGB")
    still = Image.open(pillow_tests / "xmp_test.jpg").convert("RGB")
    for photograph in (camera, engraving, still):
        photograph.info.clear()  # profiles are for the gallery
    recipes: dict[str, Callable[[], bytes]] = {
        "24mp.jpg": lambda: _jpeg(_noisy(_cover(camera, 6000, 4000))),
        "24mp-progressive.jpg": lambda: _jpeg(_noisy(_cover(camera, 6000, 4000)), progressive=True),
        "24mp-step-480.jpg": lambda: _step(target / "24mp.jpg", 480),
        "camera.jpg": lambda: _jpeg(_cover(camera, 2725, 2225)),
        "poster.jpg": lambda: _jpeg(_cover(engraving, 2000, 3000)),
        "poster-small.jpg": lambda: _jpeg(_cover(engraving, 1000, 1500)),
        "backdrop.jpg": lambda: _jpeg(_cover(camera, 3840, 2160)),
        "still.jpg": lambda: _jpeg(_cover(still, 1920, 1080)),
        "alpha.png": lambda: _png(_vignetted(_cover(camera, 2048, 1536))),
        "logo.png": lambda: _png(_logo(_gradient())),
        "textured-logo.png": lambda: _png(_logo(_cover(still, 800, 310))),
        "animation.gif": lambda: _gif(still),
    }
    for name, make in recipes.items():
        if not (target / name).exists():
            (target / name).write_bytes(make())
    return {name: target / name for name in recipes}


def _cover(image: Image.Image, width: int, height: int) -> Image.Image:
    """Scale and cut the middle of a picture to a size."""
    return ImageOps.fit(image, (width, height), Image.Resampling.LANCZOS)


def _noisy(image: Image.Image) -> Image.Image:
    grain = _NOISE.normal(0, 3, (image.height, image.width, 1)).astype(np.float32)
    return Image.fromarray((np.asarray(image) + grain).clip(0, 255).astype(np.uint8))


def _vignetted(image: Image.Image) -> Image.Image:
    image.putalpha(Image.radial_gradient("L").resize(image.size).point(lambda value: 255 - value // 2))
    return image


def _gradient() -> Image.Image:
    return ImageOps.colorize(Image.linear_gradient("L"), "#f6d365", "#b0302a").resize((800, 310))


def _logo(texture: Image.Image) -> Image.Image:
    """Cut soft-edged letters out of a texture, as the lettering of a title is."""
    mask = Image.new("L", (3200, 1240))
    draw = ImageDraw.Draw(mask)
    for n in range(8):
        draw.ellipse((n * 400 + 20, 120, n * 400 + 380, 1120), fill=255)
        draw.ellipse((n * 400 + 130, 320, n * 400 + 270, 920), fill=0)
    logo = texture.copy()
    logo.putalpha(mask.resize((800, 310), Image.Resampling.LANCZOS))
    return logo


def _pan(image: Image.Image, frames: int) -> Iterator[Image.Image]:
    for n in range(frames):
        yield image.crop((n * 12, n * 6, n * 12 + 960, n * 6 + 720)).resize((480, 360))


def _gif(image: Image.Image) -> bytes:
    first, *others = _pan(image, 24)
    stream = BytesIO()
    first.save(stream, "GIF", save_all=True, append_images=others, duration=80, loop=0)
    return stream.getvalue()


def _jpeg(image: Image.Image, *, progressive: bool = False) -> bytes:
    stream = BytesIO()
    image.save(stream, "JPEG", quality=92, progressive=progressive)
    return stream.getvalue()


def _step(original: Path, long_side: int) -> bytes:
    renderer, data = PillowRenderer(), original.read_bytes()
    plan = make_step_plan(renderer.probe(data), long_side)
    return renderer.render(data, plan, NO_DEADLINE).data if plan else data


def _png(image: Image.Image) -> bytes:
    stream = BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()
