"""The image catalog in DynamoDB: one row of all images an owner, one row a claim to an original.

A change of images that begins or ends a reference changes the claim in the same transaction, so that a row that
refers to an original without a claim to it cannot come to be, whatever dies and however slow it is.

One row an owner makes every change of the list a single conditional write, and every image request a single
read. An owner of many images has a second row for what image requests do not need, written with the first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from pynamodb.exceptions import DoesNotExist, PutError, TransactWriteError

from chalicelib.adapters.dynamodb.images.reading import read_heads, read_images, read_many
from chalicelib.adapters.dynamodb.images.rows import (
    ClaimRow,
    ImageDetailsRow,
    ImagesRow,
    claim_of_row,
    claim_row,
    claims_of,
    delete_images,
    drops_details,
    images_rows,
    key_of,
    unchanged,
    write_change,
)
from chalicelib.adapters.dynamodb.images.tickets import settle_in
from chalicelib.adapters.dynamodb.table.conditions import delete_if, is_refused
from chalicelib.adapters.dynamodb.table.transactions import CONDITION, failures, transaction
from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.claims import Claim
from chalicelib.domain.images.heads import ImageHeads
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.intake.tickets import Ticket
from chalicelib.errors import ClaimLostError, ConflictError, ServiceError, SettledError


class DynamoImageCatalog:
    """ImageCatalog over the rows above."""

    def find(self, owner: OwnerKey) -> OwnerImages | None:
        """Return an owner with its images by one consistent read, or two where there are many."""
        return read_images(owner)

    def find_heads(self, owner: OwnerKey) -> ImageHeads | None:
        """Return the heads by one consistent read."""
        return read_heads(owner)

    def find_many(self, owners: Iterable[OwnerKey]) -> Mapping[OwnerKey, OwnerImages]:
        """Return owners with their images by batches of consistent reads."""
        return {images.owner: images for images in read_many(owners)}

    def save(self, change: Change, ticket: Ticket | None = None) -> OwnerImages:
        """Write the row on the condition that nobody else has since `images.version` was read.

        A call whose answer is lost is made again by the client and then fails by its own success: the row's
        `write_id` tells.
        """
        images, write_id = change.images, uuid4().hex
        saved = replace(images, version=(images.version or 0) + 1)
        try:
            row, apart = images_rows(saved, write_id)
            _write(row, apart, change, ticket)
        except (PutError, TransactWriteError) as error:
            if not _is_refused(error):
                raise
            if _last_write(images.owner) == write_id:
                return saved
            raise _refusal(
                error, change, ticket, deletes=len(change.dropped) + drops_details(apart, change)
            ) from error
        return saved

    def remove(self, images: OwnerImages) -> None:
        """Delete the rows on the same condition."""
        try:
            with transaction() as write:
                delete_images(write, images)
        except TransactWriteError as error:
            if failures(error):
                raise _conflict(images.owner) from error
            raise

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
        delete_if(claim_row(claim.original, claim.owner), unchanged)


def _write(row: ImagesRow, apart: ImageDetailsRow | None, change: Change, ticket: Ticket | None) -> None:
    if change.held is None and not change.dropped and ticket is None and apart is None:
        row.save(condition=unchanged(row))
        return
    with transaction() as write:
        if ticket:
            settle_in(write, ticket)
        write_change(write, row, apart, change)


def _is_refused(error: PutError | TransactWriteError) -> bool:
    if isinstance(error, PutError):
        return is_refused(error)
    return bool(failures(error))


def _refusal(
    error: PutError | TransactWriteError, change: Change, ticket: Ticket | None, *, deletes: int
) -> ServiceError:
    """Tell which part was refused; DynamoDB sees deletes first, so the ticket comes after them."""
    reasons = [] if isinstance(error, PutError) else failures(error)
    if ticket and reasons[deletes] == CONDITION:
        return SettledError(f"The upload ticket {ticket.id} was used before.")
    if change.held and reasons[-1] == CONDITION and not any(reasons[:-1]):
        return ClaimLostError("The upload took too long; send the picture again.")
    return _conflict(change.images.owner)


def _last_write(owner: OwnerKey) -> str | None:
    try:
        row = ImagesRow.get(*key_of(owner), consistent_read=True, attributes_to_get=["write_id"])
    except DoesNotExist:
        return None
    return row.write_id


def _conflict(owner: OwnerKey) -> ConflictError:
    return ConflictError(f"The images of {owner} changed meanwhile; try again.")
