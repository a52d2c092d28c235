"""The few colours of a GIF."""

from PIL import Image

from chalicelib.imaging.writing.palette import to_palette
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
