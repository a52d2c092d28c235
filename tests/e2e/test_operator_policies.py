"""Each verb of an operator works by its documented policy alone, and by nothing less."""

import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from chalicelib.adapters.dynamodb.images.catalog import DynamoImageCatalog
from chalicelib.adapters.dynamodb.table.models import bind
from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageFacts, ImageType, OwnerImages, StoredImage
from chalicelib.domain.images.owners import OwnerKey
from infra.local.service import Service
from infra.operations.deployment import Deployment
from infra.operations.policies import POLICIES, policy, resources_of
from tests.support import aws
from tests.support.deployed_service import Http, eventually, photo
from tests.support.operating import Done, Operator

ACCOUNT, REGION = "000000000000", "us-east-1"
RUN: Mapping[str, str] = {
    "bootstrap": "--name {name}",
    "popular": "",
    "queue": "",
    "dead-letters": "",
    "redrive": "",
    "report": "",
    "purge": "{item}",
    "web": "{folder}",
}
"""Verbs that end by themselves and soon. `logs` calls what `popular` does, `sweep` what its function does."""

WIDTHS = count(70)


@dataclass(frozen=True)
class Stage:
    """A deployed stage with something to work on, and who works there."""

    operator: Operator
    resources: Mapping[str, str]
    service: Service
    anyone: Http
    item: str
    folder: Path

    def run(self, verb: str) -> Done:
        """Run a verb when there is something for it to do."""
        match verb:
            case "redrive":
                assert eventually(self._may_move)
            case "dead-letters":
                self._put_dead_letter()
            case "purge":
                # Another size each time: of one that was purged by half, the lease may be there still.
                assert self.anyone.get(f"/Items/{self.item}/Images/Primary?maxWidth={next(WIDTHS)}").ok
            case "web":
                self._put_other_file()
        words = RUN[verb].format(name=f"ada-{uuid.uuid4().hex[:8]}", item=self.item, folder=self.folder)
        return self.operator.run(verb, "--stage", self.name, *words.split())

    @property
    def name(self) -> str:
        """Return the stage's name."""
        return self.service.stack.removeprefix("jellyfin-images-")

    def _put_dead_letter(self) -> None:
        body = json.dumps({"released": f"originals/00/{uuid.uuid4().hex}"})
        aws.client("sqs").send_message(QueueUrl=self.service.dead_letter_queue_url, MessageBody=body)

    def _put_other_file(self) -> None:
        for path in self.folder.iterdir():
            path.unlink()
        for name in ("index.html", f"{uuid.uuid4().hex}.js"):
            (self.folder / name).write_text(name)

    def _may_move(self) -> bool:
        """Tell whether no dead letters are on their way back: SQS moves those of a queue once at a time."""
        arn = self.resources["dead letters"]
        tasks = aws.client("sqs").list_message_move_tasks(SourceArn=arn, MaxResults=1)["Results"]
        return all(task["Status"] != "RUNNING" for task in tasks)


@contextmanager
def many_images(service: Service) -> Iterator[None]:
    """Keep so many images of an owner that their details lie in a row of their own, which is read apart."""
    bind(service.table)
    catalog, facts = DynamoImageCatalog(), ImageFacts(ImageFormat.JPG, 100, 150)
    images = tuple(
        StoredImage(
            ImageType.BACKDROP,
            uuid.uuid4().hex,
            f"originals/00/{uuid.uuid4().hex * 2}",
            9,
            facts,
            datetime.now(UTC),
        )
        for _ in range(100)
    )
    kept = catalog.save(Change(OwnerImages(OwnerKey.item(uuid.uuid4().hex), "Metropolis", images)))
    try:
        yield
    finally:
        catalog.remove(kept)


@pytest.fixture(scope="module")
def stage(
    service: Service, admin: Http, anyone: Http, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    made = admin.call("POST", "/Items", json={"Name": "Metropolis", "Type": "Movie"}).json()["Id"]
    assert admin.upload(f"/Items/{made}/Images/Primary", photo()).ok
    folder = tmp_path_factory.mktemp("client")
    with Operator.hired() as operator, many_images(service):
        resources = resources_of(Deployment.of(service), ACCOUNT, REGION)
        stage = Stage(operator, resources, service, anyone, made, folder)
        yield stage
        operator.allow(policy(["web"], resources))
        assert operator.run("web", "--stage", stage.name, "--remove").status == 0


@pytest.mark.parametrize(
    "verb",
    # The report counts all that there is, time and again: at a stack where other tests keep nothing.
    [pytest.param(verb, marks=[pytest.mark.disruptive] if verb == "report" else []) for verb in RUN],
)
def test_a_verb_works_by_its_policy_and_by_nothing_less(stage: Stage, verb: str) -> None:
    stage.operator.allow(policy([verb], stage.resources))
    done = stage.run(verb)
    assert done.status == 0, done.output
    for resource, actions in POLICIES[verb].items():
        for action in actions:
            stage.operator.allow(_without(verb, resource, action, stage.resources))
            done = stage.run(verb)
            assert done.status == 1, f"{verb} works without {action} on the {resource}: {done.output}"
            assert f"not authorized to perform: {action}" in done.output.replace("\n", " ")


def _without(verb: str, resource: str, action: str, resources: Mapping[str, str]) -> dict[str, object]:
    """Write the verb's policy without one action on one resource."""
    document = policy([verb], resources)
    for statement in document["Statement"]:
        if statement["Resource"] == resources[resource]:
            statement["Action"].remove(action)
    document["Statement"] = [statement for statement in document["Statement"] if statement["Action"]]
    return document
