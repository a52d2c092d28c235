"""The image catalog in DynamoDB: one row of all images an owner, one row a claim to an original.

A change of images that begins or ends a reference changes the claim in the same transaction, so that a row that
refers to an original without a claim to it cannot come to be, whatever dies and however slow it is.

One row an owner makes every change of the list a single conditional write, and every image request a single
read. An image takes some 500 bytes of the row's 400 KB; `Settings.max_images_per_type` keeps it below.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from pynamodb.exceptions import DeleteError, DoesNotExist, PutError, TransactWriteError

from chalicelib.adapters.dynamodb.images.rows import (
    IMAGES,
    ClaimRow,
    ImagesRow,
    claim_of_row,
    claim_row,
    claims_of,
    images_of_row,
    images_row,
    unchanged,
    write_change,
)
from chalicelib.adapters.dynamodb.images.tickets import settle_in
from chalicelib.adapters.dynamodb.table.conditions import is_refused
from chalicelib.adapters.dynamodb.table.transactions import CONDITION, failures, transaction
from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.claims import Claim
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.intake.tickets import Ticket
from chalicelib.errors import ClaimLostError, ConflictError, ServiceError, SettledError


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

    def save(self, change: Change, ticket: Ticket | None = None) -> OwnerImages:
        """Write the row on the condition that nobody else has since `images.version` was read.

        A call whose answer is lost is made again by the client and then fails by its own success: the row's
        `write_id` tells.
        """
        images, write_id = change.images, uuid4().hex
        saved = replace(images, version=(images.version or 0) + 1)
        try:
            _write(images_row(saved, write_id), change, ticket)
        except (PutError, TransactWriteError) as error:
            if not _is_refused(error):
                raise
            if _last_write(images.owner) == write_id:
                return saved
            raise _refusal(error, change, ticket) from error
        return saved

    def remove(self, images: OwnerImages) -> None:
        """Delete the row on the same condition."""
        try:
            ImagesRow(str(images.owner), IMAGES).delete(condition=ImagesRow.version == images.version)
        except DeleteError as error:
            raise _conflict(error, images.owner) from error

    def claim(self, original: str, owner: OwnerKey, at: datetime) -> Claim:
        """Write a claim, or renew the one that stands, which keeps its beginning."""
        row = claim_row(original, owner)
        row.update(
            [
                ClaimRow.since.set(ClaimRow.since | at),
                ClaimRow.at.set(at),
                ClaimRow.held.set(False),
            ]
        )
        return claim_of_row(row)

    def claims(self, original: str) -> tuple[Claim, ...]:
        """Return all claims to an original."""
        return tuple(map(claim_of_row, ClaimRow.query(claims_of(original), consistent_read=True)))

    def release(self, claim: Claim) -> None:
        """Delete a claim unless it was renewed or became held since."""
        unchanged = (ClaimRow.at == claim.at) & (ClaimRow.held == claim.is_held)
        try:
            claim_row(claim.original, claim.owner).delete(condition=unchanged)
        except DeleteError as error:
            if not is_refused(error):
                raise


def _write(row: ImagesRow, change: Change, ticket: Ticket | None) -> None:
    if change.held is None and not change.dropped and ticket is None:
        row.save(condition=unchanged(row))
        return
    with transaction() as write:
        if ticket:
            settle_in(write, ticket)
        write_change(write, row, change)


def _is_refused(error: PutError | TransactWriteError) -> bool:
    if isinstance(error, PutError):
        return is_refused(error)
    return bool(failures(error))


def _refusal(error: PutError | TransactWriteError, change: Change, ticket: Ticket | None) -> ServiceError:
    """Tell which part was refused; DynamoDB sees deletes first, so the ticket comes after the dropped claims."""
    reasons = [] if isinstance(error, PutError) else failures(error)
    if ticket and reasons[len(change.dropped)] == CONDITION:
        return SettledError(f"The upload ticket {ticket.id} was used before.")
    if change.held and reasons[-1] == CONDITION and not any(reasons[:-1]):
        return ClaimLostError("The upload took too long; send the picture again.")
    return ConflictError(f"The images of {change.images.owner} changed meanwhile; try again.")


def _last_write(owner: OwnerKey) -> str | None:
    try:
        row = ImagesRow.get(str(owner), IMAGES, consistent_read=True, attributes_to_get=["write_id"])
    except DoesNotExist:
        return None
    return row.write_id


def _conflict(error: DeleteError, owner: OwnerKey) -> Exception:
    if is_refused(error):
        return ConflictError(f"The images of {owner} changed meanwhile; try again.")
    return error
