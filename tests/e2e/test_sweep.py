"""A sweep at the emulated cloud: what was left behind goes, what is in use stays."""

import time
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import requests

from chalicelib.container import Container
from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.sweep.report import Finding, Progress
from chalicelib.settings import Settings
from infra.local.service import Service
from tests.support import aws
from tests.support.deployed_service import Http, Stores, eventually, opened, photo
from tests.support.sweeping import sweep_as_function


class Tomorrow:
    """A clock that is a day ahead, so that all that there is was left behind long ago."""

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(days=1)


@pytest.fixture
def container(service: Service) -> Container:
    return Container.of(
        Settings(
            table=service.table,
            originals_bucket=service.originals_bucket,
            variants_bucket=service.variants_bucket,
            queue_url=service.queue_url,
        )
    )


def _tag(admin: Http, item: str) -> str:
    return str(admin.get(f"/Items/{item}/Images").json()[0]["ImageTag"])


@pytest.mark.disruptive  # what others have under way looks left behind, to its clock
def test_what_nothing_refers_to_is_swept_and_what_is_in_use_stays(
    admin: Http, anyone: Http, item: str, stores: Stores, service: Service, container: Container
) -> None:
    path = f"/Items/{item}/Images/Primary"
    assert admin.upload(path, photo(1000, 1500)).status_code == 204
    tag = _tag(admin, item)
    assert eventually(lambda: stores.variants(tag))
    orphan = f"originals/ff/ff{'0' * 62}"
    s3 = aws.client("s3")
    s3.put_object(Bucket=service.originals_bucket, Key=orphan, Body=b"x")
    s3.put_object(Bucket=service.variants_bucket, Key=f"variants/{'f' * 32}/v1-1x1.gif", Body=b"x")
    assert eventually(lambda: admin.get(f"/Items/{item}/Images").json()[0].get("BlurHash"))
    removal = replace(container.images.removal, clock=Tomorrow())
    progress = Progress()
    assert replace(container.sweep, removal=removal, clock=Tomorrow()).run(progress, NO_DEADLINE)
    assert stores.original(orphan.rpartition("/")[2]) == []
    assert stores.variants("f" * 32) == []
    assert stores.original(tag)
    assert stores.variants(tag)
    assert opened(anyone.get(f"{path}?maxWidth=100")).size == (100, 150)


def test_a_deleted_image_leaves_nothing_behind(admin: Http, anyone: Http, item: str, stores: Stores) -> None:
    path = f"/Items/{item}/Images/Primary"
    assert admin.upload(path, photo(1000, 1500)).status_code == 204
    tag = _tag(admin, item)
    assert eventually(lambda: admin.get(f"/Items/{item}/Images").json()[0].get("BlurHash"))
    assert anyone.get(f"{path}?maxWidth=100").status_code == requests.codes.ok
    assert admin.call("DELETE", path).status_code == 204
    assert eventually(lambda: not stores.original(tag) and not stores.variants(tag), 120)


@pytest.mark.disruptive  # as above
def test_the_functions_role_may_do_all_that_a_sweep_does(
    admin: Http, item: str, stores: Stores, service: Service, container: Container
) -> None:
    """Leave one thing of each sort behind, and sweep by the credentials of the function's role alone."""
    assert admin.upload(f"/Items/{item}/Images/Primary", photo(1000, 1500)).status_code == 204
    tag = _tag(admin, item)
    assert eventually(lambda: admin.get(f"/Items/{item}/Images").json()[0].get("BlurHash"))
    lost, other = uuid.uuid4().hex, uuid.uuid4().hex
    original = f"originals/{lost[:2]}/{lost}"
    s3 = aws.client("s3")
    for key in (original, original, f"refused/{lost}"):
        s3.put_object(Bucket=service.originals_bucket, Key=key, Body=b"x")
    for tag_of_variant in (lost, other):
        key = f"variants/{tag_of_variant}/v1-1x1.gif"
        s3.put_object(Bucket=service.variants_bucket, Key=key, Body=b"x")
    for step in (key for key in stores.variants(tag) if key.startswith("steps/")):
        s3.delete_object(Bucket=service.variants_bucket, Key=step)
    for claimed in (original, f"originals/{other[:2]}/{other}"):
        container.adapters.catalog.claim(claimed, OwnerKey.item(lost), datetime.now(UTC))
    row = {"pk": {"S": f"ticket#{lost}"}, "sk": {"S": "ticket"}, "expires_at": {"N": str(int(time.time()))}}
    dynamodb = aws.client("dynamodb")
    dynamodb.put_item(TableName=service.table, Item=row)
    counter = {"pk": {"S": f"render#{lost}"}, "sk": {"S": "spent#work#1"}, "spent": {"N": "1"}}
    dynamodb.put_item(TableName=service.table, Item=counter)
    of_earlier_release = {"pk": {"S": f"item#{item}"}, "sk": {"S": "details"}}
    gone = "REMOVE is_listed, is_tallied"
    dynamodb.update_item(TableName=service.table, Key=of_earlier_release, UpdateExpression=gone)

    report = sweep_as_function(service, days=40)

    findings = {Finding(name) for name in report["findings"]}
    assert findings >= {
        Finding.ORPHAN_ORIGINAL,
        Finding.ORPHAN_DERIVATIVE,
        Finding.OLD_REFUSAL,
        Finding.INCOMPLETE_IMAGE,
        Finding.STALE_CLAIM,
        Finding.EXPIRED_ROW,
        Finding.OUTDATED_ROW,
    }
    listed = s3.list_object_versions(Bucket=service.originals_bucket, Prefix=original)
    assert not listed.get("Versions")
    assert container.adapters.catalog.claims(original) == ()
    assert stores.variants(lost) == stores.variants(other) == []
    assert eventually(lambda: [key for key in stores.variants(tag) if key.startswith("steps/")])
    found = dynamodb.get_item(TableName=service.table, Key={name: row[name] for name in ("pk", "sk")})
    assert "Item" not in found
    of_counter = {name: counter[name] for name in ("pk", "sk")}
    assert "Item" not in dynamodb.get_item(TableName=service.table, Key=of_counter)
    assert "is_listed" in dynamodb.get_item(TableName=service.table, Key=of_earlier_release)["Item"]
