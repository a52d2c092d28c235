"""What a status of the other site means for a download."""

import pytest

from chalicelib.adapters.fetching.client import SafeClient
from chalicelib.adapters.fetching.images import HttpImageFetcher
from chalicelib.domain.deadline import Deadline
from chalicelib.domain.remote.egress import AllowList
from chalicelib.errors import LimitExceededError, NotFoundError, ServiceError, UpstreamError
from tests.support.loopback_site import Site, reply, serve

FETCHER = HttpImageFetcher(SafeClient("tests", AllowList.parse("127.0.0.0/8")), 100)


def fetch(page: bytes) -> bytes:
    with serve(Site({"/": page})) as site:
        return FETCHER.fetch(site.url, Deadline.after(30.0))


def test_the_bytes_come_back_whatever_type_they_are_given() -> None:
    assert fetch(reply(b"<html>", headers={"Content-Type": "image/png"})) == b"<html>"


@pytest.mark.parametrize("status", [201, 204, 206, 300, 304, 400, 401, 403, 404, 410, 451])
def test_a_picture_that_is_not_given_is_not_found(status: int) -> None:
    with pytest.raises(NotFoundError, match=str(status)):
        fetch(reply(status=status))


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 599])
def test_a_site_in_trouble_is_the_upstream_at_fault(status: int) -> None:
    with pytest.raises(UpstreamError, match=str(status)):
        fetch(reply(status=status))


def test_a_picture_above_the_cap_is_refused() -> None:
    with pytest.raises(LimitExceededError):
        fetch(reply(bytes(101)))


def test_a_picture_is_asked_for_uncompressed() -> None:
    with serve(Site({"/": reply(b"picture")})) as site:
        FETCHER.fetch(site.url, Deadline.after(30.0))
    assert {"Accept: image/*", "Accept-Encoding: identity"} <= set(site.requests[0].splitlines())


def test_every_failure_is_the_services_own() -> None:
    for page in (b"", b"nonsense", reply(b"x", length=9), reply(status=700)):
        with pytest.raises(ServiceError):
            fetch(page)
