"""Functions behave as on Lambda: what they are given, how they end, what is logged, how many run."""

import os
import re
import signal
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from botocore.exceptions import ClientError

from tests.localstack.cloud import Cloud, eventually, is_alive, package
from tests.localstack.conftest import MAX_ENVIRONMENTS, MAX_PROCESSES

pytestmark = pytest.mark.emulator

LAMBDA_PAYLOAD_BYTES = 6_291_556
REQUEST_ID = r"[0-9a-f]{8}-[0-9a-f-]{27}"


@pytest.fixture(scope="module")
def echo(cloud: Cloud) -> str:
    return cloud.add_function("handlers.echo", timeout=7, memory=192, GREETING="hello")


@pytest.fixture(scope="module")
def sleeper(cloud: Cloud) -> str:
    return cloud.add_function("handlers.sleep", timeout=5)


def test_a_function_gets_its_event_and_context(cloud: Cloud, echo: str) -> None:
    value = cloud.invoke(echo, {"colour": "ü"}).value
    assert value["event"] == {"colour": "ü"}
    assert value["arn"].endswith(f":function:{echo}")
    assert value["memory_mb"] == "192"
    assert 6000 < value["left_ms"] <= 7000


def test_a_function_gets_lambdas_variables_and_its_own(cloud: Cloud, echo: str) -> None:
    environment = cloud.invoke(echo).value["environment"]
    assert environment["GREETING"] == "hello"
    assert environment["AWS_LAMBDA_FUNCTION_NAME"] == echo
    assert environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] == "192"
    assert environment["AWS_EXECUTION_ENV"] == "AWS_Lambda_python3.13"
    assert environment["AWS_REGION"] == "eu-central-1"
    assert environment["AWS_ENDPOINT_URL"] == cloud.url
    assert environment["_HANDLER"] == "handlers.echo"
    assert environment["LAMBDA_TASK_ROOT"] == cloud.invoke(echo).value["path"][0]


def test_a_function_sees_nothing_of_the_developers(cloud: Cloud, echo: str) -> None:
    value = cloud.invoke(echo).value
    allowed = (
        r"AWS_\w+|_AWS_\w+|_X_AMZN_TRACE_ID|_HANDLER|LAMBDA_\w+|LANG|LC_CTYPE|PATH|TZ|HOME|TMPDIR|GREETING"
    )
    assert [name for name in value["environment"] if not re.fullmatch(allowed, name)] == []
    assert value["environment"]["HOME"].startswith(str(cloud.settings.run_dir))
    assert not [entry for entry in value["path"] if "localstack-venv" in entry or "/.venv/" in entry]


def test_scratch_files_stay_in_the_environment(cloud: Cloud, echo: str) -> None:
    assert cloud.invoke(echo).value["scratch"].startswith(str(cloud.settings.run_dir))


def test_a_warm_environment_serves_the_next_call(cloud: Cloud, echo: str) -> None:
    first, second = cloud.invoke(echo), cloud.invoke(echo)
    assert first.value["pid"] == second.value["pid"]
    assert "Init Duration" not in second.log


def test_new_code_gets_a_new_environment(cloud: Cloud, echo: str) -> None:
    before = cloud.invoke(echo).value["pid"]
    cloud.functions.update_function_code(FunctionName=echo, ZipFile=package())
    cloud.await_function(echo)
    assert cloud.invoke(echo).value["pid"] != before
    eventually(lambda: not is_alive(before))


def test_functions_of_one_archive_do_not_depend_on_each_other(cloud: Cloud) -> None:
    first, second = (cloud.add_function("handlers.echo") for _ in range(2))
    cloud.functions.delete_function(FunctionName=first)
    third = cloud.add_function("handlers.echo")
    for name in (second, third):
        assert cloud.invoke(name, {"here": name}).value["event"] == {"here": name}


def test_the_log_has_lambdas_form(cloud: Cloud) -> None:
    pattern = (
        rf"START RequestId: (?P<id>{REQUEST_ID}) Version: \$LATEST\n"
        r"sleeping\n"
        r"END RequestId: (?P=id)\n"
        r"REPORT RequestId: (?P=id)\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms"
        r"\tMemory Size: 256 MB\tMax Memory Used: \d+ MB\tInit Duration: [\d.]+ ms\n"
    )
    fresh = cloud.add_function("handlers.sleep")
    assert re.fullmatch(pattern, cloud.invoke(fresh).log)


