"""Draw what a command printed on a terminal, as a picture."""

import re
from collections.abc import Iterable

from PIL import Image, ImageColor, ImageDraw, ImageFont
from rich.ansi import AnsiDecoder
from rich.color_triplet import ColorTriplet
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import MONOKAI

_CONTROLS = re.compile(r"(\x1b\[2K|\x1b\[1A|\x1b\[\?25[lh]|\r|\n)")
_FONT, _BOLD = "DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf"
_SIZE, _LEADING, _MARGIN, _BAR = 18, 23, 20, 42
_BACKGROUND, _TEXT = "#282828", "#d6d6d0"
_LIGHTS = ("#c15f5f", "#e3b85c", "#6da06d")


def on_screen(printed: str) -> list[str]:
    """Return the lines that stand on the screen in the end; colours stay in them as escape codes."""
    lines, row = [""], 0
    for piece in filter(None, _CONTROLS.split(printed)):
        match piece:
            case "\n":
                row += 1
                lines += [""] * (row + 1 - len(lines))
            case "\x1b[2K":
                lines[row] = ""
            case "\x1b[1A":
                row = max(0, row - 1)
            case _ if not _CONTROLS.fullmatch(piece):
                lines[row] += piece
    return lines


def draw(lines: Iterable[str], columns: int) -> Image.Image:
    """Return the picture of a window with these lines."""
    decoder, console = AnsiDecoder(), Console(width=columns)
    texts = [next(iter(decoder.decode(line)), None) for line in lines]
    regular, bold = ImageFont.truetype(_FONT, _SIZE), ImageFont.truetype(_BOLD, _SIZE)
    cell = regular.getlength("m")
    size = (int(2 * _MARGIN + columns * cell), _BAR + len(texts) * _LEADING + _MARGIN)
    picture = Image.new("RGB", size, _BACKGROUND)
    pen = ImageDraw.Draw(picture)
    for number, colour in enumerate(_LIGHTS):
        pen.ellipse((_MARGIN + 22 * number, 14, _MARGIN + 22 * number + 14, 28), fill=colour)
    for row, text in enumerate(texts):
        column = 0
        for segment in text.render(console) if text else ():
            style = segment.style or Style()
            place = (_MARGIN + column * cell, _BAR + row * _LEADING)
            pen.text(place, segment.text, _colour(style), bold if style.bold else regular)
            column += len(segment.text)
    return picture


def _colour(style: Style) -> tuple[int, ...]:
    found = style.color.get_truecolor(MONOKAI) if style.color else ColorTriplet(*ImageColor.getrgb(_TEXT)[:3])
    if style.dim:
        found = ColorTriplet(*(part * 6 // 10 for part in found))
    return tuple(found)
