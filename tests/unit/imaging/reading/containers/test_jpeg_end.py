"""A JPEG without its end marker, or with unreadable notes, is taken; one without all its pixels is not."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops

from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.errors import InvalidImageError
from chalicelib.imaging.renderer import PillowRenderer
from tests.support.pictures import encoded, scene

WHOLE = {
    "baseline": encoded(scene()),
    "optimised": encoded(scene(), optimize=True),
    "progressive": encoded(scene(), progressive=True),
    "grey": encoded(scene().convert("L")),
    "ink": encoded(scene().convert("CMYK")),
    "restarts": encoded(scene(), restart_marker_blocks=5),
    "plain": encoded(Image.new("RGB", (200, 100), "red"), optimize=True),
}


def segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2) + content


def same(renderer: PillowRenderer, one: bytes, other: bytes) -> bool:
    plan = RenderPlan(150, 100, ImageFormat.PNG)
    images = [Image.open(BytesIO(renderer.render(d, plan, NO_DEADLINE).data)) for d in (one, other)]
    return ImageChops.difference(*images).getbbox() is None


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("missing", [1, 2])
def test_the_end_marker_may_be_missing(renderer: PillowRenderer, kind: str, missing: int) -> None:
    data = WHOLE[kind][:-missing]
    renderer.probe(data)
    renderer.verify(data, NO_DEADLINE)
    renderer.describe(data, NO_DEADLINE)
    assert same(renderer, data, WHOLE[kind])


@pytest.mark.parametrize("after", [b"", b"\0" * 50, b"trailer of a phone"])
def test_what_follows_the_end_does_not_matter(renderer: PillowRenderer, after: bytes) -> None:
    renderer.verify(WHOLE["baseline"] + after, NO_DEADLINE)
    assert same(renderer, WHOLE["baseline"] + after, WHOLE["baseline"])


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("share", [0.5, 0.7, 0.9, 0.97])
def test_missing_pixels_are_refused(renderer: PillowRenderer, kind: str, share: float) -> None:
    data = WHOLE[kind]
    scan = data.index(b"\xff\xda") + 14
    with pytest.raises(InvalidImageError):
        renderer.verify(data[: scan + int((len(data) - scan) * share)], NO_DEADLINE)


def test_missing_scans_are_refused(renderer: PillowRenderer) -> None:
    data = WHOLE["progressive"]
    last = data.rindex(b"\xff\xda")
    tables = data.rindex(b"\xff\xc4", 0, last)
    for end in (last, tables):
        with pytest.raises(InvalidImageError):
            renderer.verify(data[:end], NO_DEADLINE)


NOTES = {
    "short profile": segment(0xE2, b"ICC_PROFILE\0"),
    "unreadable exif": segment(0xE1, b"Exif\0\0II*\0\xff\xff\xff\xff"),
    "exif of no order": segment(0xE1, b"Exif\0\0nonsense"),
    "short jfif": segment(0xE0, b"JFIF\0"),
    "short adobe": segment(0xEE, b"Adobe"),
    "short photoshop": segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\xff"),
    "more pictures": segment(0xE2, b"MPF\0nonsense"),
    "fill": b"\xff" * 9,
}


@pytest.mark.parametrize("name", NOTES)
@pytest.mark.parametrize("kind", ["baseline", "ink", "progressive"])
def test_notes_that_cannot_be_read_do_not_decide(renderer: PillowRenderer, name: str, kind: str) -> None:
    data = WHOLE[kind]
    noted = data[:2] + NOTES[name] + data[2:]
    assert renderer.probe(noted).orientation == 1
    renderer.verify(noted, NO_DEADLINE)
    assert same(renderer, noted, data)


def test_big_tiff_is_tiff(renderer: PillowRenderer) -> None:
    data = encoded(scene(), "TIFF", big_tiff=True)
    assert data[2] == 43
    assert renderer.probe(data).format is ImageFormat.TIFF
    renderer.verify(data, NO_DEADLINE)
