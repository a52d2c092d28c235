"""Moving pictures come out as they went in: what stands still goes on standing still."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.imaging.renderer import PillowRenderer
from tests.support.pictures import encoded, logo

DOT = Image.new("RGBA", (60, 60), (255, 0, 0, 255))


def _apng() -> bytes:
    """Move a dot past a logo that stands still, on nothing."""
    frames = []
    for number in range(6):
        frame = Image.new("RGBA", (1200, 900))
        frame.paste(logo(500, 250), (500, 500))
        frame.paste(DOT, (20 + 37 * number, 20 + 13 * number))
        frames.append(frame)
    stream = BytesIO()
    frames[0].save(stream, "PNG", save_all=True, append_images=frames[1:], duration=100)
    return stream.getvalue()


def test_what_stands_still_in_a_transparent_animation_does_not_flicker() -> None:
    plan = RenderPlan(233, 175, ImageFormat.PNG, animated=True)
    made = PillowRenderer().render(_apng(), plan, NO_DEADLINE)
    still = []
    with Image.open(BytesIO(made.data)) as image:
        for number in range(6):
            image.seek(number)
            still.append(image.convert("RGBA").crop((90, 90, 233, 175)))
    assert still[0].getbbox()
    differences = [ImageChops.difference(still[0], frame).getbbox(alpha_only=False) for frame in still]
    assert differences == [None] * 6


def _gif_that_grows() -> bytes:
    """Return an opaque frame, and one that is wider than the screen and in half of its columns transparent."""
    small, wide = Image.new("P", (8, 8), 1), Image.new("P", (10, 8), 1)
    wide.paste(2, (5, 0, 10, 8))
    for image in (small, wide):
        image.putpalette(bytes((200, 30, 40)) * 256)
    one = encoded(small, "GIF", optimize=False)
    other = encoded(wide, "GIF", optimize=False, transparency=2, disposal=2)
    return one[:-1] + other[other.index(b"!\xf9") :]


@pytest.mark.usefixtures("either_engine")
def test_a_frame_that_grows_keeps_its_transparency() -> None:
    data = _gif_that_grows()
    with Image.open(BytesIO(data)) as original:
        original.seek(1)
        expected = ImageStat.Stat(original.convert("RGBA").getchannel("A")).mean[0]
    plan = RenderPlan(20, 16, ImageFormat.PNG, animated=True)
    made = PillowRenderer().render(data, plan, NO_DEADLINE)
    with Image.open(BytesIO(made.data)) as image:
        image.seek(1)
        assert ImageStat.Stat(image.convert("RGBA").getchannel("A")).mean[0] == pytest.approx(expected, abs=2)
