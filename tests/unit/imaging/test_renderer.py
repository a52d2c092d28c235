"""The Renderer port, end to end: bytes in, bytes out."""

from io import BytesIO

import pytest
from PIL import Image, ImageSequence

from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.domain.images.formats import OUTPUT_FORMATS, ImageFormat
from chalicelib.domain.variants.limits import Limits
from chalicelib.domain.variants.options import ImageProcessingOptions
from chalicelib.domain.variants.plan import RenderPlan, make_plan, make_step_plan
from chalicelib.errors import InvalidImageError, LimitExceededError, TooLongError
from chalicelib.imaging.renderer import PillowRenderer
from chalicelib.services.ports import Blob
from tests.support.pictures import QUADRANTS, animated, encoded, logo, png_header, quadrants, scene, turned

PILLOW_NAMES = ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "TIFF", "HEIF", "JPEG2000", "ICO"]


def opened(blob: Blob) -> Image.Image:
    return Image.open(BytesIO(blob.data))


def quarter_colours(image: Image.Image) -> list[tuple[int, ...]]:
    image = image.convert("RGB")
    width, height = image.size
    places = ((1, 1), (3, 1), (1, 3), (3, 3))
    return [image.getpixel((width * x // 4, height * y // 4)) for x, y in places]  # type: ignore[misc]


def assert_like(
    colours: list[tuple[int, ...]], expected: tuple[tuple[int, ...], ...], within: int = 14
) -> None:
    for colour, wanted in zip(colours, expected, strict=True):
        assert all(abs(a - b) <= within for a, b in zip(colour, wanted, strict=True)), (colours, expected)


@pytest.mark.parametrize("made", sorted(OUTPUT_FORMATS))
@pytest.mark.parametrize("stored", PILLOW_NAMES)
def test_every_format_becomes_every_other(renderer: PillowRenderer, stored: str, made: ImageFormat) -> None:
    data = encoded(quadrants(), stored, **({"sizes": [(120, 80)]} if stored == "ICO" else {}))
    facts = renderer.probe(data)
    assert (facts.width, facts.height, facts.frames) == (120, 80, 1)
    blob = renderer.render(data, RenderPlan(60, 40, made, 90), NO_DEADLINE)
    assert blob.content_type == made.mime_type
    image = opened(blob)
    assert (image.format, image.size) == ("JPEG" if made is ImageFormat.JPG else made.upper(), (60, 40))
    assert_like(quarter_colours(image), QUADRANTS)


@pytest.mark.parametrize("stored", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_camera_position_is_put_upright(
    renderer: PillowRenderer, stored: str, orientation: int
) -> None:
    data = turned(orientation, stored)
    facts = renderer.probe(data)
    assert (facts.width, facts.height) == (120, 80)
    assert facts.orientation == (1 if stored in {"TIFF", "HEIF"} else orientation)  # their readers turn them
    image = opened(renderer.render(data, RenderPlan(60, 40, ImageFormat.WEBP, 90), NO_DEADLINE))
    assert image.size == (60, 40)
    assert_like(quarter_colours(image), QUADRANTS)
    assert not image.getexif()


def test_a_nonsense_orientation_is_ignored(renderer: PillowRenderer) -> None:
    assert renderer.probe(turned(9)).orientation == 1


@pytest.mark.parametrize("made", sorted(OUTPUT_FORMATS))
@pytest.mark.parametrize("same_size", [True, False])
def test_what_the_camera_wrote_does_not_leave_with_a_variant(
    renderer: PillowRenderer,
    made: ImageFormat,
    same_size: bool,  # noqa: FBT001  # resizing copies what was read, not resizing keeps it
) -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRETDESCRIPTION"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    size = (120, 80) if same_size else (60, 40)
    for stored, settings in (
        ("JPEG", {"comment": b"SECRETCOMMENT"}),
        ("PNG", {}),
        ("WEBP", {"xmp": b"<x>SECRETXMP</x>"}),
    ):
        data = encoded(quadrants(), stored, exif=exif, **settings)
        assert b"SECRET" in data
        blob = renderer.render(data, RenderPlan(*size, made, 90), NO_DEADLINE)
        assert b"SECRET" not in blob.data
        image = opened(blob)
        assert not image.getexif()
        assert not {"comment", "icc_profile", "xmp", "exif"} & image.info.keys()


def test_a_gif_comment_does_not_leave_with_a_variant(renderer: PillowRenderer) -> None:
    data = animated(comment=b"SECRET")
    assert b"SECRET" in data
    plan = RenderPlan(30, 20, ImageFormat.GIF, animated=True)
    assert b"SECRET" not in renderer.render(data, plan, NO_DEADLINE).data


@pytest.mark.parametrize("made", [ImageFormat.WEBP, ImageFormat.PNG])
def test_edges_of_transparent_pictures_do_not_darken(renderer: PillowRenderer, made: ImageFormat) -> None:
    data = encoded(logo(), "PNG")
    plan = RenderPlan(47, 18, made, 90)
    image = opened(renderer.render(data, plan, NO_DEADLINE)).convert("RGBA")
    visible = [pixel for pixel in image.get_flattened_data() if pixel[3] > 60]  # type: ignore[index]
    assert visible
    assert min(min(pixel[:3]) for pixel in visible) > 235  # type: ignore[index]


@pytest.mark.parametrize("made", [ImageFormat.GIF, ImageFormat.WEBP, ImageFormat.PNG])
@pytest.mark.parametrize("stored", ["GIF", "WEBP", "PNG"])
def test_an_animation_keeps_its_frames_times_and_loop(
    renderer: PillowRenderer, stored: str, made: ImageFormat
) -> None:
    data = animated(stored, lossless=True)
    facts = renderer.probe(data)
    assert facts.frames == 3
    plan = make_plan(facts, ImageProcessingOptions(max_width=30))
    assert plan
    image = opened(renderer.render(data, RenderPlan(30, 20, made, 90, animated=True), NO_DEADLINE))
    frames = [
        (f.convert("RGB").getpixel((15, 10)), f.info["duration"]) for f in ImageSequence.Iterator(image)
    ]
    assert [round(time) for _, time in frames] == [100, 200, 300]
    assert_like([colour for colour, _ in frames], ((255, 0, 0), (0, 255, 0), (0, 0, 255)))  # type: ignore[misc]
    assert image.info["loop"] == 0
    assert image.size == (30, 20)


@pytest.mark.parametrize(("stored_loop", "plays"), [(None, 1), (1, 2), (4, 5)])
def test_a_gif_that_ends_ends_in_every_format(
    renderer: PillowRenderer, stored_loop: int | None, plays: int
) -> None:
    data = animated(loop=stored_loop)
    webp = opened(renderer.render(data, RenderPlan(30, 20, ImageFormat.WEBP, 90, animated=True), NO_DEADLINE))
    assert webp.info["loop"] == plays
    gif = opened(renderer.render(data, RenderPlan(30, 20, ImageFormat.GIF, animated=True), NO_DEADLINE))
    assert gif.info.get("loop") == stored_loop


def test_a_transparent_animation_does_not_leave_ghosts(renderer: PillowRenderer) -> None:
    frames = []
    for left in (0, 30):
        frame = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
        frame.paste((255, 0, 0, 255), (left, 0, left + 30, 40))
        frames.append(frame)
    data = encoded(frames[0], "PNG", save_all=True, append_images=frames[1:], duration=100)
    for made in (ImageFormat.GIF, ImageFormat.WEBP, ImageFormat.PNG):
        image = opened(renderer.render(data, RenderPlan(30, 20, made, 90, animated=True), NO_DEADLINE))
        image.seek(1)
        second = image.convert("RGBA")
        assert second.getpixel((5, 10))[3] == 0, made  # type: ignore[index]
        assert second.getpixel((25, 10))[3] == 255, made  # type: ignore[index]


def test_marks_are_drawn_on_every_frame(renderer: PillowRenderer) -> None:
    data = animated("WEBP", lossless=True)
    plan = RenderPlan(60, 40, ImageFormat.PNG, played=59, animated=True)
    for frame in ImageSequence.Iterator(opened(renderer.render(data, plan, NO_DEADLINE))):
        assert frame.convert("RGB").getpixel((5, 39)) == (0, 164, 220)


def test_the_stand_in_of_an_apng_is_no_frame(renderer: PillowRenderer) -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("white", "red", "lime")]
    data = encoded(
        frames[0], "PNG", save_all=True, default_image=True, append_images=frames[1:], duration=100
    )
    assert renderer.probe(data).frames == 2
    plan = RenderPlan(60, 40, ImageFormat.WEBP, 90, animated=True)
    first = opened(renderer.render(data, plan, NO_DEADLINE)).convert("RGB")
    assert first.getpixel((30, 20))[0] > 240  # type: ignore[index]
    assert first.getpixel((30, 20))[1] < 20  # type: ignore[index]


@pytest.mark.parametrize("name", PILLOW_NAMES)
def test_a_file_cut_short_is_refused(renderer: PillowRenderer, name: str) -> None:
    data = encoded(scene(), name)
    renderer.verify(data, NO_DEADLINE)
    for share in (0.3, 0.6, 0.9):
        with pytest.raises(InvalidImageError):
            renderer.verify(data[: int(len(data) * share)], NO_DEADLINE)


@pytest.mark.parametrize("name", ["GIF", "WEBP", "PNG"])
def test_an_animation_cut_short_is_refused(renderer: PillowRenderer, name: str) -> None:
    first, *others = (scene(90 + n, 60).crop((0, 0, 90, 60)) for n in range(6))
    data = encoded(first, name, save_all=True, append_images=others, duration=50)
    renderer.verify(data, NO_DEADLINE)
    with pytest.raises(InvalidImageError):
        renderer.verify(data[: len(data) * 2 // 3], NO_DEADLINE)


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"\xff\xd8\xff", b"GIF89a", b"RIFF....WEBP", b"<svg/>", b"%PDF-1.4"]
)
def test_what_is_no_picture_is_refused(renderer: PillowRenderer, data: bytes) -> None:
    with pytest.raises(InvalidImageError):
        renderer.probe(data)


@pytest.mark.parametrize("name", ["PPM", "TGA", "PCX", "DIB"])
def test_formats_that_pillow_knows_and_nobody_wants_are_refused(renderer: PillowRenderer, name: str) -> None:
    with pytest.raises(InvalidImageError, match="Unsupported picture format"):
        renderer.probe(encoded(quadrants(), name))


@pytest.mark.parametrize(("width", "height"), [(1, 83_886_336), (2**31 - 1, 2**31 - 1), (16_000, 16_000)])
def test_a_claim_of_too_many_pixels_is_refused_before_decoding(
    renderer: PillowRenderer, width: int, height: int
) -> None:
    with pytest.raises(LimitExceededError):
        renderer.probe(png_header(width, height))


def test_a_huge_gif_screen_is_refused_by_its_size(renderer: PillowRenderer) -> None:
    data = bytearray(animated())
    data[6:10] = b"\xff\xff\xff\xff"
    with pytest.raises(LimitExceededError) as caught:
        renderer.probe(bytes(data))
    assert caught.value.value == 65_535


def test_the_limits_are_the_callers() -> None:
    strict = PillowRenderer(Limits(max_bytes=100))
    with pytest.raises(LimitExceededError, match="the limit is 100"):
        strict.probe(encoded(quadrants()))
    with pytest.raises(LimitExceededError, match="frames"):
        PillowRenderer(Limits(max_frames=2)).probe(animated())


def test_frames_that_only_pillow_finds_are_left_out(renderer: PillowRenderer) -> None:
    data = animated(colours=["red", "lime"])
    at = data.index(b"!\xf9", data.index(b","))
    hidden = data[:at] + b"!\x01\x00\x01;\x00" + data[at:]
    assert renderer.probe(hidden).frames == 1
    plan = RenderPlan(30, 20, ImageFormat.GIF, animated=True)
    assert getattr(opened(renderer.render(hidden, plan, NO_DEADLINE)), "n_frames", 1) == 1


@pytest.mark.parametrize("end", [b"!", b"!\xf9", b"!\xf9\x01\x01\x00", b",", b",\0\0\0"])
def test_a_gif_that_does_not_end_shows_its_frame(renderer: PillowRenderer, end: bytes) -> None:
    data = encoded(quadrants(), "GIF")
    image = opened(renderer.render(data[:-1] + end, RenderPlan(60, 40, ImageFormat.PNG), NO_DEADLINE))
    assert_like(quarter_colours(image), QUADRANTS)


def test_what_cannot_be_finished_in_time_is_not_begun(renderer: PillowRenderer) -> None:
    data = encoded(Image.new("RGB", (4000, 3000)), "PNG")
    plan = RenderPlan(4000, 3000, ImageFormat.WEBP, 90)
    soon = Deadline.after(0.5)
    with pytest.raises(TooLongError):
        renderer.render(data, plan, soon)
    with pytest.raises(TooLongError):
        renderer.verify(data, soon)
    with pytest.raises(TooLongError):
        renderer.describe(data, soon)
    assert soon.remaining > 0


def test_an_animation_is_given_up_between_frames(renderer: PillowRenderer) -> None:
    ticks = iter(range(1000))
    with pytest.raises(TooLongError):
        renderer.render(
            animated(),
            RenderPlan(30, 20, ImageFormat.GIF, animated=True),
            Deadline.after(8, lambda: float(next(ticks))),
        )


@pytest.mark.parametrize("stored", ["JPEG", "PNG"])
def test_a_step_serves_like_its_original(renderer: PillowRenderer, stored: str) -> None:
    data = turned(6, stored)
    step_plan = make_step_plan(renderer.probe(data), 100)
    assert step_plan
    step = renderer.render(data, step_plan, NO_DEADLINE).data
    assert renderer.probe(step).orientation == 1
    small = opened(renderer.render(step, RenderPlan(60, 40, ImageFormat.WEBP, 90), NO_DEADLINE))
    assert_like(quarter_colours(small), QUADRANTS)


@pytest.mark.parametrize("quality", [0, 1, 50, 100])
@pytest.mark.parametrize("made", [ImageFormat.JPG, ImageFormat.WEBP, ImageFormat.AVIF])
def test_every_quality_makes_a_picture(renderer: PillowRenderer, made: ImageFormat, quality: int) -> None:
    data = encoded(scene())
    image = opened(renderer.render(data, RenderPlan(120, 80, made, quality), NO_DEADLINE))
    image.load()
    assert image.size == (120, 80)


@pytest.mark.parametrize("made", sorted(OUTPUT_FORMATS))
@pytest.mark.parametrize("size", [(1, 1), (1, 40), (60, 1), (3, 2)])
def test_tiny_variants_with_everything_drawn(
    renderer: PillowRenderer, made: ImageFormat, size: tuple[int, int]
) -> None:
    data = encoded(logo(), "PNG")
    plan = RenderPlan(*size, made, 90, blur=1, background=(9, 9, 9, 99), foreground=9, played=0, unplayed=12)
    assert opened(renderer.render(data, plan, NO_DEADLINE)).size == size


def test_a_large_picture_is_written_as_what_a_camera_took(
    renderer: PillowRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = RenderPlan(300, 200, ImageFormat.WEBP, 90)
    data = encoded(scene(300, 200), "BMP")
    as_an_artwork = renderer.render(data, plan, NO_DEADLINE).data
    monkeypatch.setattr("chalicelib.imaging.reading.decode._LARGE_PIXELS", 300 * 200)
    assert len(renderer.render(data, plan, NO_DEADLINE).data) < len(as_an_artwork)
