"""Reading rows of images, and those of their details where they are apart."""

from collections.abc import Iterable, Iterator

from pynamodb.exceptions import DoesNotExist

from chalicelib.adapters.dynamodb.images.old_rows import image_from_map
from chalicelib.adapters.dynamodb.images.packing import unpacked_images
from chalicelib.adapters.dynamodb.images.rows import (
    IMAGE_DETAILS,
    ImageDetailsRow,
    ImagesRow,
    key_of,
    mark_from_map,
    owner_of_row,
)
from chalicelib.domain.images.heads import ImageHeads
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.errors import ConflictError

_MOST_LOOKS = 8
_HEADS = ["name", "heads", "images"]


def read_heads(owner: OwnerKey) -> ImageHeads | None:
    """Read the heads, and of a row of the old form the whole."""
    try:
        row = ImagesRow.get(*key_of(owner), consistent_read=True, attributes_to_get=_HEADS)
    except DoesNotExist:
        return None
    if row.is_packed:
        return ImageHeads(row.name, row.heads)
    return ImageHeads.of(OwnerImages(owner, row.name, tuple(map(image_from_map, row.images or ()))))


def read_images(owner: OwnerKey) -> OwnerImages | None:
    """Read the row, then that of the details, until both are of one write.

    Raises ConflictError when they never are.
    """
    for _ in range(_MOST_LOOKS):
        try:
            row = ImagesRow.get(*key_of(owner), consistent_read=True)
        except DoesNotExist:
            return None
        if images := images_of_row(row, _details(owner) if row.details_at else None):
            return images
    raise ConflictError(f"The images of {owner} kept changing; try again.")


def read_many(owners: Iterable[OwnerKey]) -> Iterator[OwnerImages]:
    """Read rows by the hundred, then those of the details that are apart."""
    keys = [key_of(owner) for owner in dict.fromkeys(owners)]
    return whole_images(list(ImagesRow.batch_get(keys, consistent_read=True)))


def whole_images(rows: Iterable[ImagesRow]) -> Iterator[OwnerImages]:
    """Join rows with their details; an owner that was written between the reads is read anew."""
    rows = list(rows)
    keys = [(row.pk, IMAGE_DETAILS) for row in rows if row.details_at]
    details = {row.pk: row for row in ImageDetailsRow.batch_get(keys, consistent_read=True)} if keys else {}
    for row in rows:
        if images := images_of_row(row, details.get(row.pk)) or read_images(owner_of_row(row)):
            yield images


def images_of_row(row: ImagesRow, apart: ImageDetailsRow | None = None) -> OwnerImages | None:
    """Join a row with its details; None where those apart are of another write."""
    owner, version = owner_of_row(row), int(row.version)
    if not row.is_packed:
        return OwnerImages(owner, row.name, tuple(map(image_from_map, row.images or ())), version)
    details = row.details
    if row.details_at is not None:
        if apart is None or apart.version != row.details_at:
            return None
        details = apart.details
    images = unpacked_images(ImageHeads(row.name, row.heads), details) if details else ()
    mark = None if row.mark is None else mark_from_map(row.mark)
    return OwnerImages(owner, row.name, images, version, mark)


def _details(owner: OwnerKey) -> ImageDetailsRow | None:
    try:
        return ImageDetailsRow.get(str(owner), IMAGE_DETAILS, consistent_read=True)
    except DoesNotExist:
        return None
