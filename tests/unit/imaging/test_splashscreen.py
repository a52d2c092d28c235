"""The splash screen's picture: any number of tiles of any shape fills it."""

from io import BytesIO

import pytest
from PIL import Image, ImageStat

from chalicelib.imaging.splashscreen import SIZE, PillowSplashPainter


def tile(size: tuple[int, int], colour: str, fmt: str = "JPEG") -> bytes:
    stream = BytesIO()
    Image.new("RGB", size, colour).save(stream, fmt)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("posters", "backdrops"),
    [
        ([tile((200, 300), "white")], []),
        ([], [tile((534, 300), "white")]),
        ([tile((20, 900), "white"), tile((200, 200), "white")], [tile((1, 1), "white")]),
    ],
)
def test_few_pictures_of_any_shape_fill_the_screen(posters: list[bytes], backdrops: list[bytes]) -> None:
    painted = PillowSplashPainter().paint(posters, backdrops)
    image = Image.open(BytesIO(painted.data))
    assert (image.size, image.format, painted.content_type) == (SIZE, "JPEG", "image/jpeg")
    grey = image.convert("L")
    # Tiles reach into every corner: both sides of a half are about as bright.
    for top in (0, 540):
        left, right = (ImageStat.Stat(grey.crop((x, top, x + 960, top + 540))).mean[0] for x in (0, 960))
        assert min(left, right) > 60
        assert abs(left - right) < 25


def test_it_is_darker_towards_the_bottom_so_that_text_can_be_read() -> None:
    painted = PillowSplashPainter().paint([tile((200, 300), "white")], [])
    grey = Image.open(BytesIO(painted.data)).convert("L")
    top, bottom = (ImageStat.Stat(grey.crop((480, y, 1440, y + 200))).mean[0] for y in (0, 880))
    assert top > bottom * 1.2


def test_posters_and_backdrops_both_show() -> None:
    painted = PillowSplashPainter().paint([tile((200, 300), "red")], [tile((534, 300), "blue")])
    red, _, blue = ImageStat.Stat(Image.open(BytesIO(painted.data))).mean
    assert red > 30
    assert blue > 30
