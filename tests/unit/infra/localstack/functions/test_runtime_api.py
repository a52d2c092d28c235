"""The Runtime API, spoken to as a runtime speaks to it."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException

import pytest

from infra.localstack.plugins.dockerless.functions.runtime_api import (
    Answered,
    InitFailed,
    Invocation,
    Ready,
    RuntimeApi,
)
from infra.localstack.plugins.dockerless.limits import LAMBDA_PAYLOAD_BYTES

INVOCATION = Invocation("id-1", "arn:function", b'{"a": 1}', "Root=1", 1_700_000_000_123)

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def api() -> Iterator[RuntimeApi]:
    api = RuntimeApi()
    yield api
    api.close()


def ask(
    api: RuntimeApi, method: str, path: str, body: bytes | None = None
) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection(api.address, timeout=5)
    try:
        connection.request(method, f"/2018-06-01/runtime{path}", body)
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


def test_the_first_poll_says_that_the_runtime_is_ready_and_gets_the_invocation(api: RuntimeApi) -> None:
    api.offer(INVOCATION)
    status, headers, body = ask(api, "GET", "/invocation/next")
    assert api.signals.get(timeout=1) == Ready()
    assert (status, body) == (200, INVOCATION.payload)
    assert headers["Lambda-Runtime-Aws-Request-Id"] == "id-1"
    assert headers["Lambda-Runtime-Invoked-Function-Arn"] == "arn:function"
    assert headers["Lambda-Runtime-Deadline-Ms"] == "1700000000123"
    assert headers["Lambda-Runtime-Trace-Id"] == "Root=1"


@pytest.mark.parametrize(("outcome", "is_error"), [("response", False), ("error", True)])
def test_an_answer_is_passed_on(api: RuntimeApi, outcome: str, is_error: bool) -> None:  # noqa: FBT001
    status, _, _ = ask(api, "POST", f"/invocation/id-1/{outcome}", b"answer")
    assert status == 202
    assert api.signals.get(timeout=1) == Answered("id-1", b"answer", is_error)


def test_a_failed_start_is_passed_on(api: RuntimeApi) -> None:
    assert ask(api, "POST", "/init/error", b"why")[0] == 202
    assert api.signals.get(timeout=1) == InitFailed(b"why")


def test_an_answer_above_the_limit_is_refused_and_replaced(api: RuntimeApi) -> None:
    assert ask(api, "POST", "/invocation/id-1/response", b"x" * LAMBDA_PAYLOAD_BYTES)[0] == 202
    assert not api.signals.get(timeout=1).is_error  # type: ignore[union-attr]
    assert ask(api, "POST", "/invocation/id-2/response", b"x" * (LAMBDA_PAYLOAD_BYTES + 1))[0] == 413
    answer = api.signals.get(timeout=1)
    assert isinstance(answer, Answered)
    assert (answer.is_error, answer.is_fatal) == (True, True)
    assert json.loads(answer.body)["errorType"] == "Function.ResponseSizeTooLarge"


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/else"), ("POST", "/else"), ("POST", "/invocation/id-1/else")]
)
def test_other_paths_are_not_found(api: RuntimeApi, method: str, path: str) -> None:
    assert ask(api, method, path, b"")[0] == 404
    assert api.signals.empty()


def test_closing_lets_a_waiting_runtime_go() -> None:
    api = RuntimeApi()
    with ThreadPoolExecutor(1) as runtime:
        poll = runtime.submit(ask, api, "GET", "/invocation/next")
        assert api.signals.get(timeout=1) == Ready()
        api.close()
        with pytest.raises((OSError, HTTPException)):
            poll.result(timeout=5)


def test_a_poll_after_the_end_is_let_go_at_once(api: RuntimeApi) -> None:
    with ThreadPoolExecutor(3) as polls:
        waiting = [polls.submit(api.next_invocation) for _ in range(3)]
        api.close()
        assert [each.result(timeout=2) for each in waiting] == [None, None, None]
    assert api.next_invocation() is None
