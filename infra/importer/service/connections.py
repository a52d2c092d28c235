"""Sessions for many threads, and the key in each request."""

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase


class ApiKey(AuthBase):
    """Authorize each request; as a header of the session it would give way to an entry of ~/.netrc."""

    def __init__(self, key: str) -> None:
        self._header = f'MediaBrowser Token="{key}"'

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Add the header."""
        request.headers["Authorization"] = self._header
        return request


def connect(connections: int) -> requests.Session:
    """Return a session for so many threads: nothing of it changes after this, and each gets a connection."""
    session = requests.Session()
    adapter = HTTPAdapter(pool_maxsize=connections, pool_block=True)
    for scheme in ("http://", "https://"):
        session.mount(scheme, adapter)
    return session
