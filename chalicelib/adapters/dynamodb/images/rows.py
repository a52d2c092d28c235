"""Rows of images and of claims, and how values of the domain become rows and back."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    ListAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.claims import Claim
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import (
    ImageDetails,
    ImageFacts,
    ImageType,
    OwnerImages,
    Step,
    StoredImage,
)
from chalicelib.domain.images.owners import OwnerKey, OwnerKind

IMAGES = "images"
CLAIMS = "original#"


class ImagesRow(Row):
    """All images of one owner."""

    name = UnicodeAttribute()
    version = NumberAttribute()
    images: ListAttribute[Any] = ListAttribute()
    write_id = UnicodeAttribute(null=True)


class ClaimRow(Row):
    """One owner's claim to one original; the fields are those of Claim."""

    since = UTCDateTimeAttribute()
    at = UTCDateTimeAttribute()
    held = BooleanAttribute(default=False)


def write_change(write: TransactWrite, row: ImagesRow, change: Change) -> None:
    """Add a change to a transaction, with the row of its images; of the parts, the held claim comes last."""
    for original in change.dropped:
        write.delete(claim_row(original, change.images.owner))
    write.save(row, condition=unchanged(row))
    if held := change.held:
        action = ClaimRow.held.set(True)  # PynamoDB's way to say it
        write.update(claim_row(held.original, held.owner), [action], condition=ClaimRow.since == held.since)


def unchanged(row: ImagesRow) -> Condition:
    """Require that nobody has written the row since the version before its own was read."""
    known = int(row.version) - 1
    return ImagesRow.version == known if known else ImagesRow.pk.does_not_exist()


def images_row(images: OwnerImages, write_id: str | None = None) -> ImagesRow:
    """Turn an owner's images into their row; the library writes it together with an item's other row."""
    entries = [image_to_map(image) for image in images.images]
    row = ImagesRow(str(images.owner), IMAGES, name=images.name, version=images.version, images=entries)
    row.write_id = write_id
    return row


def image_to_map(image: StoredImage) -> dict[str, Any]:
    """Flatten an image to what DynamoDB stores: text, numbers, booleans, lists and maps; unknowns left out."""
    flat = asdict(image) | {
        "image_type": image.image_type.value,
        "facts": asdict(image.facts) | {"format": image.facts.format.value},
        "modified": image.modified.isoformat(),
        "details": image.details and _details_to_map(image.details),
    }
    return {name: value for name, value in flat.items() if value is not None}


def image_from_map(entry: Mapping[str, Any]) -> StoredImage:
    """Build an image from what `image_to_map` made; DynamoDB's numbers are all whole here."""
    facts = entry["facts"]
    return StoredImage(
        image_type=ImageType(entry["image_type"]),
        tag=entry["tag"],
        original=entry["original"],
        size=int(entry["size"]),
        facts=ImageFacts(
            format=ImageFormat(facts["format"]),
            width=int(facts["width"]),
            height=int(facts["height"]),
            orientation=int(facts["orientation"]),
            frames=int(facts["frames"]),
            has_alpha=bool(facts["has_alpha"]),
        ),
        modified=datetime.fromisoformat(entry["modified"]),
        details=_details(entry.get("details")),
    )


def images_of_row(row: ImagesRow) -> OwnerImages:
    """Read a row of images."""
    images = tuple(image_from_map(entry) for entry in row.images)
    return OwnerImages(owner_of(row.pk), row.name, images, int(row.version))


def _details_to_map(details: ImageDetails) -> dict[str, Any]:
    return asdict(details) | {"steps": [asdict(step) for step in details.steps]}


def _details(entry: Mapping[str, Any] | None) -> ImageDetails | None:
    if entry is None:
        return None
    steps = tuple(
        Step(step["key"], int(step["width"]), int(step["height"]), int(step["size"]))
        for step in entry["steps"]
    )
    return ImageDetails(**{**entry, "steps": steps})


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
