"""BlurHash, ThumbHash and what describes a picture beside them.

Expected hashes were made by the formats' reference implementations (npm: thumbhash 0.1.1, blurhash 2.0.5).
"""

from base64 import b64decode

import pytest
from PIL import Image

from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.imaging.hashes.blurhash import blur_hash, components
from chalicelib.imaging.hashes.thumbhash import thumb_hash
from chalicelib.imaging.renderer import PillowRenderer
from tests.support.pictures import encoded, logo, quadrants, scene, turned


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1000, 1500), (4, 5)),
        ((1920, 1080), (6, 4)),
        ((500, 500), (5, 5)),
        ((4000, 10), (9, 1)),
        ((1, 999), (1, 9)),
    ],
)
def test_components_follow_jellyfins_rule(size: tuple[int, int], expected: tuple[int, int]) -> None:
    assert components(*size) == expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((43, 64), "dhIg+CL_aPtvIS}6slJCaxoJjta}t8JDWXslfQfQfQfQ"),
        ((64, 40), "WhIg$6L_aitcfQa7Mv}6oJJCfQw[axsljta#fQjsxvJDa#slfQWY"),
    ],
)
def test_blurhash_is_the_references(size: tuple[int, int], expected: str) -> None:
    image = quadrants(*size)
    assert blur_hash(image, *components(*size)) == expected


def test_one_component_is_the_average_alone() -> None:
    assert blur_hash(Image.new("RGB", (8, 8), "white"), 1, 1) == "00TSUA"


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (scene(64, 43), "osgJbZaBkpqAd4d3qWeHiY90eAVH"),
        (scene(60, 60), "osgJbxaBkppwd4dnqXeHmHiH+EiHWHAE"),
        (logo(64, 24), "PwiCAoBFT0eIh3YAAAAAAAAAYiIiEimg="),
    ],
)
def test_thumbhash_is_the_references_but_for_rounding(image: Image.Image, expected: str) -> None:
    made, wanted = (
        b64decode(thumb_hash(image.convert("RGBA"))),
        b64decode(expected + "=" * (-len(expected) % 4)),
    )
    assert made[:5] == wanted[:5]
    if image.mode == "RGB":
        assert all(abs((a >> 4) - (b >> 4)) <= 1 for a, b in zip(made[5:], wanted[5:], strict=True))


def test_a_picture_is_described(renderer: PillowRenderer) -> None:
    details = renderer.describe(encoded(quadrants(600, 400)), NO_DEADLINE)
    assert len(details.blur_hash) == 4 + 2 * 5 * 4
    assert len(b64decode(details.thumb_hash)) > 10
    assert len(details.perceptual_hash) == 16
    assert details.steps == ()


def test_the_dominant_colour_is_the_commonest(renderer: PillowRenderer) -> None:
    image = Image.new("RGB", (300, 300), (20, 60, 200))
    image.paste((250, 250, 10), (0, 0, 300, 100))
    colour = renderer.describe(encoded(image, "PNG"), NO_DEADLINE).dominant_colour
    red, green, blue = bytes.fromhex(colour[1:])
    assert abs(red - 20) + abs(green - 60) + abs(blue - 200) < 20


def test_like_pictures_have_like_hashes(renderer: PillowRenderer) -> None:
    def bits(data: bytes) -> int:
        return int(renderer.describe(data, NO_DEADLINE).perceptual_hash, 16)

    original = bits(encoded(scene(), "PNG"))
    assert (original ^ bits(encoded(scene().resize((100, 70)), quality=40))).bit_count() <= 8
    assert (original ^ bits(encoded(scene().rotate(90), "PNG"))).bit_count() > 12


def test_a_turned_picture_is_described_as_it_is_seen(renderer: PillowRenderer) -> None:
    straight = renderer.describe(turned(1, "PNG"), NO_DEADLINE)
    sideways = renderer.describe(turned(6, "PNG"), NO_DEADLINE)
    assert (straight.blur_hash, straight.perceptual_hash) == (sideways.blur_hash, sideways.perceptual_hash)


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (3, 2)])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "CMYK"])
def test_odd_pictures_are_described(renderer: PillowRenderer, mode: str, size: tuple[int, int]) -> None:
    details = renderer.describe(encoded(Image.new(mode, size), "TIFF"), NO_DEADLINE)
    assert details.blur_hash
    assert details.thumb_hash
