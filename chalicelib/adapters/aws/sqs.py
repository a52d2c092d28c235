"""The queue of work that follows a change of the catalog, in SQS."""

import json
import logging
from collections.abc import Iterable, Sequence
from itertools import batched
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.domain.status.figures import QueueDepth
from chalicelib.errors import BusyError

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.literals import QueueAttributeNameType
    from mypy_boto3_sqs.type_defs import ChangeMessageVisibilityBatchRequestEntryTypeDef

_MOST_MESSAGES = 10
_NUMBERS: tuple["QueueAttributeNameType", ...] = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)
_log = logging.getLogger(__name__)


class SqsOriginalsQueue:
    """OriginalsQueue whose messages the originals' event handler receives beside S3's notifications."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        self._client = client
        self._url = url

    def arrived(self, originals: Iterable[str]) -> None:
        """Send one message an original."""
        self._send("arrived", originals)

    def released(self, originals: Iterable[str]) -> None:
        """Send one message an original; the sweep finds those of which the queue does not hear.

        What released them is done: an error would make the caller repeat it, and delete what has moved up.
        """
        try:
            self._send("released", originals)
        except (BotoCoreError, ClientError, BusyError) as error:
            _log.warning("Originals were not released.", extra={"fields": {"reason": str(error)}})

    def postpone(self, receipts: Sequence[str], seconds: int) -> bool:
        """Change for how long the messages stay hidden, by one call: a batch has ten at most."""
        entries: list[ChangeMessageVisibilityBatchRequestEntryTypeDef] = [
            {"Id": str(number), "ReceiptHandle": receipt, "VisibilityTimeout": seconds}
            for number, receipt in enumerate(receipts)
        ]
        try:
            answer = self._client.change_message_visibility_batch(QueueUrl=self._url, Entries=entries)
            reasons = [failed.get("Message", "") for failed in answer.get("Failed", ())]
        except (BotoCoreError, ClientError, BusyError) as error:
            reasons = [str(error)]
        if reasons:
            _log.warning("Messages were not postponed.", extra={"fields": {"reason": reasons[0]}})
        return not reasons

    def _send(self, what: str, originals: Iterable[str]) -> None:
        for some in batched(originals, _MOST_MESSAGES, strict=False):
            answer = self._client.send_message_batch(
                QueueUrl=self._url,
                Entries=[
                    {"Id": str(number), "MessageBody": json.dumps({what: original})}
                    for number, original in enumerate(some)
                ],
            )
            if failed := answer.get("Failed"):
                raise BusyError(f"{len(failed)} messages were not sent.")


class SqsEventQueues:
    """EventQueues of which SQS knows about how much is in them."""

    def __init__(self, client: "SQSClient", url: str, dead_letter_url: str) -> None:
        self._client = client
        self._url = url
        self._dead_letter_url = dead_letter_url

    def depth(self) -> QueueDepth:
        """Ask for the attributes of both queues."""
        waiting, handled, delayed = self._numbers(self._url)
        return QueueDepth(waiting, handled, delayed, sum(self._numbers(self._dead_letter_url)))

    def _numbers(self, url: str) -> tuple[int, ...]:
        found = self._client.get_queue_attributes(QueueUrl=url, AttributeNames=list(_NUMBERS))["Attributes"]
        return tuple(int(found[name]) for name in _NUMBERS)
