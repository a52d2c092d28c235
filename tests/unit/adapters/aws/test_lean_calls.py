"""The shorter way of two calls: what it answers, and what it leaves to botocore."""

import json
from collections.abc import Callable
from io import BytesIO, IOBase
from typing import Any
from zlib import crc32

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectTimeoutError, NoCredentialsError
from botocore.session import Session, get_session
from urllib3 import HTTPResponse

from chalicelib.adapters.aws.lean_calls import shorten_get_item, shorten_get_object
from chalicelib.adapters.aws.timings import record_timings
from chalicelib.telemetry.ledger import ledger

type Answer = tuple[int, dict[str, str], bytes] | Exception

ITEM = json.dumps({"Item": {"pk": {"S": "item#1"}, "heads": {"B": "AAEC"}}}).encode()
MISSING = b"<Error><Code>NoSuchKey</Code><Message>No.</Message></Error>"


class Wire:
    """Stands for the network: answers in turn, and keeps what was sent."""

    def __init__(self, *answers: Answer) -> None:
        self.sent: list[AWSPreparedRequest] = []
        self._answers = iter(answers)

    def send(self, request: AWSPreparedRequest) -> AWSResponse:
        self.sent.append(request)
        answer = next(self._answers)
        if isinstance(answer, Exception):
            raise answer
        status, headers, body = answer
        headers = {"content-length": str(len(body)), **headers}
        raw = HTTPResponse(BytesIO(body), headers, status, preload_content=False)
        received = HTTPHeaders()
        for name, value in headers.items():
            received[name] = value
        return AWSResponse(request.url, status, received, raw)


@pytest.fixture(scope="module")
def session() -> Session:
    """Return the session of most clients here: each new one would read the services' models again."""
    return new_session()


def new_session() -> Session:
    session = get_session()
    session.set_credentials("AKID", "secret", "token")
    return session


def made(session: Session, service: str, wire: Wire, shorten: Callable[[Any, Session], Any]) -> Any:  # noqa: ANN401  # clients have no type
    config = Config(retries={"mode": "standard", "max_attempts": 2}, s3={"addressing_style": "path"})
    client: Any = session.create_client(
        service, "eu-central-1", endpoint_url="http://cloud.test", config=config
    )
    client._endpoint.http_session = wire  # noqa: SLF001  # the network's place
    return shorten(client, session)


GOOD_ITEM: Answer = (200, {"x-amz-crc32": str(crc32(ITEM))}, ITEM)
PIXELS: Answer = (200, {"content-type": "image/webp", "x-amz-version-id": "v1"}, b"pixels")


def item(session: Session, wire: Wire, calls: int = 1) -> Any:  # noqa: ANN401  # as above
    """Return the answer to the last of some calls, of which the first goes botocore's way."""
    client = made(session, "dynamodb", wire, shorten_get_item)
    return [client.get_item(TableName="t", Key={"pk": {"S": "item#1"}}) for _ in range(calls)][-1]


def stored(session: Session, wire: Wire, calls: int = 1) -> Any:  # noqa: ANN401  # as above
    client = made(session, "s3", wire, shorten_get_object)
    return [client.get_object(Bucket="b", Key="variants/a b~ü+.webp") for _ in range(calls)][-1]


@pytest.mark.parametrize("calls", [1, 2])
def test_an_item_is_read_with_its_bytes(session: Session, calls: int) -> None:
    wire = Wire(*[GOOD_ITEM] * calls)
    assert item(session, wire, calls)["Item"] == {"pk": {"S": "item#1"}, "heads": {"B": b"\0\1\2"}}
    headers = {name.lower(): _text(value) for name, value in wire.sent[-1].headers.items()}
    assert headers["x-amz-target"].endswith(".GetItem")
    assert "Credential=AKID/" in headers["authorization"]
    assert headers["x-amz-security-token"] == "token"


def test_an_item_has_all_kinds_of_values(session: Session) -> None:
    values = {
        "a": {"L": [{"B": "AAEC"}, {"N": "1"}]},
        "b": {"M": {"c": {"BS": ["AAEC"]}}},
        "d": {"NULL": True},
    }
    answer: Answer = 200, {}, json.dumps({"Item": values}).encode()
    usual, short = (item(session, Wire(*[answer] * calls), calls)["Item"] for calls in (1, 2))
    assert short == usual
    assert short["a"] == {"L": [{"B": b"\0\1\2"}, {"N": "1"}]}


def test_an_item_that_is_not_there_is_none(session: Session) -> None:
    assert "Item" not in item(session, Wire(GOOD_ITEM, (200, {}, b"{}")), 2)


@pytest.mark.parametrize("calls", [1, 2])
def test_an_object_is_read_with_what_the_caller_looks_at(session: Session, calls: int) -> None:
    wire = Wire(*[PIXELS] * calls)
    found = stored(session, wire, calls)
    assert (found["Body"].read(), found["ContentLength"]) == (b"pixels", 6)
    assert (found["ContentType"], found["VersionId"]) == ("image/webp", "v1")
    assert {request.url for request in wire.sent} == {"http://cloud.test/b/variants/a%20b~%C3%BC%2B.webp"}


