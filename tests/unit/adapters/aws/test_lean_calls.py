"""The shorter way of two calls: what it answers, and what it leaves to botocore."""

import json
from collections.abc import Callable
from io import BytesIO
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


@pytest.fixture
def session() -> Session:
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


def item(session: Session, wire: Wire) -> Any:  # noqa: ANN401  # as above
    client = made(session, "dynamodb", wire, shorten_get_item)
    return client.get_item(TableName="t", Key={"pk": {"S": "item#1"}})


def stored(session: Session, wire: Wire) -> Any:  # noqa: ANN401  # as above
    return made(session, "s3", wire, shorten_get_object).get_object(Bucket="b", Key="variants/a b.webp")


def test_an_item_is_read_with_its_bytes(session: Session) -> None:
    wire = Wire((200, {"x-amz-crc32": str(crc32(ITEM))}, ITEM))
    assert item(session, wire)["Item"] == {"pk": {"S": "item#1"}, "heads": {"B": b"\0\1\2"}}
    (request,) = wire.sent
    assert request.headers["X-Amz-Target"].endswith(".GetItem")
    assert "Credential=AKID/" in str(request.headers["Authorization"])
    assert request.headers["X-Amz-Security-Token"] == "token"


def test_an_object_is_read_with_what_the_caller_looks_at(session: Session) -> None:
    wire = Wire((200, {"content-type": "image/webp", "x-amz-version-id": "v1"}, b"pixels"))
    found = stored(session, wire)
    assert (found["Body"].read(), found["ContentLength"]) == (b"pixels", 6)
    assert (found["ContentType"], found["VersionId"]) == ("image/webp", "v1")
    (request,) = wire.sent
    assert request.url == "http://cloud.test/b/variants/a%20b.webp"


def test_both_ways_send_the_same_request(session: Session) -> None:
    def sent(shorten: Callable[[Any, Session], Any]) -> AWSPreparedRequest:
        wire = Wire((200, {}, b"pixels"))
        made(session, "s3", wire, shorten).get_object(Bucket="b", Key="variants/a b.webp")
        return wire.sent[0]

    short, long = sent(shorten_get_object), sent(lambda client, _: client)
    assert (short.method, short.url) == (long.method, long.url)
    for name in ("Authorization", "X-Amz-Content-SHA256", "User-Agent"):
        one, other = (_text(request.headers[name]).partition("Signature")[0] for request in (short, long))
        assert one == other


def _text(header: str | bytes) -> str:
    return header.decode() if isinstance(header, bytes) else header


def test_an_object_that_is_not_there_is_asked_for_once(session: Session) -> None:
    wire = Wire((404, {}, MISSING))
    with pytest.raises(ClientError) as caught:
        stored(session, wire)
    assert caught.value.response["Error"]["Code"] == "NoSuchKey"
    assert len(wire.sent) == 1


@pytest.mark.parametrize(
    "failure", [(503, {}, b""), ConnectTimeoutError(endpoint_url="http://cloud.test")], ids=["503", "timeout"]
)
def test_botocore_tries_again_what_failed(session: Session, failure: Answer) -> None:
    wire = Wire(failure, (200, {}, b"pixels"))
    assert stored(session, wire)["Body"].read() == b"pixels"
    assert len(wire.sent) == 2
    wire = Wire(failure, (200, {}, ITEM))
    assert item(session, wire)["Item"]["pk"] == {"S": "item#1"}


def test_an_item_with_a_wrong_checksum_is_read_again(session: Session) -> None:
    wire = Wire((200, {"x-amz-crc32": "1"}, ITEM), (200, {"x-amz-crc32": str(crc32(ITEM))}, ITEM))
    assert item(session, wire)["Item"]["pk"] == {"S": "item#1"}
    assert len(wire.sent) == 2


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
