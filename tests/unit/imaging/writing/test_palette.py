"""The few colours of a GIF."""

from PIL import Image, ImageChops, ImageStat

from chalicelib.imaging.writing.painting import Painting
from chalicelib.imaging.writing.palette import to_palette, to_palettes
from tests.support.pictures import logo, scene


def test_a_picture_keeps_its_look_in_few_colours() -> None:
    image = scene()
    few = to_palette(image)
    assert few.mode == "P"
    assert "transparency" not in few.info
    one, other = (
        i.convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)) for i in (image, few)
    )
    assert all(abs(a - b) <= 3 for a, b in zip(one, other, strict=True))  # type: ignore[arg-type]


def test_what_is_mostly_clear_is_transparent_and_the_rest_opaque() -> None:
    image = logo()
    image.putpixel((0, 0), (255, 0, 0, 127))
    image.putpixel((1, 0), (255, 0, 0, 128))
    again = to_palette(image).convert("RGBA")
    assert [again.getpixel((x, 0))[3] for x in (0, 1)] == [0, 255]  # type: ignore[index]
    assert set(again.getchannel("A").tobytes()) == {0, 255}


def test_a_picture_of_one_colour_has_a_palette() -> None:
    clear = to_palette(Image.new("RGBA", (9, 9), (0, 0, 0, 0)))
    assert clear.convert("RGBA").getpixel((4, 4))[3] == 0  # type: ignore[index]
    assert to_palette(Image.new("RGB", (9, 9), "red")).convert("RGB").getpixel((4, 4)) == (255, 0, 0)


def test_frames_of_a_scene_share_their_colours() -> None:
    image = scene()
    frames = [image.crop((n // 5, 0, n // 5 + 200, 150)) for n in range(20)]
    few = to_palettes(frames)
    assert len({bytes(frame.getpalette() or []) for frame in few}) == 1


def test_another_scene_is_painted_in_its_own_colours() -> None:
    grey = Image.linear_gradient("L").convert("RGB")
    red = Image.merge("RGB", (grey.getchannel("R").point(lambda level: 128 + level // 2), *grey.split()[1:]))
    frames = [grey, grey, red.point(lambda level: 255 - level), grey]
    for frame, few in zip(frames, to_palettes(frames), strict=True):
        difference = ImageChops.difference(frame, few.convert("RGB"))
        assert max(ImageStat.Stat(difference).mean) < 3


def test_a_clear_part_stays_clear_in_shared_colours() -> None:
    frames = [logo(), logo()]
    for few in to_palettes(frames):
        assert set(few.convert("RGBA").getchannel("A").tobytes()) == {0, 255}


def test_scenes_of_few_colours_share_a_palette() -> None:
    frames = [Image.new("RGB", (90, 60), "white") for _ in range(12)]
    for n, frame in enumerate(frames):
        frame.paste("navy", (0, 0, 7 * n + 7, 60))
    few = to_palettes(frames)
    assert len({bytes(frame.getpalette() or []) for frame in few}) == 1
    for frame, painted in zip(frames, few, strict=True):
        assert ImageChops.difference(frame, painted.convert("RGB")).getbbox() is None


def test_frames_are_painted_in_the_nearest_colours() -> None:
    """Pillow's own look-up is off by up to 3 levels where the palette has the very colour."""
    greys = Image.linear_gradient("L").convert("RGB").crop((0, 4, 8, 256))
    few = Image.new("P", (1, 1))
    few.putpalette([level for grey in range(0, 256, 2) for level in (grey, grey, grey)])
    painted = Painting(few).of(greys).convert("RGB")
    assert max(high for _, high in ImageChops.difference(greys, painted).getextrema()) == 1  # type: ignore[misc]


def test_a_pixel_keeps_its_colour_while_that_is_within_two_levels() -> None:
    frames = [Image.new("RGB", (30, 20), (100, 100, level)) for level in (100, 101, 102, 103, 104)]
    blues = [few.convert("RGB").getpixel((3, 3))[2] for few in to_palettes(frames)]  # type: ignore[index]
    assert len(set(blues)) == 2
    assert all(abs(blue - level) <= 2 for blue, level in zip(blues, range(100, 105), strict=True))
