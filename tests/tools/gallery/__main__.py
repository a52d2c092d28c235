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
from tests.tools.gallery.subjects import Subject, posters, subjects

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
_BADGE_WIDTHS = (20, 40, 60, 90, 150, 300, 600)
_MARKS = (
    ImageProcessingOptions(unplayed_count=7),
    ImageProcessingOptions(unplayed_count=12),
    ImageProcessingOptions(unplayed_count=150),
    ImageProcessingOptions(percent_played=40),
)
_RENDERER = PillowRenderer()
_FONT = ImageFont.load_default(13)


def main() -> None:
    """Draw the page and say where it is."""
    shown = subjects(pillow_test_images())
    sheets = [_transformations(shown), _marks(posters(shown[0])), _frames(shown[-1])]
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


def _marks(shown: tuple[Subject, ...]) -> Image.Image:
    """Draw the marks on posters of every width, twice as large where they are small."""
    sizes = [(width, width * 3 // 2) for width in _BADGE_WIDTHS]
    scales = [max(min(180 // width, 4), 1) for width in _BADGE_WIDTHS]
    left_of = [
        sum(s[0] * k + 8 for s, k in zip(sizes[:n], scales[:n], strict=True)) for n in range(len(sizes))
    ]
    height = max(size[1] for size in sizes[:-1]) + 8
    sheet = Image.new("RGB", (left_of[-1] + sizes[-1][0], height * len(shown) * len(_MARKS)), "#888")
    top = 0
    for subject in shown:
        for options in _MARKS:
            for (width, _), scale, left in zip(sizes, scales, left_of, strict=True):
                made = _rendered(subject, replace(options, width=width)).convert("RGB")
                large = made.resize((made.width * scale, made.height * scale), Image.Resampling.NEAREST)
                sheet.paste(large.crop((0, 0, large.width, min(large.height, height - 8))), (left, top))
                if large.height > height - 8:
                    sheet.paste(
                        large.crop((0, large.height - 60, large.width, large.height)),
                        (left, top + height - 68),
                    )
            top += height
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
