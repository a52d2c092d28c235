"""Where a request comes from."""

import pytest

from chalicelib.web.protocol.client_address import client_address
from chalicelib.web.protocol.request import Request


@pytest.mark.parametrize(
    ("forwarded", "trusted", "expected"),
    [
        ("", 0, "gateway"),
        ("forged, client, cdn", 0, "gateway"),
        ("client, cdn", 1, "client"),
        ("forged, client, cdn", 1, "client"),
        ("forged, client, cdn, proxy", 2, "client"),
        ("cdn", 1, "gateway"),
        ("", 1, "gateway"),
    ],
)
def test_only_trusted_proxies_are_believed(forwarded: str, trusted: int, expected: str) -> None:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    request = Request("GET", "/", headers=headers, source_address="gateway")
    assert client_address(request, trusted) == expected
