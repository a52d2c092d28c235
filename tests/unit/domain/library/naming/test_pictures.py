"""Which file is which image, as Jellyfin names local pictures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.naming.extensions import PICTURES, is_picture
from chalicelib.domain.library.naming.pictures import (
    MOST_NUMBERED,
    NamedPicture,
    Naming,
    pictures_of,
    pictures_of_season,
)

MOVIE = Naming(ItemType.MOVIE, "Dune (2021)")
MIXED = Naming(ItemType.MOVIE, "Dune (2021)", is_mixed=True)
PRIMARY, BACKDROP, LOGO, THUMB = ImageType.PRIMARY, ImageType.BACKDROP, ImageType.LOGO, ImageType.THUMB


def of_type(naming: Naming, image_type: ImageType, *files: str) -> list[str]:
    return [picture.file for picture in pictures_of(naming, files) if picture.image_type is image_type]


@pytest.mark.parametrize(
    ("item_type", "order"),
    [
        (ItemType.MOVIE, "X poster folder cover default movie"),
        (ItemType.VIDEO, "X poster folder cover default movie"),
        (ItemType.SERIES, "X poster folder cover default show"),
        (ItemType.MUSIC_ALBUM, "X folder poster cover jacket default albumart"),
        (ItemType.MUSIC_ARTIST, "X folder poster cover jacket default albumart"),
        (ItemType.PHOTO_ALBUM, "X folder poster cover jacket default albumart"),
        (ItemType.PERSON, "X folder poster"),
        (ItemType.BOX_SET, "X poster folder cover default"),
        (ItemType.SEASON, "X poster folder cover default"),
        (ItemType.EPISODE, "X X-thumb metadata/X metadata/X-thumb"),
    ],
)
def test_the_first_hit_is_the_primary_image(item_type: ItemType, order: str) -> None:
    files = [f"{base}.jpg" for base in order.split()]
    while files:
        assert of_type(Naming(item_type, "X"), PRIMARY, *reversed(files)) == files[:1]
        files.pop(0)


@pytest.mark.parametrize(
    ("image_type", "item_type", "order"),
    [
        (LOGO, ItemType.MOVIE, "logo clearlogo"),
        (ImageType.ART, ItemType.SERIES, "clearart"),
        (ImageType.BANNER, ItemType.SERIES, "banner"),
        (THUMB, ItemType.SEASON, "landscape thumb"),
        (ImageType.DISC, ItemType.MOVIE, "disc cdart discart"),
        (ImageType.DISC, ItemType.BOX_SET, "disc cdart discart"),
        (ImageType.DISC, ItemType.MUSIC_ALBUM, "cdart disc"),
    ],
)
def test_the_first_hit_is_the_image_of_any_type_that_holds_one(
    image_type: ImageType, item_type: ItemType, order: str
) -> None:
    files = [f"{base}.png" for base in order.split()]
    while files:
        assert of_type(Naming(item_type, "X"), image_type, *reversed(files)) == files[:1]
        files.pop(0)


def test_the_name_with_the_items_own_in_front_comes_first() -> None:
    assert of_type(MOVIE, PRIMARY, "poster.jpg", "Dune (2021)-poster.jpg") == ["Dune (2021)-poster.jpg"]
    assert of_type(MOVIE, LOGO, "logo.png", "dune (2021)-LOGO.png") == ["dune (2021)-LOGO.png"]


def test_in_a_mixed_folder_only_names_that_begin_with_the_items_count() -> None:
    assert (
        pictures_of(MIXED, ["poster.jpg", "fanart.jpg", "logo.png", "extrafanart/1.jpg", "backdrop1.jpg"])
        == ()
    )
    assert of_type(MIXED, PRIMARY, "poster.jpg", "Dune (2021).jpg") == ["Dune (2021).jpg"]
    assert of_type(MIXED, BACKDROP, "Dune (2021)-fanart.jpg", "Dune (2021)-backdrop2.jpg") == [
        "Dune (2021)-fanart.jpg",
        "Dune (2021)-backdrop2.jpg",
    ]


def test_backdrops_come_in_jellyfins_order() -> None:
    ordered = [
        "Dune (2021)-fanart.jpg",
        "fanart.jpg",
        "fanart-1.jpg",
        "fanart-2.jpg",
        "background.jpg",
        "background-1.jpg",
        "art.jpg",
        "art-1.jpg",
        "extrafanart/a.jpg",
        "extrafanart/b.png",
        "backdrop.jpg",
        "backdrop1.jpg",
        "backdrop2.jpg",
    ]
    assert of_type(MOVIE, BACKDROP, *sorted(ordered, key=lambda file: file[::-1])) == ordered


def test_backdrops_with_the_items_own_name_in_front_make_a_row_before_the_plain_ones() -> None:
    files = ["fanart.jpg", "fanart-1.jpg", "Dune-fanart-1.jpg", "Dune-fanart-2.jpg"]
    found = pictures_of(Naming(ItemType.MOVIE, "Dune"), files)
    assert [picture.file for picture in found] == [
        "Dune-fanart-1.jpg",
        "Dune-fanart-2.jpg",
        "fanart.jpg",
        "fanart-1.jpg",
    ]


def test_art_is_a_backdrop_and_clearart_is_art() -> None:
    assert pictures_of(MOVIE, ["art.jpg"]) == (NamedPicture(BACKDROP, "art.jpg"),)
    assert pictures_of(MOVIE, ["clearart.png"]) == (NamedPicture(ImageType.ART, "clearart.png"),)


@pytest.mark.parametrize(
    ("numbers", "taken"),
    [
        ([1, 2, 3], [1, 2, 3]),
        ([3], [3]),
        ([4], []),
        ([1, 3, 5], [1, 3, 5]),
        ([1, 3, 5, 7], [1, 3, 5]),
        (range(1, 23), range(1, 21)),
    ],
)
def test_numbering_ends_with_the_third_number_that_is_missing(numbers: list[int], taken: list[int]) -> None:
    files = [f"backdrop{number}.jpg" for number in numbers]
    assert of_type(MOVIE, BACKDROP, *files) == [f"backdrop{number}.jpg" for number in taken]


def test_a_caller_may_say_how_many_numbers_can_be_missing() -> None:
    named = pictures_of(MOVIE, ["backdrop9.jpg"], misses=MOST_NUMBERED)
    assert named == (NamedPicture(BACKDROP, "backdrop9.jpg"),)


def test_a_dash_belongs_to_numbers_of_fanart_but_not_of_backdrops() -> None:
    assert of_type(MOVIE, BACKDROP, "backdrop-1.jpg", "fanart1.jpg") == []


def test_of_files_that_differ_in_their_extension_the_first_extension_wins() -> None:
    files = [f"poster{extension}" for extension in PICTURES]
    while files:
        assert of_type(MOVIE, PRIMARY, *reversed(files)) == files[:1]
        files.pop(0)


def test_letter_case_does_not_count() -> None:
    assert pictures_of(MOVIE, ["POSTER.JPG", "ExtraFanart/One.PNG"]) == (
        NamedPicture(PRIMARY, "POSTER.JPG"),
        NamedPicture(BACKDROP, "ExtraFanart/One.PNG"),
    )


@pytest.mark.parametrize("item_type", [ItemType.EPISODE, ItemType.PERSON])
def test_episodes_and_people_have_a_primary_image_alone(item_type: ItemType) -> None:
    files = [
        "logo.png",
        "clearart.png",
        "banner.jpg",
        "landscape.jpg",
        "fanart.jpg",
        "backdrop.jpg",
        "disc.png",
    ]
    assert pictures_of(Naming(item_type, "X"), files) == ()


def test_songs_have_no_logo_art_banner_thumb_or_disc() -> None:
    files = ["X-logo.png", "X-clearart.png", "X-banner.jpg", "X-thumb.jpg", "X-disc.png"]
    assert pictures_of(Naming(ItemType.AUDIO, "X", is_mixed=True), files) == ()


@pytest.mark.parametrize(
    "file", ["poster.txt", "poster", "movie.nfo", "back.jpg", "box.jpg", "poster.jpg.part"]
)
def test_other_files_are_no_images(file: str) -> None:
    assert pictures_of(MOVIE, [file]) == ()


@pytest.mark.parametrize(
    ("number", "name", "file", "image_type"),
    [
        (1, "Season 1", "season01-poster.jpg", PRIMARY),
        (12, "Season 12", "Season12-Fanart.jpg", BACKDROP),
        (0, "Specials", "season-specials-banner.jpg", ImageType.BANNER),
        (0, "Specials", "specials-poster.jpg", PRIMARY),
        (2, "The Long Night", "TheLongNight-landscape.png", THUMB),
    ],
)
def test_a_seasons_images_may_lie_in_the_folder_of_its_series(
    number: int, name: str, file: str, image_type: ImageType
) -> None:
    assert pictures_of_season(number, name, ["poster.jpg", file]) == (NamedPicture(image_type, file),)


@pytest.mark.parametrize(
    "file", ["season1-poster.jpg", "season02-poster.jpg", "season01.jpg", "season01-thumb.jpg"]
)
def test_other_files_of_a_series_are_none_of_a_season(file: str) -> None:
    assert pictures_of_season(1, "One", [file]) == ()


@given(
    st.lists(st.text(max_size=12), max_size=8), st.sampled_from(ItemType), st.text(max_size=5), st.booleans()
)
def test_any_names_give_each_file_at_most_once_and_one_hit_for_each_single_type(
    files: list[str],
    item_type: ItemType,
    stem: str,
    is_mixed: bool,  # noqa: FBT001  # Hypothesis draws it
) -> None:
    named = pictures_of(Naming(item_type, stem, is_mixed), [f"{name}.jpg" for name in files])
    singles = [picture.image_type for picture in named if picture.image_type is not BACKDROP]
    assert len(singles) == len(set(singles))
    backdrops = [picture.file for picture in named if picture.image_type is BACKDROP]
    assert len(backdrops) == len(set(backdrops))


def test_a_picture_is_known_by_its_extension() -> None:
    assert is_picture("a/b.JPG")
    assert not is_picture("movie.mkv")
