"""What the gallery shows: a photograph, a logo, a phone's picture, a print, an animation."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps

from tests.support.pictures import encoded


@dataclass(frozen=True, slots=True)
class Subject:
    """A stored picture."""

    name: str
    data: bytes


def subjects(photographs: Path) -> tuple[Subject, ...]:
    """Return the five, made of a real photograph in a folder of Pillow's test pictures."""
    with Image.open(photographs / "fujifilm.mpo") as stored:
        photograph = ImageOps.fit(stored.convert("RGB"), (1200, 900), Image.Resampling.LANCZOS)
    photograph.info.clear()
    return (
        Subject("photograph", encoded(photograph, quality=92)),
        Subject("logo with alpha", encoded(_logo(photograph), "PNG")),
        Subject("phone, EXIF 6", _phone(photograph)),
        Subject("CMYK, no profile", encoded(_print(photograph), quality=92)),
        Subject("animation", _animation(photograph)),
    )


def posters(photograph: Subject) -> tuple[Subject, ...]:
    """Return a white, a black and a busy poster, each with a title at its foot."""
    with Image.open(BytesIO(photograph.data)) as image:
        busy = ImageOps.fit(image, (600, 900), Image.Resampling.LANCZOS)
    grounds = (Image.new("RGB", busy.size, "white"), Image.new("RGB", busy.size, "black"), busy)
    return tuple(
        Subject(name, encoded(_titled(ground, ink), quality=95))
        for name, ground, ink in zip(
            ("white", "black", "busy"), grounds, ("black", "white", "white"), strict=True
        )
    )


def _titled(ground: Image.Image, ink: str) -> Image.Image:
    ImageDraw.Draw(ground).text((60, 800), "THE TITLE", ink, ImageFont.load_default(90))
    return ground


def _logo(texture: Image.Image) -> Image.Image:
    mask = Image.new("L", (3600, 2700))
    draw = ImageDraw.Draw(mask)
    for n in range(5):
        draw.ellipse((n * 700 + 60, 700, n * 700 + 640, 2000), fill=255)
        draw.ellipse((n * 700 + 200, 1000, n * 700 + 500, 1700), fill=0)
    logo = texture.copy()
    logo.putalpha(mask.resize(texture.size, Image.Resampling.LANCZOS))
    return logo


def _phone(photograph: Image.Image) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return encoded(photograph.transpose(Image.Transpose.ROTATE_90), exif=exif, quality=92)


def _print(photograph: Image.Image) -> Image.Image:
    """Separate a photograph into inks, grey into black as presses do, and add patches of the inks."""
    inks = [ImageChops.invert(channel) for channel in photograph.split()]
    black = ImageChops.darker(ImageChops.darker(inks[0], inks[1]), inks[2])
    colours = [ImageChops.subtract(ink, black) for ink in inks]
    printed = Image.merge("CMYK", (*colours, black))
    patches = (
        (255, 0, 0, 0),
        (0, 255, 0, 0),
        (0, 0, 255, 0),
        (0, 0, 0, 255),
        (255, 255, 0, 0),
        (0, 255, 255, 0),
    )
    for n, ink in enumerate(patches):
        printed.paste(ink, (n * 150 + 40, 640, n * 150 + 160, 760))
    return printed


def _animation(photograph: Image.Image) -> bytes:
    first, *others = _turning(photograph.resize((400, 300)))
    return encoded(first, "GIF", save_all=True, append_images=others, duration=80, loop=0)


def _turning(photograph: Image.Image) -> Iterator[Image.Image]:
    for n in range(8):
        frame = photograph.copy()
        ImageDraw.Draw(frame).pieslice((120, 70, 280, 230), n * 45, n * 45 + 60, fill=(250, 220, 60))
        yield frame
