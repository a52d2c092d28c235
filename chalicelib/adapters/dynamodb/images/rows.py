"""Rows of images and of claims, and how they are written.

A row of images holds the packed heads, which is all that an image request reads of it, and the details of all
images as one compressed document. Details that would make the row larger than the 4 KB that DynamoDB reads at once
are in a row beside it, `images#details`, which says to which version of the images it belongs.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pynamodb.attributes import (
    BinaryAttribute,
    BooleanAttribute,
    JSONAttribute,
    ListAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb.images.packing import packed_details
from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.claims import Claim
from chalicelib.domain.images.heads import ImageHeads
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.images.owners import OwnerKey, OwnerKind
from chalicelib.domain.images.upstream import UpstreamMark

IMAGES = "images"
UPSTREAM = f"{OwnerKind.UPSTREAM}#"
PLACE = "place#"
"""Begins the sort key of an image of the upstream server; its partition is that of its owner there."""
IMAGE_DETAILS = "images#details"
CLAIMS = "original#"

ONE_READ = 4_096
"""Bytes: up to so many, a consistent read of a row is one read unit."""

_KEYS_AND_NAMES = 200
"""Bytes of a row's keys, its numbers and the names of its attributes, at most."""


class ImagesRow(Row):
    """All images of one owner; `details_at` is the version of the row of details, where they are apart.

    `mark` is what is known of an image's counterpart in the upstream server.

    Rows of the form before this one have `images`, a list of maps, and no `heads`.
    """

    name = UnicodeAttribute()
    version = NumberAttribute()
    heads = BinaryAttribute(legacy_encoding=False, null=True)
    details = BinaryAttribute(legacy_encoding=False, null=True)
    details_at = NumberAttribute(null=True)
    images: ListAttribute[Any] = ListAttribute(null=True)
    write_id = UnicodeAttribute(null=True)
    mark = JSONAttribute(null=True)

    @property
    def is_packed(self) -> bool:
        """Tell whether the row is of today's form."""
        return "heads" in self.attribute_values


class ImageDetailsRow(Row):
    """The details of an owner with many images; `version` is that of the images that they were written with."""

    version = NumberAttribute()
    details = BinaryAttribute(legacy_encoding=False)


class ClaimRow(Row):
    """One owner's claim to one original; the fields are those of Claim."""

    since = UTCDateTimeAttribute()
    at = UTCDateTimeAttribute()
    held = BooleanAttribute(default=False)


def write_change(write: TransactWrite, row: ImagesRow, apart: ImageDetailsRow | None, change: Change) -> None:
    """Add a change to a transaction, with the rows of its images; of the parts, the held claim comes last."""
    for original in change.dropped:
        write.delete(claim_row(original, change.images.owner))
    if drops_details(apart, change):
        write.delete(ImageDetailsRow(row.pk, IMAGE_DETAILS))
    write.save(row, condition=unchanged(row))
    if apart:
        write.save(apart)
    if held := change.held:
        action = ClaimRow.held.set(True)  # PynamoDB's way to say it
        write.update(claim_row(held.original, held.owner), [action], condition=ClaimRow.since == held.since)


def drops_details(apart: ImageDetailsRow | None, change: Change) -> bool:
    """Tell whether a change may leave a row of details behind that is no longer needed: where the list shrinks."""
    return apart is None and bool(change.dropped)


def delete_images(write: TransactWrite, images: OwnerImages) -> None:
    """Add the end of an owner's images to a transaction, on the condition that nobody has written them since."""
    row = ImagesRow(*key_of(images.owner))
    write.delete(row, condition=ImagesRow.version == images.version)
    write.delete(ImageDetailsRow(row.pk, IMAGE_DETAILS))


def unchanged(row: ImagesRow) -> Condition:
    """Require that nobody has written the row since the version before its own was read."""
    known = int(row.version) - 1
    return ImagesRow.version == known if known else ImagesRow.pk.does_not_exist()


def key_of(owner: OwnerKey) -> tuple[str, str]:
    """Return the keys of an owner's row; images of one owner in the upstream server share a partition."""
    if owner.kind is not OwnerKind.UPSTREAM:
        return str(owner), IMAGES
    subject, image_type, index = owner.id.rsplit("/", 2)
    return f"{UPSTREAM}{subject}", f"{PLACE}{image_type}/{index}"


def owner_of_row(row: ImagesRow) -> OwnerKey:
    """Return whose images a row holds."""
    place = row.sk.removeprefix(PLACE)
    return owner_of(row.pk if place == row.sk else f"{row.pk}/{place}")


def mark_to_map(mark: UpstreamMark) -> dict[str, Any]:
    """Flatten a mark to what JSON knows; what is empty is left out."""
    flat = asdict(mark) | {"tags": list(mark.tags)}
    dates = {name: flat[name].isoformat() for name in ("checked", "gone") if flat[name]}
    return {name: value for name, value in (flat | dates).items() if value}


def mark_from_map(entry: Mapping[str, Any]) -> UpstreamMark:
    """Build a mark from what `mark_to_map` made."""
    dates = {name: datetime.fromisoformat(entry[name]) for name in ("checked", "gone") if name in entry}
    return UpstreamMark(**{**entry, **dates, "tags": tuple(entry.get("tags", ()))})


def images_row(images: OwnerImages) -> ImagesRow:
    """Return the row of an owner without images; the library writes it together with an item's other rows."""
    return images_rows(images)[0]


def images_rows(images: OwnerImages, write_id: str | None = None) -> tuple[ImagesRow, ImageDetailsRow | None]:
    """Turn an owner's images into their row, and where that would be large into another of their details."""
    heads, details = ImageHeads.of(images).packed, packed_details(images)
    row = ImagesRow(*key_of(images.owner), name=images.name, version=images.version, heads=heads)
    row.write_id = write_id
    row.mark = images.upstream and mark_to_map(images.upstream)
    if len(images.name.encode()) + len(heads) + len(details) + _KEYS_AND_NAMES <= ONE_READ:
        row.details = details
        return row, None
    row.details_at = images.version
    return row, ImageDetailsRow(row.pk, IMAGE_DETAILS, version=images.version, details=details)


def claims_of(original: str) -> str:
    """Return the partition of an original's claims."""
    return f"{CLAIMS}{original}"


def claim_row(original: str, owner: OwnerKey) -> ClaimRow:
    """Return the key of a claim's row."""
    return ClaimRow(claims_of(original), str(owner))


def claim_of_row(row: ClaimRow) -> Claim:
    """Turn a row into its claim."""
    return Claim(row.pk.removeprefix(CLAIMS), owner_of(row.sk), row.since, row.at, row.held)


def owner_of(text: str) -> OwnerKey:
    """Read an owner's key from its text."""
    kind, _, owner_id = text.partition("#")
    return OwnerKey(OwnerKind(kind), owner_id)
