"""An animation as GIF shows every frame as it is, and stores no more than what changes."""

from io import BytesIO
from struct import unpack_from

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw

from chalicelib.imaging.reading.containers.frames import count_gif_frames
from chalicelib.imaging.writing.gif import gif_animation
from chalicelib.imaging.writing.palette import to_palettes
from tests.support.pictures import scene

_WIDTH, _HEIGHT = 24, 16


def shown(data: bytes) -> list[Image.Image]:
    """Return what a viewer shows, frame by frame."""
    image = Image.open(BytesIO(data))
    frames = []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        frames.append(image.convert("RGBA"))
    return frames


def is_same(one: Image.Image, other: Image.Image) -> bool:
    """Tell whether two pictures look the same; what is transparent has no colour."""
    return ImageChops.difference(one.convert("RGBa"), other.convert("RGBa")).getbbox(alpha_only=False) is None


def drawing(*boxes: tuple[int, int, int, int], background: str | None = None) -> Image.Image:
    image = Image.new("RGBA", (_WIDTH, _HEIGHT), background or (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    for box, colour in zip(boxes, ("red", "lime", "blue", "white"), strict=False):
        draw.rectangle(box, fill=colour)
    return image


_boxes = st.tuples(
    st.integers(0, 11), st.integers(0, 7), st.integers(12, _WIDTH - 1), st.integers(8, _HEIGHT - 1)
)
_drawings = st.builds(
    lambda boxes, background: drawing(*boxes, background=background),
    st.lists(_boxes, max_size=4),
    st.sampled_from((None, None, "black", "yellow")),
)


@given(st.lists(_drawings, min_size=2, max_size=6))
@settings(max_examples=60, deadline=None)
def test_every_frame_is_shown_whatever_was_there_before(frames: list[Image.Image]) -> None:
    few = to_palettes(frames)
    changing = [
        frame
        for n, frame in enumerate(few)
        if not n or not is_same(frame.convert("RGBA"), few[n - 1].convert("RGBA"))
    ]
    again = shown(gif_animation(few, [100] * len(few), 0))
    assert len(again) == len(changing)
    assert all(is_same(one, other.convert("RGBA")) for one, other in zip(again, changing, strict=True))


def test_a_palette_that_frames_share_is_stored_once() -> None:
    image = scene()
    few = to_palettes([image.crop((n, 0, n + 200, 150)) for n in range(5)])
    data = gif_animation(few, [100] * 5, 0)
    assert count_gif_frames(data, 10) == 5
    assert data.count(bytes(few[0].getpalette() or ())) == 1


def test_a_scene_in_other_colours_has_its_own_palette() -> None:
    image = scene(90, 60)
    few = to_palettes([image, image.copy(), ImageChops.invert(image)])
    again = shown(gif_animation(few, [100] * 3, 0))
    assert len(again) == 2
    assert is_same(again[1], few[2].convert("RGBA"))


def test_of_what_stands_still_nothing_is_stored() -> None:
    moved = scene()
    moved.paste("red", (20, 30, 40, 45))
    few = to_palettes([scene(), moved])
    data = gif_animation(few, [100, 100], 0)
    left, upper, width, height = unpack_from("<HHHH", data, data.rindex(b"\xff\0,") + 3)
    assert (left, upper, width, height) == (20, 30, 20, 15)
    assert len(data) < len(gif_animation(few[:1], [100], 0)) + 300


def test_it_repeats_as_often_as_said() -> None:
    image = scene(30, 20)
    few = to_palettes([image, ImageChops.invert(image)])
    loops = {
        plays: Image.open(BytesIO(gif_animation(few, [100, 100], plays))).info.get("loop")
        for plays in (0, 1, 5)
    }
    assert loops == {0: 0, 1: None, 5: 4}
