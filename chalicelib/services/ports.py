"""What the services need from the outside world."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.claims import Claim
from chalicelib.domain.images.heads import ImageHeads
from chalicelib.domain.images.images import ImageDetails, ImageFacts, OwnerImages
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.intake.tickets import Ticket
from chalicelib.domain.variants.plan import RenderPlan


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes with their media type."""

    data: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class BlobInfo:
    """One entry of a listing; `size` is in bytes."""

    key: str
    size: int
    modified: datetime


@dataclass(frozen=True, slots=True)
class UploadForm:
    """Where and with which form fields anybody may post one blob; the field `file` comes last."""

    url: str
    fields: Mapping[str, str]


class StoredBlob(Protocol):
    """A blob that was found: `size` is in bytes; it is either read, once, or closed."""

    @property
    def version(self) -> str:
        """Return which write of its key this is, in a versioned store."""
        ...

    @property
    def size(self) -> int:
        """Return the number of bytes."""
        ...

    @property
    def content_type(self) -> str:
        """Return the media type."""
        ...

    def read(self) -> bytes:
        """Return all bytes."""
        ...

    def close(self) -> None:
        """Let go of the bytes unread."""
        ...


class BlobStore(Protocol):
    """Bytes by key; every write is atomic, a reader sees all of a blob or none."""

    def put(self, key: str, blob: Blob, *, only_if_absent: bool = False) -> bool:
        """Store a blob; False when `only_if_absent` and the key is taken."""
        ...

    def open(self, key: str) -> StoredBlob | None:
        """Find a blob without reading it yet, None when the key is free."""
        ...

    def delete(self, keys: Iterable[str]) -> None:
        """Remove blobs; a free key is no error."""
        ...

    def versions(self, key: str) -> frozenset[str]:
        """Return which writes of a key are kept, in a versioned store."""
        ...

    def delete_versions(self, key: str, versions: Iterable[str]) -> None:
        """Remove just these writes of a key for good; a later one stays."""
        ...

    def info(self, key: str) -> BlobInfo | None:
        """Describe a blob without reading it, None when the key is free."""
        ...

    def list(self, prefix: str, after: str = "") -> Iterator[BlobInfo]:
        """Yield what lies under a prefix, in key order; only keys greater than `after`."""
        ...

    def copy(self, key: str, target: str, notes: Mapping[str, str]) -> None:
        """Store a copy under another key, with notes in its metadata; a free key is no error."""
        ...

    def presigned_url(self, key: str, *, seconds: int) -> str:
        """Return a URL by which anyone can read one blob for so long; whoever reads it is told to show it."""
        ...

    def upload_form(self, key: str, *, content_type: str, sizes: range, seconds: int) -> UploadForm:
        """Return a form by which anyone can store one blob for so long: of this type and one of these sizes."""
        ...


class ImageCatalog(Protocol):
    """Metadata about images, one row an owner, and who refers to which original."""

    def find(self, owner: OwnerKey) -> OwnerImages | None:
        """Return an owner with its images by a consistent read, None when it does not exist."""
        ...

    def find_heads(self, owner: OwnerKey) -> ImageHeads | None:
        """Return the heads of an owner's images by one consistent read, whose cost hardly grows with them."""
        ...

    def find_many(self, owners: Iterable[OwnerKey]) -> Mapping[OwnerKey, OwnerImages]:
        """Return those of the owners that exist, with their images, with one call for each hundred."""
        ...

    def save(self, change: Change, ticket: Ticket | None = None) -> OwnerImages:
        """Write a change, and the ticket that it settles, all or nothing; a first write creates the row.

        Returns the images with their new version. Raises ConflictError when the row changed since
        `images.version` was read, or was deleted; ClaimLostError when the claim to be held was withdrawn, even
        if it was made again; SettledError when the ticket was settled before, or forgotten.
        """
        ...

    def remove(self, images: OwnerImages) -> None:
        """Delete an owner's row; raises ConflictError when it changed since it was read."""
        ...

    def claim(self, original: str, owner: OwnerKey, at: datetime) -> Claim:
        """Say that an owner is about to refer to an original, before its blob is written; renews a claim."""
        ...

    def claims(self, original: str) -> tuple[Claim, ...]:
        """Return who may refer to an original, by a consistent read."""
        ...

    def release(self, claim: Claim) -> None:
        """Withdraw a claim unless it was renewed, or its image was written, since it was read."""
        ...


class Renderer(Protocol):
    """Pictures out of bytes.

    Every method raises InvalidImageError and LimitExceededError for the picture's faults, UnavailableError
    when its deadline cannot be met, and no others.
    """

    def probe(self, data: bytes) -> ImageFacts:
        """Read the facts of a picture from its header, within the limits for accepting one."""
        ...

    def verify(self, data: bytes, deadline: Deadline) -> None:
        """Decode a picture wholly, to refuse one that is cut short or corrupt."""
        ...

    def render(self, data: bytes, plan: RenderPlan, deadline: Deadline) -> Blob:
        """Make a variant, or a step, of an original or of one of its steps."""
        ...

    def describe(self, data: bytes, deadline: Deadline) -> ImageDetails:
        """Compute hashes and colours of an original or of one of its steps; `steps` stays empty."""
        ...


class OriginalsQueue(Protocol):
    """Work that follows a change of the catalog, done by an event handler."""

    def arrived(self, originals: Iterable[str]) -> None:
        """Announce originals that lack what is made on arrival."""
        ...

    def released(self, originals: Iterable[str]) -> None:
        """Announce originals that an owner has ceased to refer to; a failure is the sweep's, not the caller's."""
        ...

    def postpone(self, receipts: Sequence[str], seconds: int) -> bool:
        """Hide received messages for so long; False when that failed, and they come back in the queue's time."""
        ...


class Clock(Protocol):
    """The time, so that tests can set it."""

    def now(self) -> datetime:
        """Return the time in UTC."""
        ...
