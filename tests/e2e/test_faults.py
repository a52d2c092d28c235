"""Uploads while S3, DynamoDB and SQS fail in every way: what was acknowledged is there, nothing is half there.

The service's own code runs in processes beside this one, whose clients lead through a proxy that fails;
`make soak` sends more.
"""

import os
from collections.abc import Iterator

import pytest

from chalicelib.container import Container
from chalicelib.domain.images.originals import original_key
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.settings import Settings
from infra.local.service import Service
from tests.support.deployed_service import Http
from tests.support.faulty_proxy import FaultyProxy, faulty_proxy
from tests.support.upload_processes import upload_all

UPLOADS = min(int(os.environ.get("SOAK_UPLOADS", "30")), 300)
PER_ITEM = 10
SHARE = 0.15


@pytest.fixture
def proxy(service: Service) -> Iterator[FaultyProxy]:
    with faulty_proxy(service.endpoint_url, SHARE, seed=5) as proxy:
        yield proxy


@pytest.fixture
def settings(service: Service) -> Settings:
    return Settings(
        table=service.table,
        originals_bucket=service.originals_bucket,
        variants_bucket=service.variants_bucket,
        queue_url=service.queue_url,
    )


def test_no_acknowledged_upload_is_lost_and_none_is_half_there(
    admin: Http, settings: Settings, proxy: FaultyProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    container = Container.of(settings)
    body = {"Name": "Metropolis", "Type": "Movie"}
    made = [admin.call("POST", "/Items", json=body).json() for _ in range(0, UPLOADS, PER_ITEM)]
    owners = [OwnerKey.item(item["Id"]) for item in made]
    jobs = [(settings, owners[number % len(owners)]) for number in range(UPLOADS)]
    with monkeypatch.context() as environment:
        environment.setenv("AWS_ENDPOINT_URL", proxy.url)
        tags = upload_all(jobs, processes=3)
    acknowledged = {(owner, tag) for (_, owner), tag in zip(jobs, tags, strict=True) if tag}
    print(f"{len(acknowledged)} of {UPLOADS} uploads acknowledged; faults: {dict(proxy.faults)}")  # noqa: T201
    assert acknowledged
    assert len(proxy.faults) >= 4
    stored = [(owner, image) for owner in owners for image in container.images.finder.list(owner).images]
    assert acknowledged <= {(owner, image.tag) for owner, image in stored}
    assert len({(owner, image.tag) for owner, image in stored}) == len(stored)
    for owner, image in stored:
        blob = container.adapters.originals_store.open(image.original)
        assert blob
        assert original_key(blob.read()) == image.original
        assert owner in {claim.owner for claim in container.adapters.catalog.claims(image.original)}
