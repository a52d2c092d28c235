"""What messages are about."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from infra.operations.queues import Letter, about
from tests.support.notifications import created


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (json.dumps(created("inbox/Amélie & Co + 1/poster.jpg")), "stored inbox/Amélie & Co + 1/poster.jpg"),
        ('{"released": "originals/ab/abc"}', "released originals/ab/abc"),
        ('{"arrived": "originals/ab/abc"}', "arrived originals/ab/abc"),
        ('{"Event": "s3:TestEvent"}', '{"Event": "s3:TestEvent"}'),
        ("no JSON", "no JSON"),
        ("[1]", "[1]"),
        ("x" * 1000, "x" * 200),
    ],
)
def test_a_message_tells_what_it_is_about(body: str, text: str) -> None:
    assert about(body) == text


def test_a_letter_says_when_it_was_sent_and_how_often_it_failed() -> None:
    message: Any = {
        "MessageId": "1",
        "Body": '{"released": "originals/x"}',
        "Attributes": {"SentTimestamp": "1795348800000", "ApproximateReceiveCount": "5"},
    }
    sent = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert Letter.of(message) == Letter("1", sent, 5, "released originals/x")
