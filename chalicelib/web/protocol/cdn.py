"""Whether a request came through the CDN, which alone knows a secret.

A request that goes round the CDN would have neither its cache nor its word on the client's address.
"""

from collections.abc import Mapping, Sequence
from hmac import compare_digest
from typing import Any

HEADER = "x-origin-secret"


def came_through_cdn(event: Mapping[str, Any], secrets: Sequence[str]) -> bool:
    """Tell whether an event carries one of the secrets, compared in constant time; always where there are none."""
    if not secrets:
        return True
    headers = event.get("headers") or {}
    sent = next((value for name, value in headers.items() if name.lower() == HEADER), "").encode()
    matches = [compare_digest(sent, secret.encode()) for secret in secrets]
    return any(matches)
