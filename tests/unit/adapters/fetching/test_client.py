"""What the client sends, to whom, and what it makes of the answer."""

from collections.abc import Iterator

import pytest

from chalicelib.adapters.fetching.client import FetchRequest, SafeClient
from chalicelib.domain.deadline import Deadline
from chalicelib.domain.remote.egress import AllowList
from chalicelib.errors import UpstreamError
from tests.support.loopback_site import Site, reply, serve

CLIENT = SafeClient("tests/1.0 (tests@example.org)", AllowList.parse("127.0.0.0/8"))
KEY = {"Authorization": "Bearer secret"}


@pytest.fixture
def site() -> Iterator[Site]:
    with serve(Site()) as site:
        yield site


@pytest.fixture
def other() -> Iterator[Site]:
    with serve(Site({"/": reply(b"there")})) as site:
        yield site


def soon() -> Deadline:
    return Deadline.after(30.0)


def test_an_answer_has_its_headers_by_lower_case_name(site: Site) -> None:
    site.pages["/"] = reply(b"picture", headers={"Content-Type": "image/png"})
    answer = CLIENT.get(FetchRequest(site.url, 100), soon())
    assert (answer.status, answer.headers["content-type"], answer.body) == (200, "image/png", b"picture")


@pytest.mark.parametrize("status", [204, 206, 304, 400, 403, 404, 418, 429, 500, 503])
def test_only_a_success_has_its_body_read(site: Site, status: int) -> None:
    site.pages["/"] = reply(b"x" * 50, status, {"Retry-After": "7"})
    answer = CLIENT.get(FetchRequest(site.url, 10), soon())
    assert (answer.status, answer.body, answer.headers["retry-after"]) == (status, b"", "7")


def test_a_redirect_without_a_location_is_an_answer(site: Site) -> None:
    site.pages["/"] = reply(status=302)
    assert CLIENT.get(FetchRequest(site.url, 10), soon()).status == 302


def test_credentials_stay_with_their_origin(site: Site, other: Site) -> None:
    site.pages |= {"/": reply(status=302, headers={"Location": "/2"})}
    site.pages["/2"] = reply(status=307, headers={"Location": other.url})
    request = FetchRequest(site.url, 100, {"Accept": "image/*"}, KEY)
    assert CLIENT.get(request, soon()).body == b"there"
    assert all("Authorization: Bearer secret" in head for head in site.requests)
    assert "Authorization" not in other.requests[0]
    assert "Accept: image/*" in other.requests[0]


def test_no_cookie_and_no_credential_is_sent_unasked(site: Site) -> None:
    site.pages["/"] = reply(b"", headers={"Set-Cookie": "session=1"})
    for _ in range(2):
        CLIENT.get(FetchRequest(site.url, 100), soon())
    names = {line.partition(":")[0] for line in site.requests[1].splitlines()[1:]}
    assert names == {"Host", "User-Agent", "Accept-Encoding", "Connection"}


def test_a_site_that_hangs_up_has_failed(site: Site) -> None:
    site.pages["/"] = b""
    with pytest.raises(UpstreamError):
        CLIENT.get(FetchRequest(site.url, 100), soon())
