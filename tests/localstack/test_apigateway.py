"""REST APIs treat bodies, headers, paths and limits as AWS's do."""

import base64
import gzip
import json
from urllib.parse import quote

import pytest

from tests.localstack.cloud import Cloud
from tests.localstack.conftest import GATEWAY_SECONDS
from tests.localstack.stack import Stack
from tests.localstack.wire import send

pytestmark = pytest.mark.emulator

MEBIBYTE = 1024 * 1024


@pytest.fixture(scope="module")
def api(cloud: Cloud, stack: Stack) -> str:
    return f"{cloud.url}/_aws/execute-api/{stack.outputs['Api']}/api"


@pytest.fixture(scope="module")
def text_api(cloud: Cloud, stack: Stack) -> str:
    return f"{cloud.url}/_aws/execute-api/{stack.outputs['TextApi']}/api"


@pytest.mark.parametrize("headers", [{}, {"Accept": "*/*"}, {"Accept": "application/json"}])
def test_with_everything_binary_an_answer_is_bytes(api: str, headers: dict[str, str]) -> None:
    answer = send(api, "/Items/1?bytes=10", headers=headers)
    assert (answer.body, answer["Content-Type"]) == (b"\xff" * 10, "image/png")


@pytest.mark.parametrize("content_type", ["application/json", "image/jpeg", "text/plain"])
@pytest.mark.parametrize("body", [b'{"plain": "text"}', b"\xff\x00\xfe"])
def test_with_everything_binary_a_body_arrives_in_base64(api: str, content_type: str, body: bytes) -> None:
    event = send(api, "/Items/1", "POST", body, {"Content-Type": content_type}).json()
    assert event["isBase64Encoded"] is True
    assert base64.b64decode(event["body"]) == body


def test_no_body_is_null(api: str) -> None:
    event = send(api, "/Items/1", "POST", b"").json()
    assert (event["body"], event["isBase64Encoded"]) == (None, False)


def test_only_the_named_types_are_binary(text_api: str) -> None:
    picture = send(text_api, "/x", "POST", b"ascii", {"Content-Type": "image/png"}).json()
    text = send(text_api, "/x", "POST", b"gr\xfcn", {"Content-Type": "text/plain"}).json()
    assert (picture["body"], picture["isBase64Encoded"]) == (base64.b64encode(b"ascii").decode(), True)
    assert (text["body"], text["isBase64Encoded"]) == ("gr\N{REPLACEMENT CHARACTER}n", False)


def test_an_answer_is_bytes_only_for_those_who_accept_the_type(text_api: str) -> None:
    assert send(text_api, "/x?bytes=3", headers={"Accept": "image/png"}).body == b"\xff\xff\xff"
    assert send(text_api, "/x?bytes=3", headers={"Accept": "text/html"}).body == b"////"


@pytest.mark.parametrize("item", ["a%2Fb", "a%20b", "a+b", "a;b=c", "%C3%BC", "a%25b", "a,b:c@d", "%7B%7D"])
def test_the_path_stays_as_encoded(api: str, item: str) -> None:
    event = send(api, f"/Items/{item}").json()
    assert event["path"] == f"/Items/{item}"
    assert event["pathParameters"] == {"itemId": item}
    assert event["resource"] == "/Items/{itemId}"


def test_other_paths_reach_the_catch_all(api: str) -> None:
    event = send(api, "/emby/items/a%2Fb/Images/").json()
    assert event["resource"] == "/{proxy+}"
    assert event["path"] == "/emby/items/a%2Fb/Images/"


def test_the_query_is_decoded_once(api: str) -> None:
    event = send(api, "/Items/1?a=1%2F2+3&a=4&b=%252F&c").json()
    assert event["multiValueQueryStringParameters"] == {"a": ["1/2 3", "4"], "b": ["%2F"], "c": [""]}
    assert event["queryStringParameters"] == {"a": "4", "b": "%2F", "c": ""}


def test_head_has_no_body(api: str) -> None:
    answer = send(api, "/Items/1?bytes=100", "HEAD")
    assert (answer.status, answer.body) == (200, b"")


def test_a_redirect_is_passed_on(api: str) -> None:
    answer = send(api, "/Items/1?location=https%3A%2F%2Fexample.com%2Fa%252Fb%3Fc%3Dd")
    assert (answer.status, answer["Location"]) == (302, "https://example.com/a%2Fb?c=d")


def test_a_body_above_ten_megabytes_is_refused(api: str) -> None:
    answer = send(api, "/Items/1", "POST", b"x" * (10 * MEBIBYTE + 1))
    assert answer.status == 413
    assert answer.json() == {"message": "HTTP content length exceeded 10485760 bytes."}