def test_output_reaches_cloudwatch_logs(cloud: Cloud, echo: str) -> None:
    cloud.invoke(echo)
    logs = cloud.session.client("logs", endpoint_url=cloud.url)

    def messages() -> list[str]:
        try:
            events = logs.filter_log_events(logGroupName=f"/aws/lambda/{echo}")["events"]
        except logs.exceptions.ResourceNotFoundException:  # the first lines make the group
            return []
        return [event["message"].strip() for event in events]

    eventually(lambda: "echo says hello" in messages())


def test_a_log_stream_holds_so_many_lines(cloud: Cloud) -> None:
    logs = cloud.session.client("logs", endpoint_url=cloud.url)
    group, now = f"/lines/{uuid.uuid4().hex}", int(time.time() * 1000)
    logs.create_log_group(logGroupName=group)
    logs.create_log_stream(logGroupName=group, logStreamName="one")
    for _ in range(2):
        logs.put_log_events(
            logGroupName=group,
            logStreamName="one",
            logEvents=[{"timestamp": now, "message": f"{number}"} for number in range(3_000)],
        )
    held = logs.get_log_events(logGroupName=group, logStreamName="one", startFromHead=True)["events"]
    assert 1_000 <= len(held) <= 4_000
    assert held[-1]["message"] == "2999"


def test_a_function_that_takes_too_long_is_killed(cloud: Cloud) -> None:
    name = cloud.add_function("handlers.sleep", timeout=1)
    warm = cloud.invoke(name).value
    answer = cloud.invoke(name, {"seconds": 30})
    assert answer.error == "Unhandled"
    assert re.fullmatch(
        rf"\d{{4}}-\d\d-\d\dT[\d:.]+Z {REQUEST_ID} Task timed out after 1.00 seconds",
        answer.value["errorMessage"],
    )
    assert answer.value["errorMessage"] in answer.log
    assert not is_alive(warm)
    assert cloud.invoke(name).value != warm


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ({"status": 3}, "Runtime exited with error: exit status 3"),
        ({"status": 0}, "Runtime exited without providing a reason"),
        ({"signal": "SIGKILL"}, "Runtime exited with error: signal: killed"),
        ({"signal": "SIGSEGV"}, "Runtime exited with error: signal: segmentation fault"),
    ],
)
def test_a_crash_is_reported_and_survived(cloud: Cloud, event: dict[str, object], reason: str) -> None:
    name = cloud.add_function("handlers.crash")
    answer = cloud.invoke(name, event)
    assert answer.error == "Unhandled"
    assert answer.value["errorType"] == "Runtime.ExitError"
    assert re.fullmatch(rf"RequestId: {REQUEST_ID} Error: {reason}", answer.value["errorMessage"])
    assert cloud.invoke(name).error is None


def test_more_memory_than_configured_is_fatal(cloud: Cloud) -> None:
    name = cloud.add_function("handlers.hog", memory=128)
    assert cloud.invoke(name, {"megabytes": 60}).value == 60 * 1024 * 1024
    answer = cloud.invoke(name, {"megabytes": 160})
    assert answer.value["errorMessage"].endswith("Runtime exited with error: signal: killed")
    assert "Max Memory Used: 128 MB" in answer.log
    assert cloud.invoke(name, {"megabytes": 60}).error is None


def test_a_raised_exception_leaves_the_environment_warm(cloud: Cloud) -> None:
    name = cloud.add_function("handlers.fail")
    answer = cloud.invoke(name)
    assert answer.error == "Unhandled"
    assert (answer.value["errorType"], answer.value["errorMessage"]) == ("ValueError", "on purpose")
    assert answer.value["stackTrace"]
    assert "Init Duration" not in cloud.invoke(name).log


def test_a_module_that_cannot_be_loaded_is_reported(cloud: Cloud) -> None:
    answer = cloud.invoke(cloud.add_function("broken.handler"))
    assert answer.error == "Unhandled"
    assert (answer.value["errorType"], answer.value["errorMessage"]) == ("RuntimeError", "cannot load")
    assert "RuntimeError: cannot load" in answer.log


