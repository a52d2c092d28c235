"""Heads: packed and found again, each as it went in."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.heads import ImageHead, ImageHeads
from chalicelib.domain.images.images import ImageFacts, ImageType, OwnerImages, StoredImage
from chalicelib.domain.images.owners import OwnerKey

OWNER = OwnerKey.item("a" * 32)
SECONDS = st.integers(0, 2**32 - 1).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
FACTS = st.builds(
    ImageFacts,
    st.sampled_from(ImageFormat),
    st.integers(1, 2**22 - 1),
    st.integers(1, 2**22 - 1),
    st.integers(1, 8),
    st.integers(1, 2**20 - 1),
    st.booleans(),
)
IMAGES = st.builds(
    StoredImage,
    st.sampled_from(ImageType),
    st.binary(min_size=16, max_size=16).map(bytes.hex),
    st.just("originals/x"),
    st.integers(0, 2**32 - 1),
    FACTS,
    SECONDS,
)


def head_of(image: StoredImage) -> ImageHead:
    return ImageHead(image.image_type, image.tag, image.size, image.facts, image.modified)


@given(st.lists(IMAGES, max_size=20).map(tuple))
def test_every_image_is_found_by_its_index_and_by_its_tag(stored: tuple[StoredImage, ...]) -> None:
    images = OwnerImages(OWNER, "Film", stored)
    heads = ImageHeads.of(images)
    assert list(heads.all()) == [head_of(image) for image in stored]
    for image_type in ImageType:
        of_type = images.of_type(image_type)
        for index, image in enumerate(of_type):
            assert heads.find(image_type, index) == head_of(image)
            first = next(other for other in of_type if other.tag == image.tag)
            assert heads.tagged(image_type, image.tag) == head_of(first)
        assert heads.find(image_type, len(of_type)) is None
        assert heads.find(image_type, -1) is None
        assert heads.tagged(image_type, "no tag") is None


def test_a_time_is_kept_to_the_second() -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
    image = StoredImage(ImageType.LOGO, "b" * 32, "originals/x", 1, ImageFacts(ImageFormat.PNG, 1, 1), at)
    head = ImageHeads.of(OwnerImages(OWNER, "Film", (image,))).find(ImageType.LOGO)
    assert head
    assert head.modified == at.replace(microsecond=0)


def test_the_codes_of_what_is_stored_stay_as_they_are() -> None:
    """Rows are written with places in these orders: whoever adds a type or a format adds it at the end."""
    formats = "Jpg Png Gif Webp Bmp Avif Tiff Heic Jp2 Ico"
    assert " ".join(ImageFormat).startswith(formats)
    types = "Primary Art Backdrop Banner Logo Thumb Disc Box Screenshot Menu Chapter BoxRear Profile"
    assert " ".join(ImageType) == types


def test_a_hundred_and_one_images_and_a_name_fit_in_one_read() -> None:
    image = StoredImage(
        ImageType.BACKDROP,
        "b" * 32,
        "originals/x",
        2**32 - 1,
        ImageFacts(ImageFormat.PNG, 16_383, 16_383),
        datetime(2100, 1, 1, tzinfo=UTC),
    )
    heads = ImageHeads.of(OwnerImages(OWNER, "Film", (image,) * 101))
    assert len(heads.packed) < 3_600
