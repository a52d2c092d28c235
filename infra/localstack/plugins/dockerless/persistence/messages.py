"""SQS: the messages that wait, are delayed, or are being handled."""

import heapq
from collections.abc import Mapping
from typing import Any

from localstack.services.sqs.models import SqsMessage, sqs_stores

from . import codec
from .archive import Archive, Snapshot


class Messages:
    """The messages of some queues; a queue that has not changed is not written again."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._queues: dict[str, Any] = {}
        self._kept: dict[str, list[str]] = {}

    def restore(self, queues: Mapping[str, str]) -> None:
        """Put the archive's messages into queues: one that was being handled waits again.

        Queues are named by what they are for; each such word has the queue's own name.
        """
        for purpose, name in queues.items():
            self._queues[purpose] = _queue(name)
            self._kept[purpose] = self._archive.messages(purpose)
            queue = self._queues[purpose]
            for message in map(_message, self._kept[purpose]):
                with queue.mutex:
                    if message.is_delayed:
                        queue.delayed.add(message)
                    else:
                        queue.visible.put_nowait(message)

    def collect(self, snapshot: Snapshot) -> dict[str, list[str]]:
        """Add the queues that have changed to a snapshot, and return all: to be settled when it is written."""
        now = {purpose: _texts(queue) for purpose, queue in self._queues.items()}
        changed = {purpose: texts for purpose, texts in now.items() if texts != self._kept[purpose]}
        snapshot.messages.update(changed)
        return now

    def settle(self, now: dict[str, list[str]]) -> None:
        """Take what a written snapshot has for kept."""
        self._kept = now


def _queue(name: str) -> Any:  # noqa: ANN401  # LocalStack's
    found = (store.queues[name] for _, _, store in sqs_stores.iter_stores() if name in store.queues)
    return next(found)


def _texts(queue: Any) -> list[str]:  # noqa: ANN401  # LocalStack's
    with queue.mutex:
        waiting = [*heapq.nsmallest(len(queue.visible.queue), queue.visible.queue)]
        found = [*queue.inflight, *waiting, *queue.delayed]
        return [_text(message) for message in found if not message.deleted]


def _text(message: Any) -> str:  # noqa: ANN401  # LocalStack's
    facts = {
        "message": message.message,
        "created": message.created,
        "priority": message.priority,
        "receive_count": message.receive_count,
        "first_received": message.first_received,
        "delay_seconds": message.delay_seconds,
        "visibility_timeout": message.visibility_timeout,
    }
    return codec.dumps(facts)


def _message(text: str) -> Any:  # noqa: ANN401  # LocalStack's
    facts = codec.loads(text)
    message = SqsMessage(facts.pop("priority"), facts.pop("message"))
    vars(message).update(facts)
    return message
