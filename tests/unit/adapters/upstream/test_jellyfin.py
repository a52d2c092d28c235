"""The server is asked at its own address alone, and whatever it answers is told in the service's words."""

from collections.abc import Iterator
from email.utils import format_datetime
from io import BufferedIOBase

import pytest

from chalicelib.adapters.upstream.jellyfin import HttpJellyfin
from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.upstream.places import Place
from chalicelib.errors import AbsentError, AnswerTooLargeError, UpstreamError
from chalicelib.services.upstream.ports import Call, Known, Original
from tests.support.fakes.accounts import NOON
from tests.support.loopback_site import Reply, Site, reply, serve

PLACE = Place(f"Items/{'a' * 32}", ImageType.PRIMARY, 0)
PATH = PLACE.path
THEN = format_datetime(NOON, usegmt=True)
JPEG = {"Content-Type": "image/jpeg", "Last-Modified": THEN}


@pytest.fixture
def site() -> Iterator[Site]:
    with serve(Site()) as running:
        yield running


@pytest.fixture
def other() -> Iterator[Site]:
    with serve(Site()) as running:
        yield running


def at(site: Site, path: str = "", most: int = 1_000) -> HttpJellyfin:
    return HttpJellyfin.at(site.url + path, max_bytes=most, max_reply=most)


def fetched(site: Site, answer: Reply, known: Known | None = None) -> Original | None:
    site.pages[PATH] = answer
    return at(site).fetch(PLACE, known or Known(), NO_DEADLINE)


def test_the_file_is_asked_for_as_it_is_stored(site: Site) -> None:
    assert fetched(site, reply(b"bytes", headers=JPEG)) == Original(b"bytes", "", THEN, "image/jpeg")
    (head,) = site.requests
    assert head.startswith(f"GET {PATH} HTTP/1.1")
    assert "image/webp" in head
    assert "image/jp2" in head
    assert "Accept-Encoding: identity" in head


def test_a_base_path_is_kept(site: Site) -> None:
    site.pages[f"/jellyfin{PATH}"] = reply(b"bytes", headers=JPEG)
    assert at(site, "/jellyfin/").fetch(PLACE, Known(), NO_DEADLINE)


@pytest.mark.parametrize(
    ("known", "sent"),
    [
        (Known('"tag"', THEN), 'If-None-Match: "tag"'),
        (Known("", THEN), f"If-Modified-Since: {THEN}"),
    ],
)
def test_what_is_known_is_not_sent_again(site: Site, known: Known, sent: str) -> None:
    assert fetched(site, reply(status=304, headers={"Last-Modified": THEN}), known) is None
    assert sent in site.requests[0]


def test_a_304_of_another_date_is_a_change(site: Site) -> None:
    known = Known("", format_datetime(NOON.replace(year=2027), usegmt=True))

    def page(stream: BufferedIOBase) -> None:
        is_first = len(site.requests) == 1
        answer = (
            reply(status=304, headers={"Last-Modified": THEN}) if is_first else reply(b"old", headers=JPEG)
        )
        stream.write(answer)

    assert fetched(site, page, known) == Original(b"old", "", THEN, "image/jpeg")
    assert "If-Modified-Since" not in site.requests[1]


@pytest.mark.parametrize("status", [400, 404, 410])
def test_no_image(site: Site, status: int) -> None:
    with pytest.raises(AbsentError):
        fetched(site, reply(status=status))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (reply(status=503), "answered with 503"),
        (reply(status=401), "answered with 401"),
        (reply(b"<html>", headers={"Content-Type": "text/html"}), "something other than a picture"),
        (reply(status=304), "answered with 304"),
        (reply(b"short", headers=JPEG, length=99), "less than it announced"),
        (b"nonsense\r\n\r\n", "did not answer in HTTP"),
    ],
)
def test_failures_are_the_servers(site: Site, answer: bytes, told: str) -> None:
    with pytest.raises(UpstreamError, match=told) as failed:
        fetched(site, answer)
    assert failed.value.seconds > 0
    assert str(site.port) not in str(failed.value)


