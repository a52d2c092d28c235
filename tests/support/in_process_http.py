"""The application behind an HTTP client, without a network: what the importer talks to in tests."""

from collections.abc import Mapping
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from io import BytesIO
from threading import Event
from typing import Any

import requests
from requests.adapters import BaseAdapter

from chalicelib.container import override_container
from chalicelib.services.ports import Blob
from infra.importer.service.client import ServiceClient
from infra.importer.service.connections import ApiKey
from infra.importer.service.retries import RetryPolicy
from tests.support.fakes.world import World
from tests.support.gateway import call
from tests.support.notifications import deliver

URL = "http://service.test"


class Adapter(BaseAdapter):
    """Takes the network's place in a session; whoever inherits says what is answered, from any thread."""

    def send(self, request: requests.PreparedRequest, *_args: Any, **_options: Any) -> requests.Response:  # noqa: ANN401  # of requests
        answer = self.answer(request)
        answer.request, answer.url = request, str(request.url)
        return answer

    def answer(self, request: requests.PreparedRequest) -> requests.Response:
        raise NotImplementedError

    def close(self) -> None:
        """Hold nothing."""


class Gateway(Adapter):
    """Answers requests by the application."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world

    def answer(self, request: requests.PreparedRequest) -> requests.Response:
        with override_container(self._world.container):
            answer = call(
                str(request.method), request.path_url, body=_body(request), headers=dict(request.headers)
            )
        return answered(answer.status, answer.headers, answer.body)


class Store(Adapter):
    """Takes a form as S3 does, and tells the application of the new object; `takes` is False for a refusal."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self.takes = True

    def answer(self, request: requests.PreparedRequest) -> requests.Response:
        if not self.takes:
            return answered(403)
        body = _body(request)
        assert request.headers["Content-Length"] == str(len(body))
        fields = _form(request.headers["Content-Type"], body)
        key = fields["key"].decode()
        self._world.originals_store.put(key, Blob(fields["file"], fields["Content-Type"].decode()))
        with override_container(self._world.container):
            assert deliver(key) == []
        return answered(204)


def answered(status: int, headers: Mapping[str, str] | None = None, body: bytes = b"") -> requests.Response:
    """Make an answer."""
    answer = requests.Response()
    answer.status_code = status
    answer.headers.update(headers or {})
    answer.raw = BytesIO(body)
    return answer


def service_over(world: World, adapter: BaseAdapter | None = None) -> ServiceClient:
    """Connect to an application over fakes as an administrator."""
    api = _session(adapter or Gateway(world))
    api.auth = ApiKey("administrator-key")
    return ServiceClient(URL, api, _session(Store(world)), RetryPolicy(Event()))


def _session(adapter: BaseAdapter) -> requests.Session:
    session = requests.Session()
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


def _body(request: requests.PreparedRequest) -> bytes:
    body = request.body or b""
    if isinstance(body, str):
        return body.encode()
    return body if isinstance(body, bytes) else b"".join(body)


def _form(content_type: str, body: bytes) -> dict[str, bytes]:
    message: Message = BytesParser(policy=HTTP).parsebytes(
        b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body
    )
    parts = [part for part in message.walk() if not part.is_multipart()]
    return {_name(part): bytes(part.get_payload(decode=True)) for part in parts}


def _name(part: Message) -> str:
    return str(part.get_param("name", header="Content-Disposition"))