@pytest.mark.parametrize("call", [item, stored])
def test_both_ways_send_the_same_request(session: Session, call: Callable[[Session, Wire, int], Any]) -> None:
    wire = Wire(*[GOOD_ITEM if call is item else PIXELS] * 2)
    call(session, wire, 2)
    usual, short = wire.sent
    assert (short.method, short.url) == (usual.method, usual.url)
    assert _json(short) == _json(usual)
    assert _fields(short) == _fields(usual)


def _json(request: AWSPreparedRequest) -> Any:  # noqa: ANN401  # any JSON
    assert not isinstance(request.body, IOBase)
    return json.loads(request.body or b"0")  # type: ignore[arg-type]  # neither is it anything else that is read


def _fields(request: AWSPreparedRequest) -> dict[str, str]:
    """Return the headers without date and signature, and without those that number botocore's attempts."""
    fields = {name.lower(): _text(value) for name, value in request.headers.items()}
    fields["authorization"] = fields["authorization"].partition("Signature")[0].replace("amz-sdk-", "")
    apart = {"x-amz-date", "content-length", "amz-sdk-invocation-id", "amz-sdk-request"}
    return {name: text for name, text in fields.items() if name not in apart}


def _text(header: str | bytes) -> str:
    return header.decode() if isinstance(header, bytes) else header


@pytest.mark.parametrize("calls", [1, 2])
def test_an_object_that_is_not_there_is_asked_for_once(session: Session, calls: int) -> None:
    wire = Wire(*[PIXELS] * (calls - 1), (404, {}, MISSING))
    with pytest.raises(ClientError) as caught:
        stored(session, wire, calls)
    assert caught.value.response["Error"]["Code"] == "NoSuchKey"
    assert len(wire.sent) == calls


@pytest.mark.parametrize("calls", [1, 2])
@pytest.mark.parametrize(
    "failure", [(503, {}, b""), ConnectTimeoutError(endpoint_url="http://cloud.test")], ids=["503", "timeout"]
)
def test_botocore_tries_again_what_failed(session: Session, failure: Answer, calls: int) -> None:
    wire = Wire(*[PIXELS] * (calls - 1), failure, PIXELS)
    assert stored(session, wire, calls)["Body"].read() == b"pixels"
    assert len(wire.sent) == calls + 1
    wire = Wire(*[GOOD_ITEM] * (calls - 1), failure, GOOD_ITEM)
    assert item(session, wire, calls)["Item"]["pk"] == {"S": "item#1"}


@pytest.mark.parametrize("calls", [1, 2])
def test_an_item_with_a_wrong_checksum_is_read_again(session: Session, calls: int) -> None:
    wire = Wire(*[GOOD_ITEM] * (calls - 1), (200, {"x-amz-crc32": "1"}, ITEM), GOOD_ITEM)
    assert item(session, wire, calls)["Item"]["pk"] == {"S": "item#1"}
    assert len(wire.sent) == calls + 1


def test_of_a_part_of_an_object_botocore_is_asked(session: Session) -> None:
    wire = Wire(*[PIXELS] * 4)
    client = made(session, "s3", wire, shorten_get_object)
    for part in ({"Range": "bytes=0-1"}, {}, {}, {"Range": "bytes=0-1"}):
        client.get_object(Bucket="b", Key="k", **part)
    assert ["amz-sdk-request" in request.headers for request in wire.sent] == [True, True, False, True]
    assert ["range" in {name.lower() for name in request.headers} for request in wire.sent] == [
        True,
        False,
        False,
        True,
    ]


def test_both_ways_enter_the_ledger(session: Session) -> None:
    client = record_timings(made(session, "s3", Wire(PIXELS, PIXELS), shorten_get_object))
    with ledger() as opened:
        client.get_object(Bucket="b", Key="k")
        client.get_object(Bucket="b", Key="k")
    assert opened.calls == {"s3.GetObject": 2}


def test_credentials_are_asked_for_at_each_call() -> None:
    session = new_session()
    wire = Wire(PIXELS, PIXELS, PIXELS)
    client = made(session, "s3", wire, shorten_get_object)
    client.get_object(Bucket="b", Key="k")
    for key in ("NEW", "NEWER"):
        session.set_credentials(key, "other", "token")
        client.get_object(Bucket="b", Key="k")
        assert f"Credential={key}/" in _text(wire.sent[-1].headers["authorization"])


def test_without_credentials_botocore_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    session = get_session()
    session.register_component("credential_provider", _NoCredentials())
    with pytest.raises(NoCredentialsError):
        stored(session, Wire())


class _NoCredentials:
    def load_credentials(self) -> None:
        return None