def test_a_large_picture_is_none_that_can_be_shown(site: Site) -> None:
    with pytest.raises(AbsentError, match="1,001 bytes; the limit is 1,000"):
        fetched(site, reply(b"x" * 1_001, headers=JPEG))


def test_silence_ends_with_the_time(site: Site) -> None:
    def begin(stream: BufferedIOBase) -> None:
        stream.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")

    site.pages[PATH] = begin
    with pytest.raises(UpstreamError):
        at(site).fetch(PLACE, Known(), Deadline.after(0.3))


def test_a_name_that_does_not_exist_is_a_failure_and_no_404() -> None:
    jellyfin = HttpJellyfin.at("http://nowhere.invalid:8096", max_bytes=9, max_reply=9)
    with pytest.raises(UpstreamError, match=r"name of the Jellyfin server|cannot be reached"):
        jellyfin.fetch(PLACE, Known(), Deadline.after(5))


def test_a_server_that_nobody_runs_is_a_failure() -> None:
    jellyfin = HttpJellyfin.at("http://127.0.0.1:9", max_bytes=9, max_reply=9)
    with pytest.raises(UpstreamError, match="The Jellyfin server cannot be reached"):
        jellyfin.fetch(PLACE, Known(), Deadline.after(5))


def test_a_redirect_within_the_server_is_followed(site: Site) -> None:
    site.pages["/new"] = reply(b"bytes", headers=JPEG)
    assert fetched(site, reply(status=302, headers={"Location": "/new"}))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "169.254.169.254"])  # noqa: S104  # a target
def test_a_redirect_elsewhere_goes_nowhere(site: Site, other: Site, host: str) -> None:
    with pytest.raises(UpstreamError, match="redirects"):
        fetched(site, reply(status=302, headers={"Location": f"http://{host}:{other.port}{PATH}"}))
    assert other.connections == 0


@pytest.mark.parametrize("scheme", ["https", "ftp", "file"])
def test_a_redirect_to_another_scheme_goes_nowhere(site: Site, scheme: str) -> None:
    with pytest.raises(UpstreamError, match="redirects"):
        fetched(site, reply(status=301, headers={"Location": f"{scheme}://127.0.0.1:{site.port}{PATH}"}))
    assert site.connections == 1


def test_an_endless_redirect_ends(site: Site) -> None:
    with pytest.raises(UpstreamError, match="without end"):
        fetched(site, reply(status=302, headers={"Location": PATH}))
    assert site.connections == 6


def test_a_redirect_of_what_is_passed_on_goes_back_to_the_caller(site: Site, other: Site) -> None:
    site.pages["/Items"] = reply(status=302, headers={"Location": other.url})
    answer = at(site).pass_on(Call("POST", "/Items", {"x-emby-token": "secret"}, b"body"), NO_DEADLINE)
    assert (answer.status, answer.headers["location"], other.connections) == (302, other.url, 0)
    assert "x-emby-token: secret" in site.requests[0]


def test_an_answer_that_is_too_large_to_pass_back_is_told(site: Site) -> None:
    site.pages["/Items"] = reply(b"x" * 1_001)
    with pytest.raises(AnswerTooLargeError, match="1,000 bytes"):
        at(site).pass_on(Call("GET", "/Items"), NO_DEADLINE)


@pytest.mark.parametrize(
    "name", ["../../System", "@evil.example", "a\r\nX: y", "//evil.example/x", "?x#y", "\x00"]
)
def test_a_name_stays_one_segment_of_the_path(site: Site, name: str) -> None:
    place = Place(f"Persons/{name}", ImageType.PRIMARY, 0)
    with pytest.raises((AbsentError, UpstreamError)):
        at(site).fetch(place, Known(), NO_DEADLINE)
    line = site.requests[0].partition("\n")[0]
    assert line.startswith("GET /Persons/")
    assert line.count("/") == 6  # five of the path, one of HTTP/1.1
    assert "X:" not in site.requests[0].replace("X%3A", "")
