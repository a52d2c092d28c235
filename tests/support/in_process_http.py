"""The application behind an HTTP client, without a network: what the importer talks to in tests."""

from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from threading import Event

import httpx

from chalicelib.container import override_container
from chalicelib.services.ports import Blob
from infra.importer.retries import RetryPolicy
from infra.importer.service_client import ServiceClient
from tests.support.fakes.world import World
from tests.support.gateway import call
from tests.support.notifications import deliver


class Gateway(httpx.BaseTransport):
    """Answers requests by the application, from any thread."""

    def __init__(self, world: World) -> None:
        self._world = world

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        with override_container(self._world):
            url = request.url.raw_path.decode()
            answer = call(request.method, url, body=request.read(), headers=dict(request.headers))
        return httpx.Response(answer.status, headers=answer.headers, content=answer.body)


class Store(httpx.BaseTransport):
    """Takes a form as S3 does, and tells the application of the new object; `takes` is False for a refusal."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.takes = True

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not self.takes:
            return httpx.Response(403)
        fields = _form(request.headers["Content-Type"], request.read())
        key = fields["key"].decode()
        self._world.originals_store.put(key, Blob(fields["file"], fields["Content-Type"].decode()))
        with override_container(self._world):
            assert deliver(key) == []
        return httpx.Response(204)


def service_over(world: World, transport: httpx.BaseTransport | None = None) -> ServiceClient:
    """Connect to an application over fakes as an administrator."""
    headers = {"X-Emby-Token": "administrator-key"}
    client = httpx.Client(
        base_url="http://service.test", headers=headers, transport=transport or Gateway(world)
    )
    return ServiceClient(client, httpx.Client(transport=Store(world)), RetryPolicy(Event()))


def _form(content_type: str, body: bytes) -> dict[str, bytes]:
    message: Message = BytesParser(policy=HTTP).parsebytes(
        b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body
    )
    parts = [part for part in message.walk() if not part.is_multipart()]
    return {_name(part): bytes(part.get_payload(decode=True)) for part in parts}


def _name(part: Message) -> str:
    return str(part.get_param("name", header="Content-Disposition"))
