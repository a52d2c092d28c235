"""Which format an answer has."""

import pytest

from chalicelib.domain.images.formats import OUTPUT_FORMATS, ImageFormat
from chalicelib.domain.images.images import ImageFacts
from chalicelib.domain.variants.negotiation import answers_stored, fitting, output_format
from chalicelib.domain.variants.options import NEGOTIABLE, ImageProcessingOptions, RequestedFormat

JPG, PNG, GIF, WEBP, AVIF, BMP, TIFF, HEIC, JP2, ICO = (
    ImageFormat.JPG,
    ImageFormat.PNG,
    ImageFormat.GIF,
    ImageFormat.WEBP,
    ImageFormat.AVIF,
    ImageFormat.BMP,
    ImageFormat.TIFF,
    ImageFormat.HEIC,
    ImageFormat.JP2,
    ImageFormat.ICO,
)
WEBP_ACCEPTED = frozenset({WEBP})
AVIF_ACCEPTED = frozenset({AVIF})


def facts(stored: ImageFormat, *, has_alpha: bool = False, frames: int = 1) -> ImageFacts:
    return ImageFacts(stored, 100, 100, has_alpha=has_alpha, frames=frames)


@pytest.mark.parametrize(
    ("stored", "expected"),
    [(JPG, JPG), (PNG, PNG), (WEBP, PNG), (GIF, GIF), (BMP, JPG), (TIFF, JPG), (AVIF, JPG), (HEIC, JPG)],
)
def test_a_client_that_lists_nothing_gets_what_every_client_shows(
    stored: ImageFormat, expected: ImageFormat
) -> None:
    assert output_format(facts(stored), ImageProcessingOptions()) is expected


@pytest.mark.parametrize("stored", [BMP, TIFF, AVIF, HEIC, JP2, ICO])
def test_transparency_and_motion_survive_where_the_stored_format_cannot(stored: ImageFormat) -> None:
    assert output_format(facts(stored, has_alpha=True), ImageProcessingOptions()) is PNG
    assert output_format(facts(stored, frames=2), ImageProcessingOptions()) is PNG


@pytest.mark.parametrize("stored", ImageFormat)
def test_a_listed_format_is_preferred_webp_first(stored: ImageFormat) -> None:
    assert output_format(facts(stored), ImageProcessingOptions(accepted=WEBP_ACCEPTED)) is WEBP
    assert output_format(facts(stored), ImageProcessingOptions(accepted=NEGOTIABLE)) is WEBP
    assert output_format(facts(stored), ImageProcessingOptions(accepted=AVIF_ACCEPTED)) is AVIF


def test_an_animation_is_not_made_avif() -> None:
    moving = facts(GIF, frames=3)
    assert output_format(moving, ImageProcessingOptions(accepted=AVIF_ACCEPTED)) is GIF


@pytest.mark.parametrize("asked", [f for f in RequestedFormat if f is not RequestedFormat.ORIGINAL])
@pytest.mark.parametrize("stored", ImageFormat)
def test_what_is_asked_for_is_made(asked: RequestedFormat, stored: ImageFormat) -> None:
    options = ImageProcessingOptions(format=asked, accepted=NEGOTIABLE)
    assert output_format(facts(stored), options) is asked.image_format
    assert answers_stored(facts(stored), options) == (asked.value == stored.value)


@pytest.mark.parametrize("stored", ImageFormat)
def test_original_is_the_stored_format_or_its_stand_in(stored: ImageFormat) -> None:
    options = ImageProcessingOptions(format=RequestedFormat.ORIGINAL, accepted=NEGOTIABLE)
    stand_in = stored if stored in OUTPUT_FORMATS else JPG
    assert output_format(facts(stored), options) is stand_in
    assert answers_stored(facts(stored), options)


@pytest.mark.parametrize(
    ("stored", "accepted", "expected"),
    [
        (JPG, frozenset(), True),
        (JPG, WEBP_ACCEPTED, True),
        (PNG, frozenset(), True),
        (GIF, frozenset(), True),
        (WEBP, frozenset(), False),
        (WEBP, WEBP_ACCEPTED, True),
        (AVIF, WEBP_ACCEPTED, False),
        (AVIF, NEGOTIABLE, True),
        (BMP, NEGOTIABLE, False),
        (TIFF, NEGOTIABLE, False),
    ],
)
def test_stored_bytes_go_only_to_clients_that_show_them(
    stored: ImageFormat,
    accepted: frozenset[ImageFormat],
    expected: bool,  # noqa: FBT001  # a column of the table
) -> None:
    assert answers_stored(facts(stored), ImageProcessingOptions(accepted=accepted)) is expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((4096, 2176), AVIF),
        ((2048, 4352), AVIF),
        ((8192, 1088), AVIF),
        ((4096, 2177), JPG),
        ((100, 4353), JPG),
    ],
)
def test_what_is_too_large_for_avif_is_made_as_for_a_client_that_lists_nothing(
    size: tuple[int, int], expected: ImageFormat
) -> None:
    for options in (
        ImageProcessingOptions(accepted=AVIF_ACCEPTED),
        ImageProcessingOptions(format=RequestedFormat.AVIF),
    ):
        assert output_format(facts(JPG), fitting(facts(JPG), options, size)) is expected


@pytest.mark.parametrize(
    ("size", "has_alpha", "expected"),
    [((4000, 4000), True, WEBP), ((4000, 4001), True, PNG), ((4000, 8000), False, WEBP)],
)
def test_a_transparent_webp_has_a_largest_size(
    *, size: tuple[int, int], has_alpha: bool, expected: ImageFormat
) -> None:
    logo = facts(PNG, has_alpha=has_alpha)
    options = ImageProcessingOptions(accepted=WEBP_ACCEPTED)
    assert output_format(logo, fitting(logo, options, size)) is expected
