"""The stand-ins behind one port of loopback, each below a path of its own, and the troubles they can have."""

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import StrEnum
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl, unquote, urlsplit

from infra.demo.loopback import LoopbackServer, served
from infra.demo.providers import audiodb, cover_art_archive, fanart, tmdb, wikimedia
from infra.demo.providers.messages import Asked, Reply

SITES: Mapping[str, Callable[[Asked], Reply]] = {
    "tmdb": tmdb.answer,
    "fanarttv": fanart.answer,
    "coverart": cover_art_archive.answer,
    "audiodb": audiodb.answer,
    "wikidata": wikimedia.answer_wikidata,
    "commons": wikimedia.answer_commons,
}
CONTROL = "trouble"
"""`PUT /trouble/<site>[?<text>]` with the name of a trouble, or nothing, as its body.

With a text, only requests whose URL holds it are in trouble, so that tests side by side do not meet.
"""


class Trouble(StrEnum):
    """What can be wrong with a site."""

    NONE = ""
    DOWN = "down"
    SLOW = "slow"
    NONSENSE = "nonsense"
    BUSY = "busy"


class ProviderServer(LoopbackServer):
    """The stand-ins; `trouble` is by `site` or `site?text`, `asked` lists the URLs in the order of the requests."""

    def __init__(self, port: int = 0) -> None:
        super().__init__(port, _Handler)
        self.trouble: dict[str, Trouble] = {}
        self.asked: list[str] = []

    def trouble_of(self, site: str, url: str) -> Trouble:
        """Return what is wrong when a site is asked for a URL."""
        for key, trouble in list(self.trouble.items()):
            name, _, text = key.partition("?")
            if name == site and text in url:
                return trouble
        return Trouble.NONE

    def reply(self, asked: Asked, site: str, url: str) -> Reply:
        """Answer for a site, as well as its trouble lets it."""
        match self.trouble_of(site, url):
            case Trouble.DOWN:
                return Reply(b"Service Unavailable", 500, "text/plain")
            case Trouble.BUSY:
                return Reply(b"", 429, "text/plain", {"Retry-After": "3600"})
            case Trouble.NONSENSE:
                return Reply(b"<html>It works!", content_type="text/html")
            case Trouble.SLOW:
                self.closing.wait(30)
        return SITES[site](asked)


@contextmanager
def serving(port: int = 0) -> Iterator[ProviderServer]:
    """Answer on a port, by default a free one, until the block ends."""
    with served(ProviderServer(port)) as server:
        yield server


def free_port() -> int:
    """Return a port of loopback that nobody listens on at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def environment(url: str) -> dict[str, str]:
    """Return the settings that make the service ask the stand-ins at an address, keys included."""
    return {
        "TMDB_KEY": "stand-in",
        "TMDB_URL": f"{url}/tmdb/3",
        "TMDB_IMAGES_URL": f"{url}/tmdb/t/p",
        "FANART_KEY": "stand-in",
        "FANART_URL": f"{url}/fanarttv/v3.2",
        "AUDIODB_KEY": "123",
        "AUDIODB_URL": f"{url}/audiodb/api/v1/json",
        "PROVIDER_CONTACT": "operator@example.org",
        "COVER_ART_ARCHIVE_URL": f"{url}/coverart",
        "WIKIDATA_URL": f"{url}/wikidata/w/api.php",
        "COMMONS_URL": f"{url}/commons/w/api.php",
        "REMOTE_ALLOWED": urlsplit(url).netloc,
    }


class _Handler(BaseHTTPRequestHandler):
    server: ProviderServer

    def do_GET(self) -> None:
        """Answer for the site that the path begins with."""
        parts = urlsplit(self.path)
        site, _, path = unquote(parts.path).lstrip("/").partition("/")
        self.server.asked.append(self.path)
        if site not in SITES:
            return self._send(Reply(b"", 404, "text/plain"))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(path, dict(parse_qsl(parts.query)), headers, f"{self.server.url}/{site}")
        return self._send(self.server.reply(asked, site, self.path))

    def do_PUT(self) -> None:
        """Change what is wrong with a site."""
        control, _, key = self.path.strip("/").partition("/")
        text = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        if control != CONTROL or key.partition("?")[0] not in SITES or text not in list(Trouble):
            return self._send(Reply(b"", 404, "text/plain"))
        self.server.trouble[key] = Trouble(text)
        return self._send(Reply(b"", 204, "text/plain"))

    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in {"Content-Type": reply.content_type, **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        with suppress(ConnectionError):  # whoever asked may have lost patience
            self.end_headers()
            self.wfile.write(reply.body)
