"""Signature Version 4 of a request whose headers are few and known, with its key kept for the day.

botocore's signer, which this one agrees with to the letter (the tests compare them), first makes e-mail messages of
the headers, sorts out parameters and derives the key anew: a sixth of the time of a picture that is stored.
"""

import hmac
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from botocore.credentials import ReadOnlyCredentials

_UNSIGNED = frozenset({"user-agent"})
"""What proxies may change."""


class Unsigned(NamedTuple):
    """A request without a query: its verb, host, encoded path, headers with names in lower case, and body."""

    method: str
    host: str
    path: str
    headers: "Mapping[str, str]"
    body: bytes


def signed_headers(
    credentials: "ReadOnlyCredentials", scope: tuple[str, str], request: Unsigned, now: "datetime"
) -> dict[str, str]:
    """Return the headers of a request with date, token and signature; the scope is region and service."""
    method, host, path, headers, body = request
    timestamp, payload = now.strftime("%Y%m%dT%H%M%SZ"), sha256(body).hexdigest()
    sent = {**headers, "x-amz-date": timestamp}
    if scope[1] == "s3":
        sent["x-amz-content-sha256"] = payload
    if credentials.token:
        sent["x-amz-security-token"] = credentials.token
    covered = sorted((sent.keys() - _UNSIGNED) | {"host"})
    lines = "".join(
        f"{name}:{' '.join((host if name == 'host' else sent[name]).split())}\n" for name in covered
    )
    names = ";".join(covered)
    canonical = f"{method}\n{path}\n\n{lines}\n{names}\n{payload}"
    place = f"{timestamp[:8]}/{scope[0]}/{scope[1]}/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{timestamp}\n{place}\n{sha256(canonical.encode()).hexdigest()}"
    signature = hmac.digest(_key(credentials.secret_key, place), text.encode(), "sha256").hex()
    signer = f"AWS4-HMAC-SHA256 Credential={credentials.access_key}/{place}"
    sent["authorization"] = f"{signer}, SignedHeaders={names}, Signature={signature}"
    return sent


@lru_cache(maxsize=8)
def _key(secret: str, place: str) -> bytes:
    """Derive the key of a day, region and service."""
    key = f"AWS4{secret}".encode()
    for part in place.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
