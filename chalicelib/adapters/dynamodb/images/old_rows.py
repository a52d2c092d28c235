"""Rows of images as they were written before their heads were packed: a list of maps, which the sweep rewrites."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.adapters.dynamodb.images.packing import details_of
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageFacts, ImageType, StoredImage


def image_from_map(entry: Mapping[str, Any]) -> StoredImage:
    """Read one image; DynamoDB's numbers are all whole here."""
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
        details=details_of(entry.get("details")),
    )
