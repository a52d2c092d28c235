"""Images of an owner as Jellyfin lists them."""

from chalicelib.domain.images.images import OwnerImages, StoredImage
from chalicelib.web.images.schemas import ImageInfo


def image_infos(images: OwnerImages) -> list[ImageInfo]:
    """Return Jellyfin's ImageInfo of every image: first the types that hold one, then the others by index."""
    single = [image_info(image) for image in images.images if not image.image_type.holds_several]
    several = [
        image_info(image, index)
        for image_type in dict.fromkeys(image.image_type for image in images.images)
        if image_type.holds_several
        for index, image in enumerate(images.of_type(image_type))
    ]
    return single + several


def image_info(image: StoredImage, index: int | None = None) -> ImageInfo:
    """Return Jellyfin's ImageInfo; sizes in pixels as displayed, `Path` is the key of the stored original."""
    return {
        "ImageType": image.image_type,
        "ImageIndex": index,
        "ImageTag": image.tag,
        "Path": image.original,
        "BlurHash": image.details.blur_hash if image.details else None,
        "Height": image.facts.height,
        "Width": image.facts.width,
        "Size": image.size,
    }
