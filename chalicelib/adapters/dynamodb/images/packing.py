"""Images of an owner as two attributes: the heads, and one compressed document of all else."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from chalicelib.domain.images.heads import ImageHead, ImageHeads
from chalicelib.domain.images.images import ImageDetails, OwnerImages, Step, StoredImage


def packed_details(images: OwnerImages) -> bytes:
    """Write what the heads do not hold: an image with its hashes and ladder takes some 250 bytes."""
    entries = [
        {"original": image.original, "modified": image.modified.isoformat(), "details": _told(image.details)}
        for image in images.images
    ]
    return zlib.compress(json.dumps(entries, separators=(",", ":")).encode())


def unpacked_images(heads: ImageHeads, details: bytes) -> tuple[StoredImage, ...]:
    """Join the heads with what `packed_details` wrote."""
    entries = json.loads(zlib.decompress(details))
    return tuple(_image(head, entry) for head, entry in zip(heads.all(), entries, strict=True))


def details_of(entry: Mapping[str, Any] | None) -> ImageDetails | None:
    """Read the details of one image; DynamoDB's numbers, of rows of the old form, are all whole here."""
    if entry is None:
        return None
    steps = tuple(Step(s["key"], int(s["width"]), int(s["height"]), int(s["size"])) for s in entry["steps"])
    return ImageDetails(**{**entry, "steps": steps})


def _told(details: ImageDetails | None) -> dict[str, Any] | None:
    return asdict(details) if details else None


def _image(head: ImageHead, entry: Mapping[str, Any]) -> StoredImage:
    return StoredImage(
        head.image_type,
        head.tag,
        entry["original"],
        head.size,
        head.facts,
        datetime.fromisoformat(entry["modified"]),
        details_of(entry["details"]),
    )
