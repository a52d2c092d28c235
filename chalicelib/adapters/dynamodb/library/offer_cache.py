"""The offers of providers in DynamoDB: one row a subject and provider, gone after their time.

A famous film has a thousand posters: the images are kept as compressed JSON, about a tenth of what a list of
maps would take, so that they stay far below the 400 KB of a row.
"""

import json
import logging
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pynamodb.attributes import BinaryAttribute, TTLAttribute, UTCDateTimeAttribute

from chalicelib.adapters.dynamodb.table.batches import batch_of
from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.remote.artwork import RatingKind, RemoteImage, Subject
from chalicelib.services.remote.ports import Offer

MAX_BYTES = 350_000
_log = logging.getLogger(__name__)


class OfferRow(Row):
    """What one provider offered for one subject."""

    images = BinaryAttribute(legacy_encoding=False)
    asked = UTCDateTimeAttribute()
    expires_at = TTLAttribute()


@dataclass(frozen=True, slots=True)
class DynamoOfferCache:
    """OfferCache over the row above; rows are found for `kept` after they were written."""

    kept: timedelta

    def find(self, subject: Subject) -> Mapping[str, Offer]:
        """Return the offers of a subject by one query; DynamoDB deletes expired rows days late."""
        now = datetime.now(UTC)
        rows = (row for row in OfferRow.query(_key(subject)) if row.expires_at > now)
        return {row.sk: Offer(_images(row.images), row.asked) for row in rows}

    def store(self, subject: Subject, offers: Mapping[str, Offer]) -> None:
        """Write all offers in one batch."""
        with batch_of(OfferRow) as batch:
            for provider, offer in offers.items():
                packed = _packed(offer.images)
                if len(packed) > MAX_BYTES:
                    _log.warning("An offer is too large to keep.", extra={"fields": {"provider": provider}})
                    continue
                expires = offer.asked + self.kept
                row = OfferRow(_key(subject), provider, images=packed, asked=offer.asked, expires_at=expires)
                batch.save(row)


def _key(subject: Subject) -> str:
    return f"offers#{subject.fingerprint}"


def _packed(images: tuple[RemoteImage, ...]) -> bytes:
    maps = [{name: value for name, value in asdict(image).items() if value is not None} for image in images]
    return zlib.compress(json.dumps(maps, separators=(",", ":")).encode())


def _images(packed: bytes) -> tuple[RemoteImage, ...]:
    return tuple(_image(entry) for entry in json.loads(zlib.decompress(packed)))


def _image(entry: dict[str, Any]) -> RemoteImage:
    kinds = {"image_type": ImageType(entry["image_type"]), "rating_kind": RatingKind(entry["rating_kind"])}
    return RemoteImage(**{**entry, **kinds})
