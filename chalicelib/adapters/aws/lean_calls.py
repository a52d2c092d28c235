"""The two calls that nearly every request makes, GetItem and GetObject, by a shorter way through botocore.

A client asks its `before-call` handlers for an answer before it begins with its own machinery: some twenty events,
a signer chosen by name, a general parser. Here one of them answers: the request is signed by botocore's signer and
sent through the client's own pool of connections, once. Whatever fails is left to the client, which tries again by
its rules. An object that is not there is an answer.
"""

from typing import TYPE_CHECKING, Any
from zlib import crc32

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.endpoint import convert_to_response_dict
from botocore.exceptions import BotoCoreError
from botocore.parsers import create_parser
from botocore.response import StreamingBody

if TYPE_CHECKING:
    from botocore.awsrequest import AWSResponse
    from botocore.model import OperationModel
    from botocore.session import Session

_OK, _NOT_FOUND = 200, 404


def shorten_get_item[C: Any](client: C, session: "Session") -> C:
    """Let GetItem of a DynamoDB client go the shorter way."""
    lean = _LeanCall(client, session, SigV4Auth, _item_of)
    client.meta.events.register_last("before-call.dynamodb.GetItem", lean)
    return client


def shorten_get_object[C: Any](client: C, session: "Session") -> C:
    """Let GetObject of an S3 client go the shorter way."""
    lean = _LeanCall(client, session, S3SigV4Auth, _object_of)
    client.meta.events.register_last("before-call.s3.GetObject", lean)
    return client


class _LeanCall:
    def __init__(self, client: Any, session: "Session", auth: type[SigV4Auth], read: Any) -> None:  # noqa: ANN401  # clients have no type
        self._http = client._endpoint.http_session  # noqa: SLF001  # so that both ways share connections
        self._session = session
        self._region = client.meta.region_name
        self._service = client.meta.service_model.signing_name
        self._auth = auth
        self._read = read

    def __call__(
        self, model: "OperationModel", params: dict[str, Any], context: dict[str, Any], **_: object
    ) -> "tuple[AWSResponse, dict[str, Any]] | None":
        """Return the answer and what it says, None where the client shall call by its own way."""
        if (credentials := self._session.get_credentials()) is None:
            return None
        signer = self._auth(credentials.get_frozen_credentials(), self._service, self._region)
        try:
            request = _request(model, params, context)
            signer.add_auth(request)
            answer = self._http.send(request.prepare())
            parsed = self._read(answer, model)
        except BotoCoreError:
            return None
        return None if parsed is None else (answer, parsed)


def _request(model: "OperationModel", params: dict[str, Any], context: dict[str, Any]) -> AWSRequest:
    request = AWSRequest(
        method=params["method"],
        url=params["url"],
        headers=dict(params["headers"]),
        data=params["body"],
        stream_output=model.has_streaming_output,
    )
    request.context = context
    return request


def _item_of(answer: "AWSResponse", model: "OperationModel") -> dict[str, Any] | None:
    """Read an item whose checksum is right, as botocore would have."""
    if answer.status_code != _OK:
        return None
    stated = answer.headers.get("x-amz-crc32")
    if stated is not None and int(stated) != crc32(answer.content):
        return None
    return _parsed(answer, model)


def _object_of(answer: "AWSResponse", model: "OperationModel") -> dict[str, Any] | None:
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
        "ResponseMetadata": {"HTTPStatusCode": _OK},
    }
    return found | ({"VersionId": version} if (version := headers.get("x-amz-version-id")) else {})


def _parsed(answer: "AWSResponse", model: "OperationModel") -> dict[str, Any]:
    assert model.output_shape  # noqa: S101  # both calls have one
    parser = create_parser(model.service_model.metadata["protocol"])
    parsed: dict[str, Any] = parser.parse(convert_to_response_dict(answer, model), model.output_shape)
    return parsed
