"""Writing variants."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from chalicelib.domain.images.formats import OUTPUT_FORMATS, ImageFormat
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.imaging.writing.encode import Animation, encode, encode_animation
from tests.support.pictures import logo, scene


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("made", sorted(OUTPUT_FORMATS))
def test_what_the_picture_remembers_is_not_written(made: ImageFormat) -> None:
    image = scene()
    image.info |= {
        "comment": b"SECRET",
        "icc_profile": b"SECRET",
        "xmp": b"SECRET",
        "exif": b"SECRET",
        "dpi": (9, 9),
    }
    assert b"SECRET" not in encode(image, RenderPlan(300, 200, made, 80))


@pytest.mark.parametrize("made", [ImageFormat.PNG, ImageFormat.WEBP, ImageFormat.AVIF])
def test_an_alpha_that_hides_nothing_is_left_out(made: ImageFormat) -> None:
    assert opened(encode(scene().convert("RGBA"), RenderPlan(300, 200, made, 80))).mode == "RGB"
    assert opened(encode(logo(), RenderPlan(160, 60, made, 80))).mode == "RGBA"


def test_less_quality_is_fewer_bytes() -> None:
    for made in (ImageFormat.JPG, ImageFormat.WEBP, ImageFormat.AVIF):
        sizes = [
            len(encode(scene(), RenderPlan(300, 200, made, quality))) for quality in (0, 30, 60, 90, 100)
        ]
        assert sizes == sorted(sizes)


def test_a_jpeg_written_from_ycc_looks_like_the_one_written_from_rgb() -> None:
    plan = RenderPlan(300, 200, ImageFormat.JPG, 90)
    one, other = (opened(encode(image, plan)) for image in (scene(), scene().convert("YCbCr")))
    assert max(ImageStat.Stat(ImageChops.difference(one, other)).mean) < 3


def test_frames_that_look_alike_keep_their_time() -> None:
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "red", "lime")]
    animation = Animation(frames, [100, 200, 300], 0)
    for made in (ImageFormat.GIF, ImageFormat.WEBP, ImageFormat.PNG):
        image = opened(encode_animation(animation, RenderPlan(40, 30, made, 90, animated=True)))
        total = 0
        for n in range(getattr(image, "n_frames", 1)):
            image.seek(n)
            image.load()
            total += round(image.info["duration"])
        assert total == 600


@pytest.mark.parametrize("made", [ImageFormat.WEBP, ImageFormat.AVIF])
def test_what_is_asked_for_above_95_is_not_lowered(made: ImageFormat) -> None:
    sizes = [len(encode(scene(), RenderPlan(300, 200, made, quality))) for quality in (94, 95, 96, 98)]
    assert sizes == sorted(sizes)
    stream = BytesIO()
    scene().save(stream, made.value.upper(), quality=98, method=2, speed=9, max_threads=1)
    assert sizes[-1] == len(stream.getvalue())


@pytest.mark.parametrize(("quality", "least", "most"), [(90, 0.9, 0.98), (96, 1, 1), (0, 1, 1)])
def test_a_jpeg_without_tables_of_its_own_is_written_at_half_a_step_less(
    quality: int, least: float, most: float
) -> None:
    image, stream = scene(900, 600), BytesIO()
    image.save(stream, "JPEG", quality=max(quality, 1), subsampling="4:2:0")
    made = encode(image, RenderPlan(900, 600, ImageFormat.JPG, quality))
    assert least <= len(made) / len(stream.getvalue()) <= most


def test_a_moving_webp_has_no_frame_that_is_stored_whole_again() -> None:
    frames = [scene() for _ in range(30)]
    for n, frame in enumerate(frames):
        frame.paste("red", (9 * n, 20, 9 * n + 9, 29))
    plan = RenderPlan(300, 200, ImageFormat.WEBP, 90, animated=True)
    one, all_of_them = (
        len(encode_animation(Animation(some, [100] * len(some), 0), plan)) for some in (frames[:2], frames)
    )
    assert all_of_them < 2 * one


@pytest.mark.parametrize(("quality", "is_less"), [(90, True), (96, False)])
def test_what_a_camera_took_gets_fewer_bytes_unless_all_there_is_was_asked_for(
    quality: int, *, is_less: bool
) -> None:
    plan = RenderPlan(300, 200, ImageFormat.WEBP, quality)
    assert (len(encode(scene(), plan, soft=True)) < len(encode(scene(), plan))) == is_less
