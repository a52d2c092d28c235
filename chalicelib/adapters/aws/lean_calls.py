"""The two calls that nearly every request makes, GetItem and GetObject, by a shorter way through botocore.

The first call of a process goes botocore's way, and shows where it leads and with which headers. Those that follow
are written from that, signed, and sent once through the client's own pool of connections: botocore would resolve
the endpoint again, compose who it is, and ask some twenty handlers. Whatever fails is left to the client, which
tries again by its rules. An object that is not there is an answer.
"""

import json
from abc import ABC, abstractmethod
from base64 import b64decode
from datetime import UTC, datetime
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlsplit
from zlib import crc32

from botocore.awsrequest import AWSPreparedRequest
from botocore.endpoint import convert_to_response_dict
from botocore.exceptions import BotoCoreError
from botocore.parsers import create_parser
from botocore.response import StreamingBody

from chalicelib.adapters.aws.signing import Unsigned, signed_headers
from chalicelib.telemetry.ledger import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.awsrequest import AWSResponse
    from botocore.model import OperationModel
    from botocore.session import Session

_OK, _NOT_FOUND = 200, 404
_OF_EVERY_CALL = frozenset({"user-agent", "content-type", "x-amz-target", "x-amz-checksum-mode"})
"""Headers that say nothing of one call alone."""


def shorten_get_item[C: Any](client: C, session: "Session") -> C:
    """Let GetItem of a DynamoDB client go the shorter way."""
    _GetItem(client, session).install()
    return client


def shorten_get_object[C: Any](client: C, session: "Session") -> C:
    """Let GetObject of an S3 client go the shorter way."""
    _GetObject(client, session).install()
    return client


class _Target(NamedTuple):
    """Where a call is sent: what comes before its own part of the URL, and the headers that stay the same."""

    url: str
    headers: "Mapping[str, str]"


class _ShortCall(ABC):
    """One operation of a client; the subclass knows how to write it and how to read its answer."""

    operation = ""
    method = ""

    def __init__(self, client: Any, session: "Session") -> None:  # noqa: ANN401  # clients have no type
        self._client = client
        self._session = session
        self._service = client.meta.service_model
        self._scope = client.meta.region_name, self._service.signing_name
        self._as_usual = client._make_api_call  # noqa: SLF001  # what every call of a client goes through
        self._targets: dict[str, _Target] = {}

    def install(self) -> None:
        """Stand before the client's own way, and look at what goes along it."""
        event = f"before-call.{self._service.service_id.hyphenize()}.{self.operation}"
        self._client.meta.events.register_last(event, self._learn)
        self._client._make_api_call = self._call  # noqa: SLF001  # as above

    @abstractmethod
    def place(self, params: "Mapping[str, Any]") -> str | None:
        """Return for what a target is kept, None where the call is not one of the usual."""

    @abstractmethod
    def place_of(self, request: "Mapping[str, Any]") -> tuple[str, str]:
        """Return the same of a request that botocore has written, with the URL that leads there."""

    @abstractmethod
    def written(self, params: "Mapping[str, Any]") -> tuple[str, bytes]:
        """Return what is added to the URL, and the body."""

    @abstractmethod
    def read(self, answer: "AWSResponse", model: "OperationModel") -> dict[str, Any] | None:
        """Return what an answer says, None where the call shall be made as usual."""

    def _learn(self, params: "Mapping[str, Any]", **_: object) -> None:
        place, url = self.place_of(params)
        headers = {name.lower(): _text(value) for name, value in params["headers"].items()}
        if headers.keys() <= _OF_EVERY_CALL:
            self._targets[place] = _Target(url, headers)

    def _call(self, operation: str, params: dict[str, Any]) -> Any:  # noqa: ANN401  # any answer
        if operation == self.operation and (place := self.place(params)) in self._targets:
            started = perf_counter()
            if (parsed := self._sent(self._targets[place], params)) is not None:
                record(f"{self._service.service_name}.{operation}", perf_counter() - started)
                return self._checked(parsed)
        return self._as_usual(operation, params)

    def _sent(self, target: _Target, params: dict[str, Any]) -> dict[str, Any] | None:
        if (credentials := self._session.get_credentials()) is None:
            return None
        model = self._service.operation_model(self.operation)
        try:
            path, body = self.written(params)
            url = target.url + path
            parts = urlsplit(url)
            request = Unsigned(self.method, parts.netloc, parts.path, target.headers, body)
            frozen = credentials.get_frozen_credentials()
            headers = signed_headers(frozen, self._scope, request, datetime.now(UTC))
            prepared = AWSPreparedRequest(self.method, url, headers, body, model.has_streaming_output)  # type: ignore[arg-type]  # any mapping does
            answer = self._client._endpoint.http_session.send(prepared)  # noqa: SLF001  # both ways share connections
            return self.read(answer, model)
        except BotoCoreError:
            return None

    def _checked(self, parsed: dict[str, Any]) -> dict[str, Any]:
        if error := parsed.get("Error"):
            raise self._client.exceptions.from_code(error["Code"])(parsed, self.operation)
        return parsed


