"""How much each library stores."""

from dataclasses import replace

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageFacts, ImageType, OwnerImages, StoredImage
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.library.items import Item, ItemType
from chalicelib.services.ports import BlobInfo
from infra.operations.storage import ELSEWHERE, USERS, Amount, Libraries, amounts, by_library
from tests.support.fakes.accounts import NOON

FACTS = ImageFacts(ImageFormat.JPG, 2, 3)
MOVIES = Item("1" * 32, ItemType.COLLECTION_FOLDER, "Movies", "movies", NOON)
DUNE = Item("2" * 32, ItemType.MOVIE, "Dune", "dune", NOON, ancestors=(MOVIES.id,))
ALIEN = replace(DUNE, id="3" * 32, name="Alien")
LOOSE = Item("4" * 32, ItemType.MOVIE, "Loose", "loose", NOON)
PERSON = Item("5" * 32, ItemType.PERSON, "Amy", "amy", NOON)


def images(owner: OwnerKey, *sizes: tuple[str, int]) -> OwnerImages:
    stored = (
        StoredImage(ImageType.BACKDROP, tag, f"originals/{tag}", size, FACTS, NOON) for tag, size in sizes
    )
    return OwnerImages(owner, "x", tuple(stored))


def test_items_belong_to_the_library_at_the_top_of_their_tree() -> None:
    libraries = Libraries.of_items([DUNE, MOVIES, LOOSE, PERSON])
    owners = [DUNE, MOVIES, LOOSE, PERSON, ALIEN]
    assert [libraries.of(images(OwnerKey.item(item.id))) for item in owners] == [
        "Movies",
        "Movies",
        "Loose",
        "(Person)",
        ELSEWHERE,
    ]
    assert libraries.of(images(OwnerKey.user("6" * 32))) == USERS


def test_blobs_are_added_up_by_the_tag_in_their_keys() -> None:
    blobs = [BlobInfo(key, size, NOON) for key, size in (("v/a/1", 1), ("v/a/2", 2), ("v/b/1", 4))]
    assert amounts(blobs, 1) == {"a": Amount(2, 3), "b": Amount(1, 4)}


def test_an_original_that_images_share_counts_once_a_library() -> None:
    owners = [
        images(OwnerKey.item(DUNE.id), ("a", 10), ("b", 20)),
        images(OwnerKey.item(ALIEN.id), ("a", 10)),
    ]
    libraries = Libraries.of_items([MOVIES, DUNE, ALIEN])
    stored = by_library(owners, libraries, {"a": Amount(2, 5)}, {"b": Amount(3, 7), "gone": Amount(1, 1)})
    assert list(stored) == ["Movies"]
    movies = stored["Movies"]
    assert (movies.images, movies.size) == (3, 42)
    assert (movies.originals, movies.steps, movies.variants) == (Amount(2, 30), Amount(2, 5), Amount(3, 7))
