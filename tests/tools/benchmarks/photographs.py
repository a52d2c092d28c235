"""The inputs of the benchmark: photographs that nobody here made, in the codings that libraries hold.

pillow-heif's source distribution carries pictures of cameras and phones, of 11 to 33 megapixels, in HEIC, which
sharp does not read: they are stored as JPEG, WebP, PNG and AVIF first. scikit-image's pictures and Pillow's GIF
are used as they are.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from pi_heif import register_heif_opener
from PIL import Image, ImageDraw, ImageOps

from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.variants.plan import make_step_plan
from chalicelib.imaging.renderer import PillowRenderer

_LARGEST = 5160, 7740
"""Just below the 40 million pixels that are taken."""

type Recipe = Callable[[], bytes]


def make_inputs(packages: Path, target: Path) -> dict[str, Path]:
    """Write the inputs that are missing from a folder and return all of them by name."""
    target.mkdir(parents=True, exist_ok=True)
    register_heif_opener()
    recipes = _as_they_are(packages) | _photographs(packages, target) | _drawn(packages)
    for name, make in recipes.items():
        if not (target / name).exists():
            (target / name).write_bytes(make())
    return {name: target / name for name in recipes}


def _as_they_are(packages: Path) -> dict[str, Recipe]:
    files = {
        "hubble.jpg": "skimage/data/hubble_deep_field.jpg",
        "retina.jpg": "skimage/data/retina.jpg",
        "rocket.jpg": "skimage/data/rocket.jpg",
        "astronaut.png": "skimage/data/astronaut.png",
        "coffee.png": "skimage/data/coffee.png",
        "logo.png": "skimage/data/logo.png",
        "chi.gif": "pillow_heif-*/tests/images/non_heif/chi.gif",
        "iss634.gif": "pillow-*/Tests/images/iss634.gif",
    }
    return {name: _file(packages, pattern).read_bytes for name, pattern in files.items()}


def _photographs(packages: Path, target: Path) -> dict[str, Recipe]:
    """Store pictures of a dog, a cat, an arrow on asphalt and a guitar as other cameras and sites do."""

    def picture(name: str) -> Image.Image:
        with Image.open(_file(packages, f"pillow_heif-*/tests/images/**/{name}")) as image:
            plain = image.convert("RGB")
        plain.info.clear()
        return plain

    def profile(name: str) -> bytes:
        with Image.open(_file(packages, f"pillow_heif-*/tests/images/**/{name}")) as image:
            return bytes(image.info["icc_profile"])

    return {
        "dog-12mp-420.jpg": lambda: _jpeg(picture("pug.heic")),
        "cat-12mp-422.jpg": lambda: _jpeg(picture("cat.hif"), subsampling="4:2:2"),
        "arrow-12mp-444.jpg": lambda: _jpeg(picture("arrow.heic"), subsampling="4:4:4"),
        "guitar-33mp.jpg": lambda: _jpeg(picture("guitar_cw90.hif")),
        "guitar-step-480.jpg": lambda: _step(target / "guitar-33mp.jpg", 480),
        "guitar-24mp.webp": lambda: _saved(
            picture("guitar_cw90.hif").resize((4000, 6000)), "WEBP", quality=85
        ),
        "guitar-40mp.webp": lambda: _saved(picture("guitar_cw90.hif").resize(_LARGEST), "WEBP", quality=85),
        "guitar-40mp.png": lambda: _saved(
            picture("guitar_cw90.hif").resize(_LARGEST), "PNG", compress_level=3
        ),
        "guitar-40mp.jpg": lambda: _jpeg(picture("guitar_cw90.hif").resize(_LARGEST)),
        "dog-progressive.jpg": lambda: _jpeg(picture("pug.heic"), progressive=True),
        "arrow-p3.jpg": lambda: _jpeg(picture("arrow.heic"), icc_profile=profile("arrow.heic")),
        "cat-4k.jpg": lambda: _jpeg(ImageOps.fit(picture("cat.hif"), (3840, 2160))),
        "dog-poster.jpg": lambda: _jpeg(ImageOps.fit(picture("pug.heic"), (1000, 1500))),
        "dog-hd.jpg": lambda: _jpeg(ImageOps.fit(picture("pug.heic"), (1920, 1080))),
        "cat-10mp.webp": lambda: _saved(picture("cat.hif").resize((3872, 2586)), "WEBP", quality=85),
        "arrow-1mp.webp": lambda: _saved(picture("arrow.heic").resize((1024, 1365)), "WEBP", quality=85),
        "dog-3mp.avif": lambda: _saved(picture("pug.heic").resize((2016, 1512)), "AVIF", quality=70),
        "dog-3mp.png": lambda: _saved(picture("pug.heic").resize((2016, 1512)), "PNG"),
    }


def _drawn(packages: Path) -> dict[str, Recipe]:
    """Make logos of photographs: soft letters, and a soft edge."""

    def astronaut(size: tuple[int, int]) -> Image.Image:
        with Image.open(_file(packages, "skimage/data/astronaut.png")) as image:
            return ImageOps.fit(image.convert("RGB"), size, Image.Resampling.LANCZOS)

    return {
        "vignette.png": lambda: _saved(_vignetted(astronaut((1600, 1200))), "PNG"),
        "letters.png": lambda: _saved(_letters(astronaut((800, 310))), "PNG"),
    }


def _vignetted(image: Image.Image) -> Image.Image:
    image.putalpha(Image.radial_gradient("L").resize(image.size).point(lambda value: 255 - value // 2))
    return image


def _letters(texture: Image.Image) -> Image.Image:
    """Cut soft-edged letters out of a texture, as the lettering of a title is."""
    mask = Image.new("L", (3200, 1240))
    draw = ImageDraw.Draw(mask)
    for n in range(8):
        draw.ellipse((n * 400 + 20, 120, n * 400 + 380, 1120), fill=255)
        draw.ellipse((n * 400 + 130, 320, n * 400 + 270, 920), fill=0)
    logo = texture.copy()
    logo.putalpha(mask.resize((800, 310), Image.Resampling.LANCZOS))
    return logo


def _jpeg(image: Image.Image, **settings: object) -> bytes:
    return _saved(image, "JPEG", quality=92, **settings)


def _saved(image: Image.Image, name: str, **settings: object) -> bytes:
    stream = BytesIO()
    image.save(stream, name, **settings)
    return stream.getvalue()


def _step(original: Path, long_side: int) -> bytes:
    renderer, data = PillowRenderer(), original.read_bytes()
    plan = make_step_plan(renderer.probe(data), long_side)
    return renderer.render(data, plan, NO_DEADLINE).data if plan else data


def _file(packages: Path, pattern: str) -> Path:
    return next(iter(sorted(packages.glob(pattern))))
