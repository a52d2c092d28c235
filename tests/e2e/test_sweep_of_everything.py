"""Everything deleted, and a sweep: what is left is what the deployment itself put there.

The stack is shared, so what other tests have left is wiped away first. This one runs after them, by its name.
"""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.container import Container
from chalicelib.domain.accounts.accounts import token_digest
from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.sweep.report import Progress
from infra.local.service import Service
from infra.operations.deployment import Deployment
from infra.operations.queues import Depth, depth
from tests.support import aws
from tests.support.deployed_service import Http, eventually
from tests.support.notifications import HOUR
from tests.support.service_usage import ServiceUsage

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import ObjectIdentifierTypeDef

pytestmark = [pytest.mark.disruptive, pytest.mark.timeout(900)]

MEMORY = timedelta(days=400)
"""Longer than anything is kept that ends by itself, which a session does after a year."""

KEPT = ("refused/", "uploads/")
"""What a sweep leaves alone for days: refused drops with their reasons, and files whose tickets may be settled."""

NOTHING: set[str] = set()

type Row = dict[str, Any]


@dataclass(frozen=True)
class Later:
    """A clock that is ahead."""

    by: timedelta

    def now(self) -> datetime:
        return datetime.now(UTC) + self.by


@pytest.fixture
def container(service: Service) -> Container:
    return Deployment.of(service).container()


def rows(service: Service) -> dict[str, Row]:
    """Return all rows of the table by their keys."""
    pages = aws.client("dynamodb").get_paginator("scan").paginate(TableName=service.table)
    return {f"{row['pk']['S']} {row['sk']['S']}": row for page in pages for row in page["Items"]}


def blobs(service: Service) -> set[str]:
    """Return the keys of all versions and delete markers in both buckets."""
    pages = aws.client("s3").get_paginator("list_object_versions")
    return {
        entry["Key"]
        for bucket in (service.originals_bucket, service.variants_bucket)
        for page in pages.paginate(Bucket=bucket)
        for entry in (*page.get("Versions", ()), *page.get("DeleteMarkers", ()))
    }


def installed(admin: Http, service: Service) -> set[str]:
    """Return the keys of the rows that a deployment begins with: an administrator, and a key for programs."""
    (user,) = [user["Id"] for user in admin.get("/Users").json() if user["Name"] == "admin"]
    digest = token_digest(service.admin_api_key)
    return {
        "accounts administrators",
        "accounts name#admin",
        f"accounts key#{digest}",
        f"token#{digest} token",
        f"user#{user} account",
        f"user#{user} images",
    }


def wipe(service: Service, kept: set[str]) -> None:
    """Delete what other tests have left, in the stores themselves: through the API it would take minutes."""
    sqs = aws.client("sqs")
    sqs.purge_queue(QueueUrl=service.queue_url)  # a message that failed would come back minutes later
    assert eventually(lambda: depth(sqs, service.queue_url) == Depth(0, 0, 0), 180)
    with aws.resource("dynamodb").Table(service.table).batch_writer() as batch:
        for key, row in rows(service).items():
            if key not in kept:
                batch.delete_item(Key={"pk": row["pk"]["S"], "sk": row["sk"]["S"]})
    s3 = aws.client("s3")
    for bucket in (service.originals_bucket, service.variants_bucket):
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
            found = (*page.get("Versions", ()), *page.get("DeleteMarkers", ()))
            objects: list[ObjectIdentifierTypeDef] = [
                {"Key": entry["Key"], "VersionId": entry["VersionId"]} for entry in found
            ]
            if objects:
                s3.delete_objects(Bucket=bucket, Delete={"Objects": objects, "Quiet": True})


def end(usage: ServiceUsage) -> None:
    """Delete everything, and wait until what follows from it is done."""
    usage.delete_everything()
    client, queue = aws.client("sqs"), usage.service.queue_url
    assert eventually(lambda: depth(client, queue) == Depth(0, 0, 0), 180)


def sweep_now(service: Service, container: Container) -> None:
    """Let the deployed function go on with a sweep, whatever the hour."""
    container.adapters.sweep_progress.save(Progress().to_json())
    stack = aws.client("cloudformation")
    found = stack.describe_stack_resource(StackName=service.stack, LogicalResourceId="Sweep")
    name = found["StackResourceDetail"]["PhysicalResourceId"]
    answer = aws.client("lambda").invoke(FunctionName=name, Payload=json.dumps(HOUR))
    assert "FunctionError" not in answer, answer["Payload"].read()


def sweep_later(container: Container) -> None:
    """Sweep as if all that there is had been left behind long ago."""
    removal = replace(container.images.removal, clock=Later(MEMORY))
    assert replace(container.sweep, removal=removal, clock=Later(MEMORY)).run(Progress(), NO_DEADLINE)


def test_what_is_left_of_everything_is_what_the_deployment_put_there(
    admin: Http, anyone: Http, service: Service, container: Container
) -> None:
    usage, beginning = ServiceUsage(admin, anyone, service), installed(admin, service)
    wipe(service, beginning)
    usage.use_everything()
    end(usage)
    sweep_now(service, container)
    left = rows(service)
    beginning.add("sweep last")  # the result, which the page of the service's state shows
    beginning.add("library listings")  # that every item has its places
    beginning.add("branding#splashscreen images")  # an owner as users are, without images by now
    assert beginning <= left.keys()
    assert {key for key in left.keys() - beginning if "expires_at" not in left[key]} == NOTHING
    assert {key for key in blobs(service) if not key.startswith(KEPT)} == NOTHING
    sweep_later(container)
    assert (set(rows(service)), blobs(service)) == (beginning, NOTHING)
