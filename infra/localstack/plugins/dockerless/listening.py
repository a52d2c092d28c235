"""Listen where ``GATEWAY_LISTEN`` says: LocalStack drops its host, and would run code for the whole network."""

from collections.abc import Callable
from types import SimpleNamespace

from localstack.config import HostAndPort
from localstack.runtime.server import twisted
from localstack.runtime.server.twisted import TwistedRuntimeServer
from localstack.utils.patch import patch
from rolo.gateway import Gateway
from twisted.internet.endpoints import TCP4ServerEndpoint, TCP6ServerEndpoint
from twisted.internet.interfaces import IReactorTCP


def apply_patches() -> None:
    """Change the server in place, before it is asked to listen."""

    @patch(target=TwistedRuntimeServer.register)
    def register(
        original: Callable[..., None],
        server: TwistedRuntimeServer,
        gateway: Gateway,
        listen: list[HostAndPort],
        ssl_creds: tuple[str, str] | None = None,
    ) -> None:
        for address in listen:
            twisted.endpoints = _endpoints_at(address.host)
            original(server, gateway, [address], ssl_creds)


def _endpoints_at(host: str) -> SimpleNamespace:
    """Return what the server uses of Twisted's endpoints, tied to one address."""

    def bound(reactor: IReactorTCP, port: int) -> TCP4ServerEndpoint:
        return TCP4ServerEndpoint(reactor, port, interface=host)

    return SimpleNamespace(TCP4ServerEndpoint=bound, TCP6ServerEndpoint=TCP6ServerEndpoint)
