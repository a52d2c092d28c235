"""The queue when SQS fails."""

from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from chalicelib.adapters.aws.sqs import SqsOriginalsQueue
from chalicelib.errors import BusyError


class Sqs:
    """A client whose batches fail in a given way."""

    def __init__(self, answer: dict[str, Any] | Exception) -> None:
        self.answer = answer
        self.sent: list[Any] = []

    def send_message_batch(self, **call: Any) -> dict[str, Any]:  # noqa: ANN401  # boto3's keywords
        self.sent.append(call)
        return self._answered()

    def change_message_visibility_batch(self, **call: Any) -> dict[str, Any]:  # noqa: ANN401  # boto3's keywords
        self.sent.append(call)
        return self._answered()

    def _answered(self) -> dict[str, Any]:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


UNREACHABLE = EndpointConnectionError(endpoint_url="https://sqs.test")
REFUSED = {"Failed": [{"Id": "0"}]}


@pytest.mark.parametrize("answer", [UNREACHABLE, REFUSED])
def test_what_is_released_unheard_is_no_error_of_the_caller(
    answer: dict[str, Any] | Exception, caplog: pytest.LogCaptureFixture
) -> None:
    client = Sqs(answer)
    SqsOriginalsQueue(client, "url").released(["originals/aa/aa"])  # type: ignore[arg-type]  # all it calls
    assert len(client.sent) == 1
    assert "not released" in caplog.text


@pytest.mark.parametrize(("answer", "error"), [(UNREACHABLE, EndpointConnectionError), (REFUSED, BusyError)])
def test_what_arrives_unheard_is_an_error(answer: dict[str, Any] | Exception, error: type[Exception]) -> None:
    with pytest.raises(error):
        SqsOriginalsQueue(Sqs(answer), "url").arrived(["originals/aa/aa"])  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize("error", [UNREACHABLE, BusyError("SQS is busy."), REFUSED])
def test_a_message_that_cannot_be_postponed_comes_back_in_its_time(
    error: dict[str, Any] | Exception, caplog: pytest.LogCaptureFixture
) -> None:
    client = Sqs(error)
    assert not SqsOriginalsQueue(client, "url").postpone(["receipt"], 15)  # type: ignore[arg-type]  # as above
    assert len(client.sent) == 1
    assert "not postponed" in caplog.text
