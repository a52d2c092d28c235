"""What artwork items have, in few bytes: whoever looks for what is missing or small reads a whole library."""

from collections.abc import Iterable

from chalicelib.domain.images.images import OwnerImages, StoredImage
from chalicelib.domain.library.items import Item
from chalicelib.web.library.pictures import ImagesById
from chalicelib.web.library.schemas.artwork import ImageFacts, ItemArtwork


def artwork_dtos(items: Iterable[Item], images: ImagesById) -> list[ItemArtwork]:
    """Return each item's name and the facts of its images; `images` has all that `images_around` found."""
    return [_artwork_dto(item, images) for item in items]


def _artwork_dto(item: Item, images: ImagesById) -> ItemArtwork:
    own = images.get(item.id)
    return {
        "Id": item.id,
        "Name": item.name,
        "SortName": item.sort_name,
        "Type": item.type,
        "ProductionYear": item.year,
        "Album": _name(images.get(item.album_id or "")),
        "SeriesName": _name(images.get(item.series_id or "")),
        "Images": [_facts(image) for image in own.images] if own else [],
    }


def _facts(image: StoredImage) -> ImageFacts:
    """Return facts of an image; those of one type stand in the order of their indexes."""
    return {
        "ImageType": image.image_type,
        "ImageTag": image.tag,
        "Width": image.facts.width,
        "Height": image.facts.height,
        "Size": image.size,
        "ContentType": image.facts.format.mime_type,
        "BlurHash": image.details.blur_hash if image.details else None,
    }


def _name(images: OwnerImages | None) -> str | None:
    return images.name if images else None
