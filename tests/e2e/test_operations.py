"""What an operator does, against the deployed stack."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator

import pytest

from infra.local.service import Service
from infra.operations.queues import depth, letters, redrive
from tests.support import aws
from tests.support.deployed_service import Http, eventually, photo
from tests.support.instance import session_folder


def operate(*arguments: str) -> str:
    """Run the command as an operator does."""
    command = [sys.executable, "-m", "infra.cli", *arguments]
    environment = {**os.environ, "RUN_DIR": str(session_folder()), "COLUMNS": "160"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)  # noqa: S603  # ours
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def queues(service: Service) -> Iterator[tuple[str, str]]:
    """Make a queue and its queue of dead letters, which nobody else reads."""
    client, name = aws.client("sqs", endpoint_url=service.endpoint_url), uuid.uuid4().hex
    dead = client.create_queue(QueueName=f"{name}-dead")["QueueUrl"]
    arn = client.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": "1"})
    queue = client.create_queue(QueueName=name, Attributes={"RedrivePolicy": policy})["QueueUrl"]
    yield queue, dead
    for url in (queue, dead):
        client.delete_queue(QueueUrl=url)


def test_dead_letters_are_read_where_they_lie_and_sent_back(queues: tuple[str, str]) -> None:
    client, (queue, dead) = aws.client("sqs"), queues
    for number in range(25):
        client.send_message(QueueUrl=dead, MessageBody=json.dumps({"released": f"originals/{number}"}))
    expected = {f"released originals/{number}" for number in range(25)}
    for _ in range(2):
        assert {letter.about for letter in letters(client, dead)} == expected
        assert eventually(lambda: depth(client, dead).waiting == 25)
    assert redrive(client, dead, queue) == 25
    assert (depth(client, dead).waiting, depth(client, queue).waiting) == (0, 25)


def test_the_depth_of_the_queues_is_shown() -> None:
    lines = operate("queue").splitlines()
    assert [line.split()[0] for line in lines] == ["events", "dead"]
    assert "waiting" in lines[0]


def test_an_items_variants_are_purged_and_made_anew(admin: Http, item: str) -> None:
    assert admin.upload(f"/Items/{item}/Images/Primary", photo()).ok
    assert admin.get(f"/Items/{item}/Images/Primary?maxWidth=77").ok
    assert "variants removed" in operate("purge", item)
    assert admin.get(f"/Items/{item}/Images/Primary?maxWidth=77").headers["X-Image-Cache"] == "miss"


def test_what_was_asked_for_is_learned(admin: Http, item: str) -> None:
    size = 100 + uuid.uuid4().int % 300
    entry = f"Primary?maxWidth={size}&quality=71&accept=none"
    for image_type in ("Primary", "Thumb"):
        assert admin.upload(f"/Items/{item}/Images/{image_type}", photo()).ok
    for _ in range(2):
        assert admin.get(f"/Items/{item}/Images/Primary?quality=71&maxWidth={size}").ok
    (row,) = eventually(
        lambda: [line for line in operate("popular", "--most", "10000").splitlines() if f"│ {entry} " in line]
    )
    assert row.split("│")[2:4] == [f"{1:>7} ", f"{2:>9} "]
    _, setting, command = operate("popular", "--most", "10000").splitlines()[-1].split("'")
    assert entry in setting.split()
    assert command == " jellyfin-images up"


def test_the_report_names_every_library_and_its_price(admin: Http) -> None:
    name = f"Library {uuid.uuid4().hex[:8]}"
    library = admin.call("POST", "/Items", json={"Name": name, "Type": "CollectionFolder"}).json()["Id"]
    body = {"Name": "Metropolis", "Type": "Movie", "ParentId": library}
    movie = admin.call("POST", "/Items", json=body).json()["Id"]
    data = photo()
    assert admin.upload(f"/Items/{movie}/Images/Primary", data).ok
    text = operate("report", "--pictures", "5000000")
    lines = text.splitlines()
    (row,) = [number for number, line in enumerate(lines) if name in line]
    assert f"{len(data) / 1000:,.1f} kB" in lines[row + 1]
    assert "5,000,000 pictures a month" in text
    assert "Estimated cost of a month" in text
