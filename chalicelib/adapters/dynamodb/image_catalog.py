"""The image catalog in DynamoDB: one row of all images an owner, one row a claim to an original.

One row an owner makes every change of the list a single conditional write, and every image request a single
read. An image takes some 500 bytes of the row's 400 KB; `Settings.max_images_per_type` keeps it below.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from pynamodb.attributes import (
    ListAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.exceptions import DeleteError, DoesNotExist, PutError

from chalicelib.adapters.dynamodb.models import Row
from chalicelib.domain.formats import ImageFormat
from chalicelib.domain.images import ImageDetails, ImageFacts, ImageType, OwnerImages, Step, StoredImage
from chalicelib.domain.owners import OwnerKey, OwnerKind
from chalicelib.errors import ConflictError
from chalicelib.services.ports import Claim

IMAGES = "images"


class ImagesRow(Row):
    """All images of one owner."""

    name = UnicodeAttribute()
    version = NumberAttribute()
    images: ListAttribute[Any] = ListAttribute()


class ClaimRow(Row):
    """One owner's claim to one original."""

    at = UTCDateTimeAttribute()


class DynamoImageCatalog:
    """ImageCatalog over the rows above."""

    def find(self, owner: OwnerKey) -> OwnerImages | None:
        """Return an owner with its images by one consistent read."""
        try:
            row = ImagesRow.get(str(owner), IMAGES, consistent_read=True)
        except DoesNotExist:
            return None
        return images_of_row(row)

    def find_many(self, owners: Iterable[OwnerKey]) -> Mapping[OwnerKey, OwnerImages]:
        """Return owners with their images by batches of consistent reads."""
        keys = [(str(owner), IMAGES) for owner in dict.fromkeys(owners)]
        found = map(images_of_row, ImagesRow.batch_get(keys, consistent_read=True))
        return {images.owner: images for images in found}

    def save(self, images: OwnerImages) -> OwnerImages:
        """Write the row on the condition that nobody else has since `images.version` was read."""
        saved = replace(images, version=(images.version or 0) + 1)
        row = images_row(saved)
        condition = (
            ImagesRow.pk.does_not_exist() if images.version is None else ImagesRow.version == images.version
        )
        try:
            row.save(condition=condition)
        except PutError as error:
            raise _conflict(error, images.owner) from error
        return saved

    def remove(self, images: OwnerImages) -> None:
        """Delete the row on the same condition."""
        try:
            ImagesRow(str(images.owner), IMAGES).delete(condition=ImagesRow.version == images.version)
        except DeleteError as error:
            raise _conflict(error, images.owner) from error

    def claim(self, original: str, owner: OwnerKey, at: datetime) -> None:
        """Write or renew a claim."""
        ClaimRow(_claims_of(original), str(owner), at=at).save()

    def claims(self, original: str) -> tuple[Claim, ...]:
        """Return all claims to an original."""
        rows = ClaimRow.query(_claims_of(original), consistent_read=True)
        return tuple(Claim(_owner(row.sk), row.at) for row in rows)

    def release(self, original: str, claim: Claim) -> bool:
        """Delete a claim unless it was renewed since."""
        row = ClaimRow(_claims_of(original), str(claim.owner))
        try:
            row.delete(condition=ClaimRow.at == claim.at)
        except DeleteError as error:
            if error.cause_response_code == "ConditionalCheckFailedException":
                return False
            raise
        return True


def images_row(images: OwnerImages) -> ImagesRow:
    """Turn an owner's images into their row; the library writes it together with an item's other row."""
    entries = [image_to_map(image) for image in images.images]
    return ImagesRow(str(images.owner), IMAGES, name=images.name, version=images.version, images=entries)


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
    return OwnerImages(_owner(row.pk), row.name, images, int(row.version))


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


def _claims_of(original: str) -> str:
    return f"original#{original}"


def _owner(text: str) -> OwnerKey:
    kind, _, owner_id = text.partition("#")
    return OwnerKey(OwnerKind(kind), owner_id)


def _conflict(error: PutError | DeleteError, owner: OwnerKey) -> Exception:
    if error.cause_response_code == "ConditionalCheckFailedException":
        return ConflictError(f"The images of {owner} changed meanwhile.")
    return error