def test_a_missing_handler_is_reported(cloud: Cloud) -> None:
    answer = cloud.invoke(cloud.add_function("handlers.nowhere"))
    assert answer.value["errorType"] == "Runtime.HandlerNotFound"


def test_an_answer_may_have_six_megabytes_and_no_more(cloud: Cloud) -> None:
    name = cloud.add_function("handlers.big")
    assert len(cloud.invoke(name, {"bytes": LAMBDA_PAYLOAD_BYTES}).value) == LAMBDA_PAYLOAD_BYTES - 2
    answer = cloud.invoke(name, {"bytes": LAMBDA_PAYLOAD_BYTES + 1})
    assert answer.error == "Unhandled"
    assert answer.value["errorType"] == "Function.ResponseSizeTooLarge"
    assert cloud.invoke(name, {"bytes": 10}).error is None


@pytest.mark.parametrize(
    ("invocation_type", "limit"), [("RequestResponse", LAMBDA_PAYLOAD_BYTES), ("Event", 1_048_576)]
)
def test_a_larger_request_is_refused(cloud: Cloud, echo: str, invocation_type: str, limit: int) -> None:
    payload = b'"' + b"x" * (limit - 1) + b'"'
    with pytest.raises(ClientError) as refusal:
        cloud.functions.invoke(FunctionName=echo, InvocationType=invocation_type, Payload=payload)  # type: ignore[arg-type]  # a literal by way of a parameter
    assert refusal.value.response["Error"]["Code"] == "RequestTooLargeException"
    assert refusal.value.response["ResponseMetadata"]["HTTPStatusCode"] == 413


def test_a_burst_is_served_by_few_environments(cloud: Cloud, sleeper: str) -> None:
    with ThreadPoolExecutor(12) as callers:
        answers = list(callers.map(lambda _: cloud.invoke(sleeper, {"seconds": 0.2}), range(12)))
    assert [answer.error for answer in answers] == [None] * 12
    assert 1 < len({answer.value for answer in answers}) <= MAX_ENVIRONMENTS


def test_idle_environments_make_room_for_other_functions(cloud: Cloud) -> None:
    names = [cloud.add_function("handlers.sleep") for _ in range(MAX_PROCESSES + 2)]
    processes = [cloud.invoke(name).value for name in names]
    assert [is_alive(pid) for pid in processes[-MAX_ENVIRONMENTS - 1 :]] == [True] * (MAX_ENVIRONMENTS + 1)
    assert len([pid for pid in processes if is_alive(pid)]) <= MAX_PROCESSES
    assert cloud.invoke(names[0]).error is None


def test_a_process_killed_in_the_middle_of_a_call_is_replaced(cloud: Cloud, sleeper: str) -> None:
    victim = cloud.invoke(sleeper).value
    with ThreadPoolExecutor(1) as caller:
        call = caller.submit(cloud.invoke, sleeper, {"seconds": 4})
        time.sleep(0.5)
        os.kill(victim, signal.SIGKILL)
        assert call.result().value["errorMessage"].endswith("signal: killed")
    assert cloud.invoke(sleeper).error is None


def test_a_change_of_a_function_ends_no_call_that_runs(cloud: Cloud) -> None:
    name = cloud.add_function("handlers.sleep", timeout=10)
    pid = cloud.invoke(name).value
    with ThreadPoolExecutor() as pool:
        call = pool.submit(cloud.invoke, name, {"seconds": 3})
        time.sleep(1)
        cloud.functions.update_function_configuration(FunctionName=name, Timeout=9)
        assert call.result().value == pid
    eventually(lambda: not is_alive(pid))
    cloud.await_function(name)
    assert cloud.invoke(name).value != pid


def test_deleting_a_function_ends_its_processes(cloud: Cloud) -> None:
    name = cloud.add_function("handlers.spawn")
    processes = cloud.invoke(name).value
    assert all(is_alive(pid) for pid in processes)
    cloud.functions.delete_function(FunctionName=name)
    eventually(lambda: not any(is_alive(pid) for pid in processes))
