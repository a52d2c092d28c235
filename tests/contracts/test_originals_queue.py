"""What the services and the event handler rely on in any queue of originals, the fake one and SQS alike."""

import json
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pytest
from botocore.session import get_session

from chalicelib.adapters.aws.clients import sqs_client
from chalicelib.adapters.aws.sqs import SqsEventQueues, SqsOriginalsQueue
from chalicelib.domain.status.figures import QueueDepth
from chalicelib.services.ports import OriginalsQueue
from infra.local.service import Service
from tests.support import aws
from tests.support.deployed_service import eventually
from tests.support.fakes.queue import FakeOriginalsQueue

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

type Told = tuple[str, str]


class Reader(Protocol):
    """Who receives what was announced."""

    @property
    def queue(self) -> OriginalsQueue: ...

    def told(self) -> set[Told]:
        """Receive all messages: what happened to which original."""
        ...

    def receipt(self) -> str:
        """Receive one message and return its receipt."""
        ...

    def pause(self, receipt: str) -> float:
        """Return the seconds after which a received message comes back."""
        ...


@dataclass
class FakeReader:
    """Looks into the fake."""

    queue: FakeOriginalsQueue

    def told(self) -> set[Told]:
        arrivals = {("arrived", original) for original in self.queue.arrivals}
        return arrivals | {("released", original) for original in self.queue.messages}

    def receipt(self) -> str:
        return "receipt"

    def pause(self, receipt: str) -> float:
        return self.queue.pauses[receipt]


@dataclass
class SqsReader:
    """Receives from a queue that hides what it has handed over for a minute."""

    queue: SqsOriginalsQueue
    client: "SQSClient"
    url: str

    def told(self) -> set[Told]:
        found: set[Told] = set()
        while received := self._received():
            for message in received:
                found |= set(json.loads(message["Body"]).items())
        return found

    def receipt(self) -> str:
        return self._received()[0]["ReceiptHandle"]

    def pause(self, receipt: str) -> float:
        began = time.monotonic()
        assert eventually(self._received, 10), receipt
        return round(time.monotonic() - began)

    def _received(self) -> list[dict[str, str]]:
        answer = self.client.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10)
        return answer.get("Messages", [])  # type: ignore[return-value]  # of the keys that are read here


@pytest.fixture(params=["fake", pytest.param("sqs", marks=pytest.mark.emulator)])
def reader(request: pytest.FixtureRequest) -> Reader:
    if request.param == "fake":
        return FakeReader(FakeOriginalsQueue())
    url = request.getfixturevalue("url")
    return SqsReader(SqsOriginalsQueue(sqs_client(get_session()), url), aws.client("sqs"), url)


@pytest.fixture
def url(service: Service) -> Iterator[str]:
    """Make a queue of one test's own."""
    client = aws.client("sqs", endpoint_url=service.endpoint_url)
    made = client.create_queue(QueueName=uuid.uuid4().hex, Attributes={"VisibilityTimeout": "60"})["QueueUrl"]
    yield made
    client.delete_queue(QueueUrl=made)


def test_what_is_announced_is_received(reader: Reader) -> None:
    originals = [f"originals/{number}" for number in range(25)]
    reader.queue.arrived(originals)
    reader.queue.released(["originals/gone"])
    assert reader.told() == {("arrived", original) for original in originals} | {
        ("released", "originals/gone")
    }


def test_nothing_is_announced_of_nothing(reader: Reader) -> None:
    reader.queue.arrived([])
    reader.queue.released([])
    assert reader.told() == set()


def test_a_message_comes_back_after_the_pause(reader: Reader) -> None:
    reader.queue.arrived(["originals/busy"])
    receipt = reader.receipt()
    reader.queue.postpone([receipt], 3)
    assert reader.pause(receipt) == pytest.approx(3, abs=2)


@pytest.mark.emulator
def test_sqs_counts_what_waits_is_handled_and_failed(url: str) -> None:
    client = sqs_client(get_session())
    queues, queue = SqsEventQueues(client, url, url), SqsOriginalsQueue(client, url)
    queue.arrived(["originals/1", "originals/2"])
    assert eventually(lambda: queues.depth().waiting == 2)
    assert queues.depth() == QueueDepth(waiting=2, handled=0, delayed=0, dead=2)
    aws.client("sqs").receive_message(QueueUrl=url)
    assert eventually(lambda: queues.depth().handled == 1)


def test_a_receipt_of_nothing_is_no_error_and_moves_no_message(reader: Reader) -> None:
    reader.queue.arrived(["originals/kept"])
    reader.queue.postpone(["nothing"], 15)
    assert reader.told() == {("arrived", "originals/kept")}
