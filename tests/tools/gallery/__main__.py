"""`make gallery`: draw every transformation, and the badge at every size, into .run/gallery.png."""

import os
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageSequence

from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.variants.options import ImageProcessingOptions, RequestedFormat
from chalicelib.domain.variants.plan import make_plan
from chalicelib.imaging.renderer import PillowRenderer
from tests.tools.benchmarks.corpora import pillow_test_images
from tests.tools.gallery.subjects import Subject, subjects

_WIDTH, _HEIGHT, _GAP = 240, 180, 26
_TRANSFORMATIONS = {
    "plain": ImageProcessingOptions(),
    "quality 10, Jpg": ImageProcessingOptions(quality=10, format=RequestedFormat.JPG),
    "blur 6": ImageProcessingOptions(blur=6),
    "blur 30": ImageProcessingOptions(blur=30),
    "background #336699": ImageProcessingOptions(background_color="#336699"),
    "background #80ffffff": ImageProcessingOptions(background_color="#80ffffff"),
    "foreground 0.4": ImageProcessingOptions(foreground_layer="0.4"),
    "played 40 %": ImageProcessingOptions(percent_played=40),
    "unplayed 7": ImageProcessingOptions(unplayed_count=7),
    "Avif": ImageProcessingOptions(format=RequestedFormat.AVIF),
    "Gif": ImageProcessingOptions(format=RequestedFormat.GIF),
}
_BADGE_SIZES = (20, 24, 28, 32, 40, 48, 56, 64, 80, 100, 128, 160)
_COUNTS = (1, 8, 12, 99, 150, 1500, 2**31 - 1)
_RENDERER = PillowRenderer()
_FONT = ImageFont.load_default(13)


def main() -> None:
    """Draw the page and say where it is."""
    shown = subjects(pillow_test_images())
    sheets = [_transformations(shown), _badges(shown[0]), _frames(shown[-1])]
    page = Image.new("RGB", (max(s.width for s in sheets), sum(s.height for s in sheets)), "white")
    top = 0
    for sheet in sheets:
        page.paste(sheet, (0, top))
        top += sheet.height
    target = Path(os.environ.get("RUN_DIR", ".run")) / "gallery.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    page.save(target)
    print(target)


def _transformations(shown: tuple[Subject, ...]) -> Image.Image:
    sheet = Image.new(
        "RGB", ((_WIDTH + _GAP) * len(_TRANSFORMATIONS), (_HEIGHT + _GAP) * len(shown)), "white"
    )
    for row, subject in enumerate(shown):
        for column, (name, options) in enumerate(_TRANSFORMATIONS.items()):
            asked = replace(options, max_width=_WIDTH, max_height=_HEIGHT)
            _place(sheet, _rendered(subject, asked), (column, row), f"{subject.name}: {name}")
    return sheet


def _badges(subject: Subject) -> Image.Image:
    rows, columns = len(_COUNTS), sum(_BADGE_SIZES) + 12 * len(_BADGE_SIZES)
    sheet = Image.new("RGB", (columns, rows * (max(_BADGE_SIZES) + 12)), "white")
    for row, count in enumerate(_COUNTS):
        left = 0
        for side in _BADGE_SIZES:
            options = ImageProcessingOptions(width=side, height=side, unplayed_count=count)
            sheet.paste(_rendered(subject, options).convert("RGB"), (left, row * (max(_BADGE_SIZES) + 12)))
            left += side + 12
    return sheet


def _frames(subject: Subject) -> Image.Image:
    options = ImageProcessingOptions(max_width=_WIDTH, unplayed_count=3)
    frames = [frame.convert("RGB") for frame in ImageSequence.Iterator(_rendered(subject, options))]
    sheet = Image.new("RGB", ((_WIDTH + 8) * len(frames), _HEIGHT + _GAP), "white")
    for n, frame in enumerate(frames):
        sheet.paste(frame, (n * (_WIDTH + 8), 0))
    return sheet


def _rendered(subject: Subject, options: ImageProcessingOptions) -> Image.Image:
    plan = make_plan(_RENDERER.probe(subject.data), options)
    data = _RENDERER.render(subject.data, plan, NO_DEADLINE).data if plan else subject.data
    return Image.open(BytesIO(data))


def _place(sheet: Image.Image, image: Image.Image, cell: tuple[int, int], label: str) -> None:
    left, top = cell[0] * (_WIDTH + _GAP), cell[1] * (_HEIGHT + _GAP)
    picture = image.convert("RGBA")
    sheet.paste(_chequered(picture.size), (left, top))
    sheet.paste(picture, (left, top), picture)
    ImageDraw.Draw(sheet).text((left, top + _HEIGHT + 2), label, "black", _FONT)


def _chequered(size: tuple[int, int]) -> Image.Image:
    board = Image.new("L", (2, 2), 200)
    board.putpixel((0, 0), 240)
    board.putpixel((1, 1), 240)
    tile = board.resize((16, 16), Image.Resampling.NEAREST)
    canvas = Image.new("L", size)
    for left in range(0, size[0], 16):
        for top in range(0, size[1], 16):
            canvas.paste(tile, (left, top))
    return canvas.convert("RGB")


if __name__ == "__main__":
    main()
