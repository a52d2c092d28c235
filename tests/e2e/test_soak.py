"""Uploads whose events come twice, in any order, to handlers of which one in five is killed half-way.

`make test` sends few; `make soak` sends a thousand.
"""

import json
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Self

import psutil
import pytest

from chalicelib.adapters.aws.s3 import S3BlobStore
from chalicelib.adapters.dynamodb.images.catalog import DynamoImageCatalog
from chalicelib.adapters.dynamodb.table.models import bind
from chalicelib.domain.images.claims import UPLOAD_TIME
from chalicelib.domain.images.owners import OwnerKey
from infra.local.service import Service
from infra.operations.queues import depth, redrive
from tests.support import aws
from tests.support.deployed_service import Http, Stores, eventually, function_named, given_time, photo
from tests.support.instance import session_folder
from tests.support.notifications import created

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.literals import QueueAttributeNameType

UPLOADS = int(os.environ.get("SOAK_UPLOADS", "20"))
PER_ITEM = 10
VISIBILITY = 60
TIMEOUT = 20
"""Seconds that a message and a function may take, short so that the test need not wait for minutes."""
RECEIVES = 2
"""The bad file is a dead letter after pauses of 15 and 60 seconds; whoever was killed twice is one too."""
PATIENCE = 240 + UPLOADS * 4
RANDOM = Random(7)  # noqa: S311  # no secret

pytestmark = [pytest.mark.disruptive, pytest.mark.timeout(3 * PATIENCE)]


@pytest.fixture
def sqs() -> "SQSClient":
    return aws.client("sqs")


@pytest.fixture(autouse=True)
def hasty(service: Service, sqs: "SQSClient") -> Iterator[None]:
    """Let messages come back soon, and not too often; those that other tests left are hidden for 12 minutes."""
    for url in (service.queue_url, service.dead_letter_queue_url):
        sqs.purge_queue(QueueUrl=url)
    names: list[QueueAttributeNameType] = ["VisibilityTimeout", "RedrivePolicy"]
    before = sqs.get_queue_attributes(QueueUrl=service.queue_url, AttributeNames=names)["Attributes"]
    policy = json.dumps(json.loads(before["RedrivePolicy"]) | {"maxReceiveCount": RECEIVES})
    sqs.set_queue_attributes(
        QueueUrl=service.queue_url, Attributes={"VisibilityTimeout": str(VISIBILITY), "RedrivePolicy": policy}
    )
    with given_time(function_named(service, "Originals"), TIMEOUT):
        yield
    sqs.set_queue_attributes(QueueUrl=service.queue_url, Attributes=before)


class Killer:
    """Kills the process of a handler now and then, about once for every five batches that there are to handle."""

    def __init__(self, batches: int) -> None:
        self.kills = 0
        self._left = max(batches // 5, 2)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while self._left and not self._stop.wait(RANDOM.uniform(0.2, 1.5)):
            for process in _busy_handlers(session_folder()):
                process.kill()
                self.kills += 1
                self._left -= 1
                break


def _busy_handlers(folder: Path) -> Iterator[psutil.Process]:
    """Yield handlers that are using the processor just now."""
    for process in psutil.process_iter():
        try:
            its_folder = Path(process.cwd())
            if its_folder.is_relative_to(folder) and "Originals" in str(its_folder):
                process.cpu_percent()
                time.sleep(0.05)
                if process.cpu_percent() > 10:
                    yield process
        except psutil.Error:
            continue


def _upload(admin: Http, uploads: int) -> list[str]:
    """Make items with backdrops; returns the items' ids."""
    names = [f"Soaked {number}" for number in range(-(-uploads // PER_ITEM))]
    made = [admin.call("POST", "/Items", json={"Name": name, "Type": "Movie"}) for name in names]
    items = [str(answer.json()["Id"]) for answer in made]

    def upload(number: int) -> int:
        path = f"/Items/{items[number % len(items)]}/Images/Backdrop"
        return admin.upload(path, photo(1000, 600)).status_code

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(upload, range(uploads))) == {204}
    return items


def _originals(items: list[str]) -> list[str]:
    catalog = DynamoImageCatalog()
    rows = catalog.find_many(map(OwnerKey.item, items))
    return [image.original for row in rows.values() for image in row.images]


def _repeat_events(sqs: "SQSClient", queue_url: str, originals: list[str]) -> None:
    """Deliver every event once more, in another order."""
    for original in RANDOM.sample(originals, len(originals)):
        event = created(original)
        sqs.send_message(QueueUrl=queue_url, MessageBody=json.dumps(event))


def _is_idle(sqs: "SQSClient", url: str) -> bool:
    found = depth(sqs, url)
    return found.waiting + found.handled + found.delayed == 0


def test_every_image_is_complete_whatever_befalls_the_handlers(
    service: Service, admin: Http, sqs: "SQSClient", stores: Stores
) -> None:
    bind(service.table)
    catalog = DynamoImageCatalog()
    started = time.monotonic()
    with Killer(batches=2 * UPLOADS // 5) as killer:
        items = _upload(admin, UPLOADS)
        originals = _originals(items)
        _repeat_events(sqs, service.queue_url, originals)
        bad = _put_what_is_no_picture(service, catalog, items[0])
        assert eventually(lambda: _is_idle(sqs, service.queue_url), PATIENCE)
    if depth(sqs, service.dead_letter_queue_url).waiting > 1:  # some were killed each time
        redrive(sqs, service.dead_letter_queue_url, service.queue_url)
        assert eventually(lambda: _is_idle(sqs, service.queue_url), PATIENCE)
    rows = catalog.find_many(map(OwnerKey.item, items))
    images = [image for row in rows.values() for image in row.images]
    print(f"{UPLOADS} uploads, {killer.kills} handlers killed, {time.monotonic() - started:.0f} s")  # noqa: T201
    assert killer.kills >= 1
    assert len({image.original for image in images}) == len(images) == UPLOADS
    assert [image for image in images if not (image.details and image.details.blur_hash)] == []
    for image in RANDOM.sample(images, min(20, len(images))):
        assert image.details
        assert {step.key for step in image.details.steps} <= set(stores.variants(image.tag))
    assert depth(sqs, service.dead_letter_queue_url).waiting == 1
    _mend(service, catalog, bad)
    assert redrive(sqs, service.dead_letter_queue_url, service.queue_url) == 1
    assert eventually(lambda: _is_idle(sqs, service.queue_url), PATIENCE)
    assert _is_idle(sqs, service.dead_letter_queue_url)


def _put_what_is_no_picture(service: Service, catalog: DynamoImageCatalog, item: str) -> str:
    """Put other bytes under an original's key than it names; a claim says that somebody waits for them."""
    bad = f"originals/00/{'0' * 64}"
    catalog.claim(bad, OwnerKey.item(item), datetime.now(UTC) - 2 * UPLOAD_TIME)
    aws.client("s3").put_object(Bucket=service.originals_bucket, Key=bad, Body=b"no picture")
    return bad


def _mend(service: Service, catalog: DynamoImageCatalog, bad: str) -> None:
    for claim in catalog.claims(bad):
        catalog.release(claim)
    store = S3BlobStore(aws.client("s3"), service.originals_bucket)
    store.delete_versions(bad, store.versions(bad))
