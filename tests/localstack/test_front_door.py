"""The front door passes everything on as it is."""

import gzip
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from infra.localstack import front_door
from infra.localstack.settings import Settings
from tests.localstack.cloud import private_settings
from tests.localstack.wire import Answer, send
from tests.support.ports import free_port

pytestmark = pytest.mark.emulator

CALLERS = 50
FIRST_PART_ARRIVED = Event()
CALLER_LEFT = Event()


class Origin(BaseHTTPRequestHandler):
    """Answer with the request, or as its path asks."""

    protocol_version = "HTTP/1.1"

    def handle_any(self) -> None:
        match self.path.removeprefix("/stage"):
            case "/away":
                self.answer(302, b"", {"Location": "/else?where=%2F", "Set-Cookie": "a=1"})
            case "/packed":
                self.answer(200, b"\x1f\x8b not really", {"Content-Encoding": "gzip"})
            case "/unmodified":
                self.send_response_only(304)
                self.send_header("ETag", '"tag"')
                self.send_header("Content-Type", "image/webp")
                self.end_headers()
            case "/drops":
                self.close_connection = True
            case "/slowly":
                self.trickle()
            case "/left":
                self.go_on()
            case "/size":
                self.answer(200, b"", {"x-amzn-remapped-content-length": "4242"})
            case "/sizeless":
                self.send_response_only(200)
                self.end_headers()
            case _:
                self.answer(200, self.description())

    def description(self) -> bytes:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        seen = {
            "method": self.command,
            "target": self.path,
            "headers": self.headers.items(),
            "size": len(body),
        }
        return json.dumps(seen).encode()

    def answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response_only(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def trickle(self) -> None:
        self.send_response_only(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"3\r\none\r\n")
        if FIRST_PART_ARRIVED.wait(timeout=10):
            self.wfile.write(b"3\r\ntwo\r\n0\r\n\r\n")

    def go_on(self) -> None:
        self.send_response_only(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"3\r\none\r\n")
        CALLER_LEFT.wait(timeout=10)
        with suppress(OSError):
            for _ in range(20):
                self.wfile.write(b"3\r\ntwo\r\n")
                time.sleep(0.01)
            self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PROPFIND")
for name in METHODS:
    setattr(Origin, f"do_{name}", Origin.handle_any)


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Origin)
    server.daemon_threads = True
    server.request_queue_size = CALLERS
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/stage"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def settings(origin: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    settings = private_settings(tmp_path_factory.mktemp("door"))
    front_door.start(settings, origin)
    yield settings
    front_door.stop(settings)


@pytest.fixture
def door(settings: Settings) -> str:
    return f"http://127.0.0.1:{settings.front_door_port}"


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/Items/a%2Fb",
        "/a%20b+c",
        "/a;b=c",
        "//a//b/",
        "/a/../b",
        "/?q=%2F+%20",
        "/%zz?%",
        "/a?b=c?d&&e=",
        "/%C3%BC",
    ],
)
def test_the_target_is_passed_on_as_it_is(door: str, target: str) -> None:
    assert send(door, target).json()["target"] == f"/stage{target}"


@pytest.mark.parametrize("method", [method for method in METHODS if method != "HEAD"])
def test_any_method_is_passed_on(door: str, method: str) -> None:
    assert send(door, "/", method).json()["method"] == method


def test_headers_are_passed_on_and_none_invented(door: str, origin: str) -> None:
    given = {
        "X-Emby-Token": "t",
        "Authorization": 'MediaBrowser Token="a, b"',
        "If-None-Match": '"x"',
        "Cookie": "c=d",
    }
    seen = dict(send(door, "/", headers=given).json()["headers"])
    host = origin.removeprefix("http://").removesuffix("/stage")
    added = {"X-Forwarded-Host": door.removeprefix("http://"), "X-Forwarded-For": "127.0.0.1"}
    assert seen == {**given, **added, "Host": host}


def test_a_caller_who_leaves_is_told_as_no_failure(settings: Settings, door: str) -> None:
    caller = HTTPConnection(door.removeprefix("http://"), timeout=10)
    caller.request("GET", "/left")
    assert caller.getresponse().read(3) == b"one"
    caller.close()
    CALLER_LEFT.set()
    time.sleep(0.5)
    assert send(door, "/drops").status == 502
    told = (settings.run_dir / "front-door.log").read_text()
    assert "502 GET /drops" in told
    assert "/left" not in told


def test_the_callers_address_is_appended(door: str) -> None:
    seen = dict(send(door, "/", headers={"X-Forwarded-For": "203.0.113.7"}).json()["headers"])
    assert seen["X-Forwarded-For"] == "203.0.113.7, 127.0.0.1"


def test_repeated_headers_stay_apart(door: str) -> None:
    host, port = door.removeprefix("http://").split(":")
    connection = HTTPConnection(host, int(port), timeout=5)
    connection.putrequest("GET", "/")
    for value in ("image/avif", "image/webp"):
        connection.putheader("Accept", value)
    connection.endheaders()
    seen = json.loads(connection.getresponse().read())["headers"]
    assert [value for name, value in seen if name == "Accept"] == ["image/avif", "image/webp"]
    connection.close()


def test_headers_of_the_connection_stay_behind(door: str) -> None:
    seen = dict(
        send(door, "/", headers={"Connection": "X-Hop", "X-Hop": "1", "TE": "gzip"}).json()["headers"]
    )
    assert not {"X-Hop", "TE"} & seen.keys()


