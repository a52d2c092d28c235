"""Made-up landscapes: sky, light and ridges in a few colours, another one for every name.

They stand for photographs where the demo library needs more of them than are free of rights.
"""

from collections.abc import Iterator
from itertools import pairwise
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

type Size = tuple[int, int]
type Colour = tuple[int, int, int]

_PALETTES: tuple[tuple[Colour, Colour, Colour, Colour], ...] = (
    ((28, 34, 74), (232, 120, 92), (255, 214, 150), (24, 20, 46)),
    ((9, 32, 46), (52, 128, 132), (214, 232, 206), (8, 24, 34)),
    ((58, 22, 70), (214, 88, 120), (255, 196, 168), (34, 12, 42)),
    ((122, 170, 204), (226, 226, 214), (255, 250, 232), (46, 74, 88)),
    ((12, 12, 30), (60, 52, 120), (190, 190, 250), (8, 8, 20)),
    ((236, 170, 96), (250, 222, 170), (255, 250, 230), (112, 52, 34)),
    ((20, 58, 52), (130, 168, 96), (240, 236, 170), (12, 34, 32)),
    ((66, 30, 26), (198, 84, 46), (255, 190, 96), (30, 14, 14)),
    ((44, 62, 92), (142, 162, 186), (236, 232, 226), (28, 38, 56)),
)
"""Sky above, sky at the horizon, light, and the nearest ridge."""

_WIDEST = 1600
"""Pixels of the longer side that are drawn; more are only enlarged, there is nothing finer to see."""


def scene(name: str, size: Size, palette: int | None = None) -> Image.Image:
    """Draw the landscape of a name, at any size the same; `palette` chooses the colours, else the name does."""
    random = Random(name)  # noqa: S311  # variety, not secrecy
    scale = min(1.0, _WIDEST / max(size))
    drawn = (max(2, round(size[0] * scale)), max(2, round(size[1] * scale)))
    chosen = random.randrange(len(_PALETTES))
    above, horizon, light, near = _PALETTES[chosen if palette is None else palette % len(_PALETTES)]
    canvas = _gradient(drawn, above, horizon)
    canvas = _lit(
        canvas, light, (random.uniform(0.25, 0.75), random.uniform(0.3, 0.52)), random.uniform(0.05, 0.13)
    )
    count = random.randint(3, 6)
    for layer in range(count):
        depth = layer / (count - 1)
        colour = _between(_between(horizon, light, 0.25), near, 0.25 + 0.75 * depth)
        level = 0.55 + 0.33 * depth + random.uniform(-0.03, 0.03)
        line = list(_ridge(random, drawn, level, 0.2 * (1 - depth) + 0.05))
        ImageDraw.Draw(canvas).polygon([(0, drawn[1]), *line, (drawn[0], drawn[1])], colour)
    return canvas if drawn == size else canvas.resize(size, Image.Resampling.BICUBIC)


def _gradient(size: Size, above: Colour, below: Colour) -> Image.Image:
    share = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, below), Image.new("RGB", size, above), share)


def _lit(canvas: Image.Image, light: Colour, place: tuple[float, float], radius: float) -> Image.Image:
    """Put a sun or moon into the sky, with a glow around it."""
    across = min(canvas.size) * radius
    centre = (canvas.width * place[0], canvas.height * place[1])
    disc, glow = Image.new("L", canvas.size), Image.new("L", canvas.size)
    ImageDraw.Draw(disc).circle(centre, across, fill=255)
    ImageDraw.Draw(glow).circle(centre, across * 2.2, fill=120)
    glow = (
        glow.resize((64, 64))
        .filter(ImageFilter.GaussianBlur(6))
        .resize(canvas.size, Image.Resampling.BICUBIC)
    )
    return Image.composite(Image.new("RGB", canvas.size, light), canvas, ImageChops.lighter(glow, disc))


def _ridge(random: Random, size: Size, level: float, height: float) -> Iterator[tuple[float, float]]:
    """Yield the points of a ridge from left to right: the middle of each line is displaced, again and again."""
    points = [random.uniform(-1, 1), random.uniform(-1, 1)]
    roughness = 1.0
    while len(points) < 129:  # noqa: PLR2004  # seven times halved
        roughness *= 0.55
        middles = [(a + b) / 2 + random.uniform(-1, 1) * roughness for a, b in pairwise(points)]
        points = [point for pair in zip(points, middles, strict=False) for point in pair] + points[-1:]
    for n, point in enumerate(points):
        yield size[0] * n / (len(points) - 1), size[1] * (level + height * point * 0.5)


def _between(first: Colour, second: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue
