"""A message that failed because something was not available, on the deployed stack."""

import json
import uuid
from datetime import UTC, datetime, timedelta

from chalicelib.adapters.dynamodb.images.catalog import DynamoImageCatalog
from chalicelib.adapters.dynamodb.table.models import bind
from chalicelib.domain.images.claims import UPLOAD_TIME
from chalicelib.domain.images.owners import OwnerKey
from infra.local.service import Service
from tests.support import aws
from tests.support.deployed_service import eventually


def test_it_comes_back_long_before_the_queue_would_show_it_by_itself(service: Service) -> None:
    bind(service.table)
    catalog, original = DynamoImageCatalog(), f"originals/00/{uuid.uuid4().hex * 2}"
    almost = datetime.now(UTC) - UPLOAD_TIME + timedelta(seconds=8)
    catalog.claim(original, OwnerKey.item(uuid.uuid4().hex), almost)
    body = json.dumps({"released": original})
    aws.client("sqs").send_message(QueueUrl=service.queue_url, MessageBody=body)
    assert not eventually(lambda: not catalog.claims(original), 6), "an upload may be under way"
    assert eventually(lambda: not catalog.claims(original), 60)