def test_an_api_words_its_refusals(text_api: str) -> None:
    answer = send(text_api, "/x", "POST", b"x" * (10 * MEBIBYTE + 1))
    assert (answer.status, answer["X-Kind"]) == (413, "refusal")
    assert answer.json() == {"title": "HTTP content length exceeded 10485760 bytes."}


def test_a_body_that_makes_too_large_an_event_is_refused(api: str) -> None:
    assert send(api, "/Items/1", "POST", b"x" * (4 * MEBIBYTE)).status == 200
    assert send(api, "/Items/1", "POST", b"x" * (5 * MEBIBYTE)).status == 413


def test_an_answer_above_lambdas_limit_is_a_bad_gateway(api: str) -> None:
    assert len(send(api, f"/Items/1?bytes={4 * MEBIBYTE}").body) == 4 * MEBIBYTE
    answer = send(api, f"/Items/1?bytes={5 * MEBIBYTE}")
    assert (answer.status, answer.json()) == (502, {"message": "Internal server error"})


def test_a_slow_function_is_a_gateway_timeout(api: str) -> None:
    answer = send(api, f"/Items/1?sleep={GATEWAY_SECONDS + 4}")
    assert (answer.status, answer.json()) == (504, {"message": "Endpoint request timed out"})


def test_a_malformed_answer_is_a_bad_gateway(api: str) -> None:
    assert send(api, "/Items/1?malformed=1").status == 502


def test_a_preflight_reaches_the_function(api: str) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    event = send(api, "/Items/1", "OPTIONS", headers=asked).json()
    assert event["httpMethod"] == "OPTIONS"
    assert event["headers"]["Access-Control-Request-Method"] == "POST"


@pytest.mark.parametrize("origin", [{}, {"Origin": "https://elsewhere.example"}])
def test_an_answers_headers_are_the_functions_own(api: str, origin: dict[str, str]) -> None:
    given = {"Vary": "Accept", "Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*"}
    answer = send(api, f"/Items/1?status=200&headers={quote(json.dumps(given))}", headers=origin)
    assert {name: answer[name] for name in given} == given
    assert answer.all("Access-Control-Expose-Headers") == []


def test_a_304_keeps_its_headers(api: str) -> None:
    given = {"ETag": '"t"', "Last-Modified": "Thu, 01 Jan 1998 00:00:00 GMT", "Content-Type": "image/png"}
    answer = send(api, f"/Items/1?status=304&headers={quote(json.dumps(given))}")
    assert (answer.status, answer.body) == (304, b"")
    assert {name: answer[name] for name in given} == given
    assert answer.all("Content-Length") == []


def test_an_answer_without_a_type_is_named_json(api: str) -> None:
    assert send(api, "/Items/1?status=304")["Content-Type"] == "application/json"


def test_head_names_no_length_that_the_function_did_not(api: str) -> None:
    assert send(api, "/Items/1?status=200", "HEAD").all("Content-Length") == []
    named = send(api, f"/Items/1?status=200&headers={quote(json.dumps({'Content-Length': '42'}))}", "HEAD")
    assert named["x-amzn-Remapped-Content-Length"] == "42"


@pytest.mark.parametrize(
    ("before", "after"), [(None, "127.0.0.1"), ("203.0.113.7, 10.0.0.1", "203.0.113.7, 10.0.0.1, 127.0.0.1")]
)
def test_the_caller_is_appended_to_the_proxies(api: str, before: str | None, after: str) -> None:
    event = send(api, "/Items/1", headers={"X-Forwarded-For": before} if before else {}).json()
    assert event["headers"]["X-Forwarded-For"] == after
    assert event["requestContext"]["identity"]["sourceIp"] == "127.0.0.1"


@pytest.mark.parametrize("encoding", ["gzip", "br", "nonsense"])
def test_a_packed_body_is_passed_on_as_it_is(api: str, encoding: str) -> None:
    body = gzip.compress(b"text")
    event = send(api, "/Items/1", "POST", body, {"Content-Encoding": encoding}).json()
    assert base64.b64decode(event["body"]) == body
    assert event["headers"]["Content-Encoding"] == encoding


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize("path", ["nowhere/api/Items", "{api}/nostage/Items"])
def test_an_api_that_is_not_there_takes_nothing(cloud: Cloud, stack: Stack, method: str, path: str) -> None:
    target = f"/_aws/execute-api/{path.format(api=stack.outputs['Api'])}"
    answer = send(cloud.url, target, method, b"x" if method in {"POST", "PUT"} else None)
    assert (answer.status, answer["Retry-After"]) == (503, "1")
    assert answer["Content-Type"] == "application/problem+json"