def test_a_body_is_passed_on(door: str) -> None:
    assert send(door, "/", "POST", b"x" * 8_000_000).json()["size"] == 8_000_000


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "nonsense"])
@pytest.mark.parametrize("body", [gzip.compress(b"x" * 100_000), b"not packed at all"])
def test_a_packed_body_is_passed_on_as_it_is(door: str, encoding: str, body: bytes) -> None:
    seen = send(door, "/", "POST", body, {"Content-Encoding": encoding}).json()
    assert seen["size"] == len(body)
    assert dict(seen["headers"])["Content-Encoding"] == encoding


@pytest.mark.parametrize(("size", "status"), [(8_000, 200), (8_200, 414), (20_000, 414), (300_000, 414)])
def test_a_url_above_cloudfronts_limit_is_refused(door: str, size: int, status: int) -> None:
    answer = send(door, "/?q=".ljust(size, "x"))
    assert answer.status == status
    if status != 200:
        assert_problem(answer, 414)


def test_more_headers_than_api_gateway_takes_are_refused(door: str) -> None:
    assert send(door, "/", headers={"X-A": "a" * 9_000}).status == 200
    assert_problem(send(door, "/", headers={"X-A": "a" * 9_000, "X-B": "b" * 2_000}), 431)


def test_what_is_no_http_is_told_as_a_problem(door: str) -> None:
    assert_problem(send(door, "/", headers={"Content-Length": "many"}), 400)


def assert_problem(answer: Answer, status: int) -> None:
    assert (answer.status, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


def test_who_waits_to_be_told_to_send_is_told(door: str) -> None:
    host, port = door.removeprefix("http://").split(":")
    connection = HTTPConnection(host, int(port), timeout=5)
    connection.putrequest("POST", "/")
    connection.putheader("Expect", "100-continue")
    connection.putheader("Content-Length", "4")
    connection.endheaders()
    assert connection.sock.recv(25).startswith(b"HTTP/1.1 100 Continue\r\n\r\n")
    connection.send(b"body")
    assert json.loads(connection.getresponse().read())["size"] == 4
    connection.close()


def test_a_redirect_is_not_followed(door: str) -> None:
    answer = send(door, "/away")
    assert (answer.status, answer["Location"], answer["Set-Cookie"]) == (302, "/else?where=%2F", "a=1")


def test_cookies_of_one_caller_are_not_sent_for_another(door: str) -> None:
    send(door, "/away")
    assert "Cookie" not in dict(send(door, "/").json()["headers"])


def test_an_answer_is_not_unpacked(door: str) -> None:
    answer = send(door, "/packed")
    assert (answer.body, answer["Content-Encoding"]) == (b"\x1f\x8b not really", "gzip")


def test_an_unmodified_answer_keeps_its_headers(door: str) -> None:
    answer = send(door, "/unmodified")
    assert (answer.status, answer["ETag"], answer["Content-Type"]) == (304, '"tag"', "image/webp")
    assert (answer.body, answer.all("Content-Length")) == (b"", [])


def test_head_names_the_length_that_the_function_gave(door: str) -> None:
    answer = send(door, "/size", "HEAD")
    assert (answer["Content-Length"], answer.body) == ("4242", b"")


def test_head_names_no_length_that_the_origin_did_not(door: str) -> None:
    answer = send(door, "/sizeless", "HEAD")
    assert (answer.status, answer.all("Content-Length"), answer.body) == (200, [], b"")


def test_an_answer_is_passed_on_as_it_comes(door: str) -> None:
    host, port = door.removeprefix("http://").split(":")
    connection = HTTPConnection(host, int(port), timeout=5)
    connection.request("GET", "/slowly")
    response = connection.getresponse()
    assert response.read(3) == b"one"
    FIRST_PART_ARRIVED.set()
    assert response.read() == b"two"
    connection.close()


def test_a_connection_is_kept(door: str) -> None:
    host, port = door.removeprefix("http://").split(":")
    connection = HTTPConnection(host, int(port), timeout=5)
    connection.connect()
    socket = connection.sock
    for _ in range(3):
        connection.request("GET", "/")
        connection.getresponse().read()
        assert connection.sock is socket
    connection.close()


def test_many_callers_at_once_are_served(door: str) -> None:
    with ThreadPoolExecutor(CALLERS) as callers:
        answers = list(callers.map(lambda number: send(door, f"/{number}"), range(CALLERS * 4)))
    assert [answer.json()["target"] for answer in answers] == [
        f"/stage/{number}" for number in range(CALLERS * 4)
    ]


def test_an_origin_that_hangs_up_is_a_bad_gateway(door: str) -> None:
    assert_problem(send(door, "/drops"), 502)


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_while_nobody_listens_nothing_is_taken(settings: Settings, method: str) -> None:
    elsewhere = replace(settings, front_door_port=free_port(), run_dir=settings.run_dir / f"absent-{method}")
    front_door.start(elsewhere, f"http://127.0.0.1:{free_port()}")
    answer = send(f"http://127.0.0.1:{elsewhere.front_door_port}", "/", method)
    front_door.stop(elsewhere)
    assert_problem(answer, 503)
    assert answer["Retry-After"] == "1"


def test_another_origin_replaces_the_first(settings: Settings, origin: str) -> None:
    elsewhere = replace(settings, front_door_port=free_port(), run_dir=settings.run_dir / "other")
    base = f"http://127.0.0.1:{elsewhere.front_door_port}"
    front_door.start(elsewhere, f"http://127.0.0.1:{free_port()}")
    assert send(base, "/").status == 503
    front_door.start(elsewhere, origin)
    assert send(base, "/").status == 200
    front_door.stop(elsewhere)
    assert not front_door.is_running(elsewhere)
