"""What is done with each file: an upload and three variants."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import requests

from infra.local.service import Service

_SECONDS = 60
_VARIANTS = {
    "card": ("?fillWidth=300&fillHeight=450&quality=96", "image/webp,*/*"),
    "jpg": ("?format=Jpg&maxWidth=120&backgroundColor=%23336699&percentPlayed=40", "*/*"),
    "whole": ("?format=Png&quality=80&unplayedCount=3", "*/*"),
}


@dataclass(frozen=True, slots=True)
class Visit:
    """One call for one file: its status (0 when the connection broke), milliseconds, and why it was refused."""

    file: Path
    call: str
    status: int
    milliseconds: float
    reason: str = ""


class Visitor:
    """A client with an item of its own, whose primary image each file becomes."""

    def __init__(self, service: Service) -> None:
        self._session = requests.Session()
        self._session.headers["X-Emby-Token"] = service.admin_api_key
        item = {"Name": f"Corpus {uuid.uuid4().hex}", "Type": "Movie"}
        made = self._session.post(f"{service.base_url}/Items", json=item, timeout=_SECONDS)
        made.raise_for_status()
        self._item_url = f"{service.base_url}/Items/{made.json()['Id']}"
        self._url = f"{self._item_url}/Images/Primary"

    def send(self, file: Path) -> Iterator[Visit]:
        """Upload a file, and ask for the variants if it was taken."""
        upload = self._call(file, "upload", "POST", self._url, data=file.read_bytes())
        yield upload
        if upload.status != requests.codes.no_content:
            return
        for name, (query, accept) in _VARIANTS.items():
            yield self._call(file, name, "GET", self._url + query, headers={"Accept": accept})

    def leave(self) -> None:
        """Remove the item."""
        self._session.delete(self._item_url, timeout=_SECONDS)

    def _call(self, file: Path, name: str, verb: str, url: str, **more: object) -> Visit:
        headers = {"Content-Type": "image/*"} if verb == "POST" else {}
        begun = perf_counter()
        try:
            given = {"headers": headers, "timeout": _SECONDS, "allow_redirects": False} | more
            answer = self._session.request(verb, url, **given)  # type: ignore[arg-type]
        except requests.RequestException as error:
            return Visit(file, name, 0, (perf_counter() - begun) * 1000, str(error))
        return Visit(file, name, answer.status_code, (perf_counter() - begun) * 1000, _reason(answer))


def _reason(answer: requests.Response) -> str:
    """Return what a ProblemDetails says, else the text."""
    if answer.status_code < requests.codes.bad_request:
        return ""
    try:
        return str(answer.json()["detail"])
    except (ValueError, KeyError):
        return answer.text[:200] or answer.reason