class _GetItem(_ShortCall):
    operation, method = "GetItem", "POST"

    def place(self, params: "Mapping[str, Any]") -> str | None:
        """Take all calls: they lead to the same place."""
        return None if "Key" not in params else ""

    def place_of(self, request: "Mapping[str, Any]") -> tuple[str, str]:
        """Return the endpoint."""
        return "", request["url"]

    def written(self, params: "Mapping[str, Any]") -> tuple[str, bytes]:
        """Return the parameters, which PynamoDB gives as they are sent; keys have no bytes."""
        return "", json.dumps(params).encode()

    def read(self, answer: "AWSResponse", model: "OperationModel") -> dict[str, Any] | None:  # noqa: ARG002  # of the base
        """Read an item whose checksum is right, as botocore would have."""
        if answer.status_code != _OK:
            return None
        stated = answer.headers.get("x-amz-crc32")
        if stated is not None and int(stated) != crc32(answer.content):
            return None
        found: dict[str, Any] = json.loads(answer.content)
        if "Item" in found:
            found["Item"] = _attributes(found["Item"])
        return found


class _GetObject(_ShortCall):
    operation, method = "GetObject", "GET"

    def place(self, params: "Mapping[str, Any]") -> str | None:
        """Take calls that want the whole of an object, by bucket."""
        return params["Bucket"] if params.keys() == {"Bucket", "Key"} else None

    def place_of(self, request: "Mapping[str, Any]") -> tuple[str, str]:
        """Return the URL of the bucket, which is the last part of it."""
        url = request["url"].removesuffix(request["url_path"])
        return url.rpartition("/")[2], f"{url}/"

    def written(self, params: "Mapping[str, Any]") -> tuple[str, bytes]:
        """Return the key as S3 wants it in a path."""
        return quote(params["Key"], safe="/~"), b""

    def read(self, answer: "AWSResponse", model: "OperationModel") -> dict[str, Any] | None:
        """Read what the caller looks at of the headers; the body is still to be read."""
        if answer.status_code == _NOT_FOUND:
            return _parsed(answer, model)
        if answer.status_code != _OK:
            answer.raw.drain_conn()
            return None
        headers = answer.headers
        length = int(headers["content-length"])
        found = {
            "Body": StreamingBody(answer.raw, length),
            "ContentLength": length,
            "ContentType": headers.get("content-type", "binary/octet-stream"),
        }
        return found | ({"VersionId": version} if (version := headers.get("x-amz-version-id")) else {})


def _attributes(item: "Mapping[str, Any]") -> dict[str, Any]:
    """Return an item's attributes with their bytes decoded."""
    return {name: _value(*value.popitem()) for name, value in item.items()}


def _value(kind: str, value: Any) -> dict[str, Any]:  # noqa: ANN401  # any JSON
    match kind:
        case "B":
            return {kind: b64decode(value)}
        case "BS":
            return {kind: [b64decode(one) for one in value]}
        case "L":
            return {kind: [_value(*one.popitem()) for one in value]}
        case "M":
            return {kind: _attributes(value)}
        case _:
            return {kind: value}


def _parsed(answer: "AWSResponse", model: "OperationModel") -> dict[str, Any]:
    assert model.output_shape  # noqa: S101  # both calls have one
    parser = create_parser(model.service_model.metadata["protocol"])
    parsed: dict[str, Any] = parser.parse(convert_to_response_dict(answer, model), model.output_shape)
    return parsed


def _text(header: str | bytes) -> str:
    return header.decode() if isinstance(header, bytes) else header
