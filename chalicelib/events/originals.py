"""An original arrived, an original left: messages of the queue, from S3 and from the service itself.

S3 sends at least once and in any order, so every message may be handled twice. One that fails is named in the
answer and comes back alone, soon at first and then ever later, until it is a dead letter; the others are done. The
messages of a function that was killed come back once it could not have been alive: the queue hides them for longer,
since Lambda may have to repeat a call that it throttled.
"""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from time import time
from typing import Any
from urllib.parse import unquote_plus

from chalice.app import Blueprint, SQSEvent

from chalicelib.container import container
from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.originals import ORIGINALS
from chalicelib.domain.intake.inbox import INBOX
from chalicelib.domain.intake.tickets import UPLOADS
from chalicelib.errors import ServiceError, UnavailableError
from chalicelib.telemetry import json_logs, metrics
from chalicelib.telemetry.invocation import begin_invocation
from chalicelib.telemetry.ledger import Ledger, ledger

json_logs.configure()
blueprint = Blueprint(__name__)

_SECONDS_TO_ANSWER = 2.0
_FIRST_PAUSE = 15
_GROWTH = 4
_LONGEST_PAUSE = 720
"""Seconds; with the seven pauses before the dead-letter queue an outage of 50 minutes loses nothing to it."""
_SECONDS_TO_DELETE = 15
"""What Lambda needs at most to delete the messages of a batch after the function has answered."""
_log = logging.getLogger(__name__)


@blueprint.on_sqs_message(queue="originals", batch_size=5, name="originals")
def originals_changed(event: SQSEvent) -> dict[str, Any]:
    """Handle a batch; returns the messages that must come back."""
    context: Any = event.context
    begin_invocation(context)
    seconds_left = context.get_remaining_time_in_millis() / 1000
    deadline = Deadline.after(seconds_left - _SECONDS_TO_ANSWER)
    records = event.to_dict()["Records"]
    _hide(records, ceil(seconds_left) + _SECONDS_TO_DELETE)
    function = getattr(context, "function_name", "")
    failed = [record["messageId"] for record in records if not _handled(record, deadline, function)]
    _renew_splashscreen(deadline, after_removal=any('"released"' in record["body"] for record in records))
    return {"batchItemFailures": [{"itemIdentifier": message} for message in failed]}


def _renew_splashscreen(deadline: Deadline, *, after_removal: bool) -> None:
    """Make the splash screen of what the library has now; the next event does what this one cannot."""
    if container().settings.jellyfin.jellyfin_url:
        return  # the library is that of the server behind us
    try:
        if after_removal:
            container().branding.splashscreen.clear(deadline)
        container().branding.splashscreen.renew(deadline)
    except ServiceError:
        _log.warning("splash screen left as it was", exc_info=True)


def _handled(record: Mapping[str, Any], deadline: Deadline, function: str) -> bool:
    with ledger() as spent:
        try:
            if is_done := _done_or_postponed(record, deadline):
                _log.info("message done", extra={"fields": _fields(record, spent, function)})
        except Exception:  # noqa: BLE001  # one message's failure, whatever it is, must not undo or repeat the others
            _log.exception("message failed", extra={"fields": {"message_id": record["messageId"]}})
            _hide([record], pause_after(_receipts(record)))
            return False
        return is_done


def _done_or_postponed(record: Mapping[str, Any], deadline: Deadline) -> bool:
    """Handle one message; False when it shall come back for what was not available."""
    try:
        _handle(json.loads(record["body"]), deadline)
    except UnavailableError as error:
        _postpone(record, str(error))
        return False
    return True


def pause_after(receipts: int) -> int:
    """Return for how many seconds to hide a message that was not done at its first, second, … receipt."""
    seconds: int = _FIRST_PAUSE * _GROWTH ** (receipts - 1)
    return min(seconds, _LONGEST_PAUSE)


def _receipts(record: Mapping[str, Any]) -> int:
    return int(record["attributes"].get("ApproximateReceiveCount", 1))


def _postpone(record: Mapping[str, Any], reason: str) -> None:
    seconds = _hide([record], pause_after(_receipts(record)))
    fields = {"message_id": record["messageId"], "reason": reason, "again_after_s": seconds}
    _log.warning("message postponed", extra={"fields": fields})


def _hide(records: Sequence[Mapping[str, Any]], seconds: int) -> int:
    """Let messages come back after so long; returns for how long at most they are hidden."""
    receipts = [record["receiptHandle"] for record in records]
    # When the queue is not available either, it shows them in its own time.
    return seconds if container().adapters.queue.postpone(receipts, seconds) else _LONGEST_PAUSE


def _fields(record: Mapping[str, Any], spent: Ledger, function: str) -> dict[str, Any]:
    now = int(time() * 1000)
    measured = metrics.of_event(spent, now - int(record["attributes"]["SentTimestamp"]))
    facts = {"message_id": record["messageId"], "calls": spent.calls} | spent.notes
    return facts | metrics.embedded(measured, function, now)


def _handle(body: Mapping[str, Any], deadline: Deadline) -> None:
    if released := body.get("released"):
        container().images.removal.remove_unreferenced(released)
    for key in _arrived(body):
        _take(key, deadline)


def _take(key: str, deadline: Deadline) -> None:
    """Do what the folder of a new object asks for; in any other folder, such as `refused/`, it just lies."""
    if key.startswith(UPLOADS):
        container().intake.settlement.settle_upload(key, deadline)
    elif key.startswith(INBOX):
        container().intake.inbox.take(key, deadline)
    elif key.startswith(ORIGINALS):
        container().images.processing.process(key, deadline)


def _arrived(body: Mapping[str, Any]) -> Iterator[str]:
    """Yield keys of objects that are new by our or S3's word; S3's `s3:TestEvent` has no records."""
    if arrived := body.get("arrived"):
        yield arrived
    for record in body.get("Records", ()):
        key = unquote_plus(record["s3"]["object"]["key"])  # keys are form-encoded
        if record["eventName"].startswith("ObjectCreated:"):
            yield key
