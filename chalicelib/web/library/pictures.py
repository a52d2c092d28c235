"""The tags and hashes in an item's DTO: every field that clients make image URLs from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chalicelib.domain.images.images import ImageType, OwnerImages, StoredImage
from chalicelib.domain.library.items import Item
from chalicelib.web.library.queries import Wanted
from chalicelib.web.library.schemas.items import HashesByType, ItemPictures
from chalicelib.web.protocol.declarations.shapes import Verbatim

type ImagesById = Mapping[str, OwnerImages]

_LENT = (ImageType.PRIMARY, ImageType.LOGO, ImageType.THUMB, ImageType.BACKDROP)


@dataclass(frozen=True, slots=True)
class Loan:
    """Images of one type that an item shows as its own though they belong to another."""

    owner_id: str | None = None
    images: tuple[StoredImage, ...] = ()

    @property
    def tag(self) -> str | None:
        """Return the tag of the first image."""
        return self.images[0].tag if self.images else None

    @property
    def tags(self) -> list[str] | None:
        """Return the tags of all, None when there are none."""
        return [image.tag for image in self.images] or None


def pictures(item: Item, images: ImagesById, wanted: Wanted) -> ItemPictures:
    """Return the tags of the item's own images, of those it borrows, and the hashes of all of them, if wanted."""
    if not wanted.images:
        return {}
    own = _wanted_images(images.get(item.id), wanted)
    has = {image.image_type for image in own}
    loans = {
        image_type: Loan() if image_type in has else _loan(item, images, image_type, wanted)
        for image_type in _LENT
    }
    family = _family(item, images, wanted)
    shown = [*own, *(image for loan in (*loans.values(), *family) for image in loan.images)]
    return {
        **_own_tags(own),
        **_aspect_ratio(own, wanted),
        **_borrowed_tags(loans),
        "SeriesPrimaryImageTag": family[0].tag,
        "SeriesThumbImageTag": family[1].tag,
        "AlbumPrimaryImageTag": family[2].tag,
        "ImageBlurHashes": blur_hashes(shown),
    }


def _own_tags(own: Sequence[StoredImage]) -> ItemPictures:
    return {
        "ImageTags": Verbatim(
            (image.image_type.value, image.tag) for image in own if not image.image_type.holds_several
        ),
        "BackdropImageTags": [image.tag for image in own if image.image_type is ImageType.BACKDROP],
    }


def _aspect_ratio(own: Sequence[StoredImage], wanted: Wanted) -> ItemPictures:
    primary = next((image for image in own if image.image_type is ImageType.PRIMARY), None)
    if primary is None or not wanted.field("PrimaryImageAspectRatio"):
        return {}
    return {"PrimaryImageAspectRatio": primary.facts.width / primary.facts.height}


def _borrowed_tags(loans: Mapping[ImageType, Loan]) -> ItemPictures:
    """Name the lenders; a client shows the lender's image where the item has none."""
    primary, logo = loans[ImageType.PRIMARY], loans[ImageType.LOGO]
    thumb, backdrop = loans[ImageType.THUMB], loans[ImageType.BACKDROP]
    return {
        "ParentPrimaryImageItemId": primary.owner_id,
        "ParentPrimaryImageTag": primary.tag,
        "ParentLogoItemId": logo.owner_id,
        "ParentLogoImageTag": logo.tag,
        "ParentThumbItemId": thumb.owner_id,
        "ParentThumbImageTag": thumb.tag,
        "ParentBackdropItemId": backdrop.owner_id,
        "ParentBackdropImageTags": backdrop.tags,
    }


def _family(item: Item, images: ImagesById, wanted: Wanted) -> tuple[Loan, Loan, Loan]:
    """Return the poster and the thumb of the series, and the cover of the album, that the item belongs to."""
    return (
        _lent(item.series_id, images, ImageType.PRIMARY, wanted),
        _lent(item.series_id, images, ImageType.THUMB, wanted),
        _lent(item.album_id, images, ImageType.PRIMARY, wanted),
    )


def _loan(item: Item, images: ImagesById, image_type: ImageType, wanted: Wanted) -> Loan:
    """Return the images of the nearest lender that has any of a type."""
    loans = (_lent(lender, images, image_type, wanted) for lender in _lenders(item))
    return next((loan for loan in loans if loan.images), Loan())


def _lenders(item: Item) -> tuple[str, ...]:
    """Return who lends images, the nearest first, then the first album artist.

    The top of the library is no lender, its picture shows a shelf, unless it is the series or album itself.
    """
    family = {item.series_id, item.season_id, item.album_id}
    above = tuple(item_id for n, item_id in enumerate(item.ancestors) if n or item_id in family)
    return (*reversed(above), *(mention.id for mention in item.album_artists[:1]))


def _lent(lender: str | None, images: ImagesById, image_type: ImageType, wanted: Wanted) -> Loan:
    if lender is None:
        return Loan()
    found = of_type(images.get(lender), image_type)[: wanted.limit(image_type)]
    return Loan(lender, found) if found else Loan()


def _wanted_images(images: OwnerImages | None, wanted: Wanted) -> list[StoredImage]:
    return [
        image for image_type in ImageType for image in of_type(images, image_type)[: wanted.limit(image_type)]
    ]


def of_type(images: OwnerImages | None, image_type: ImageType) -> tuple[StoredImage, ...]:
    """Return an owner's images of a type; an unknown owner has none."""
    return images.of_type(image_type) if images else ()


def blur_hashes(images: Iterable[StoredImage]) -> HashesByType:
    """Return the hashes by image type and tag; an image that is not described yet has none."""
    hashes: HashesByType = Verbatim()
    for image in images:
        if image.details:
            hashes.setdefault(image.image_type.value, Verbatim())[image.tag] = image.details.blur_hash
    return hashes
