"""A client of the service, one for all threads."""

import mimetypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any
from urllib.parse import quote

import requests

from chalicelib.domain.images.images import ImageType
from infra.importer.service.answers import LateError, RefusedError, is_good, reason_of
from infra.importer.service.connections import ApiKey, connect
from infra.importer.service.form import FileForm
from infra.importer.service.retries import RetryPolicy, UnreachableError

MAX_BODY_BYTES = 4_400_000
"""Of a picture in a request body: Lambda takes 6 MB, base64 included; a larger one needs an upload ticket."""

_PAGE = 500
_FIELDS = "ProviderIds,ParentId"
_OF_THE_BODY = frozenset(
    {HTTPStatus.BAD_REQUEST, HTTPStatus.CONTENT_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE}
)
_SECONDS = 60.0
_SECONDS_FOR_A_TICKET = 300.0


@dataclass(frozen=True, slots=True)
class RemoteImage:
    """An image that an item has; types that hold one have no index."""

    image_type: ImageType
    index: int | None
    tag: str


class ServiceClient:
    """Calls with an administrator's key; raises RefusedError and UnreachableError."""

    def __init__(
        self, url: str, api: requests.Session, files: requests.Session, retries: RetryPolicy
    ) -> None:
        self._url = url.rstrip("/")
        self._api = api
        self._files = files
        self._retries = retries

    @classmethod
    def at(cls, url: str, key: str, connections: int, stop: Event) -> "ServiceClient":
        """Connect to a service by its address."""
        api = connect(connections)
        api.auth = ApiKey(key)
        return cls(url, api, connect(connections), RetryPolicy(stop))

    def items(self, types: str, *, with_chapters: bool = False) -> Iterator[Mapping[str, Any]]:
        """Yield all items of some types with the tags of their images, page by page."""
        fields = f"{_FIELDS},Chapters" if with_chapters else _FIELDS
        return self._pages("/Items", {"recursive": "true", "includeItemTypes": types, "fields": fields})

    def named_items(self, kind: str) -> Iterator[Mapping[str, Any]]:
        """Yield all named items of a kind: artists or persons."""
        return self._pages(f"/{kind}", {"fields": _FIELDS})

    def _pages(self, path: str, query: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        start, total = 0, 1
        while start < total:
            page = self._get(path, {**query, "startIndex": start, "limit": _PAGE})
            yield from page["Items"]
            start, total = start + _PAGE, page["TotalRecordCount"]

    def has_item(self, item_id: str) -> bool:
        """Tell whether an item of that id exists."""
        return self._ask("GET", f"/Items/{item_id}").status_code == HTTPStatus.OK

    def named_item(self, kind: str, name: str) -> str | None:
        """Return the id of a named item: an artist or a person."""
        answer = self._ask("GET", f"/{kind}/{quote(name, safe='')}")
        return str(answer.json()["Id"]) if answer.status_code == HTTPStatus.OK else None

    def create(self, body: Mapping[str, Any]) -> bool:
        """Create an item under an id that it brings along; False when the service refuses id or name as taken."""
        answer = self._retries.answer(
            lambda: self._send("POST", "/Items", json=body), lambda: self.has_item(str(body["Id"]))
        )
        if answer is None or is_good(answer):
            return True
        if answer.status_code == HTTPStatus.BAD_REQUEST and "Name" in answer.json().get("errors", {}):
            return False
        raise RefusedError(reason_of(answer))

    def images(self, item_id: str) -> list[RemoteImage]:
        """List what images an item has."""
        listed = self._get(f"/Items/{item_id}/Images")
        return [
            RemoteImage(ImageType(image["ImageType"]), image.get("ImageIndex"), image["ImageTag"])
            for image in listed
        ]

    def upload(self, item_id: str, image_type: ImageType, index: int | None, path: Path, tag: str) -> None:
        """Make a file an image of an item, by its own or by way of a ticket."""
        if path.stat().st_size > MAX_BODY_BYTES:
            self._upload_by_ticket(item_id, image_type, index, path)
            return
        url = _image_url(item_id, image_type) + ("" if index is None else f"/{index}")
        headers = {"Content-Type": _media_type(path)}
        data = path.read_bytes()
        answer = self._retries.answer(
            lambda: self._send("POST", url, data=data, headers=headers),
            lambda: self.has_image(item_id, image_type, tag),
        )
        if answer is not None and not is_good(answer):
            raise RefusedError(reason_of(answer), is_of_file=answer.status_code in _OF_THE_BODY)

    def has_image(self, item_id: str, image_type: ImageType, tag: str) -> bool:
        """Tell whether an item has an image of that type with those bytes."""
        return any((image.image_type, image.tag) == (image_type, tag) for image in self.images(item_id))

    def _upload_by_ticket(self, item_id: str, image_type: ImageType, index: int | None, path: Path) -> None:
        size, kind = path.stat().st_size, _media_type(path)
        query = {"size": str(size), "contentType": kind} | (
            {} if index is None else {"imageIndex": str(index)}
        )
        ticket = self._checked("POST", _image_url(item_id, image_type) + "/Upload", query)
        self._send_file(ticket, path)
        self._wait(ticket["StatusUrl"])

    def _send_file(self, ticket: Mapping[str, Any], path: Path) -> None:
        """Post a file to the store; it is read bit by bit."""

        def post() -> requests.Response:
            form = FileForm(ticket["Fields"], path)
            headers = {"Content-Type": form.content_type}
            return self._files.post(
                ticket["Url"], form, headers=headers, timeout=_SECONDS * 5, allow_redirects=False
            )

        answer = self._retries.answer(post)
        if answer is not None and not is_good(answer):
            raise RefusedError(f"The store refused the file with status {answer.status_code}.")

    def _wait(self, status_url: str) -> None:
        """Wait for the event that makes a sent file an image."""
        end, pause = monotonic() + _SECONDS_FOR_A_TICKET, 0.3
        while monotonic() < end:
            ticket = self._get(status_url)
            if ticket["State"] == "Done":
                return
            if ticket["State"] != "Waiting":
                raise RefusedError(
                    ticket.get("Reason") or f"The upload ticket is {ticket['State']}.",
                    is_of_file=ticket["State"] == "Refused",
                )
            self._retries.pause(pause)
            pause = min(pause * 1.5, 3.0)
        raise LateError("The file was sent but is not processed yet. Run the command again later.")

    def _get(self, url: str, query: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401  # any JSON value
        return self._checked("GET", url, query)

    def _checked(self, method: str, url: str, query: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401  # any JSON value
        answer = self._ask(method, url, query)
        if not is_good(answer):
            raise RefusedError(reason_of(answer))
        return answer.json()

    def _ask(self, method: str, url: str, query: Mapping[str, Any] | None = None) -> requests.Response:
        answer = self._retries.answer(lambda: self._send(method, url, params=query))
        if answer is None or answer.status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            raise UnreachableError("The service does not accept the key as an administrator's.")
        return answer

    def _send(self, method: str, path: str, **options: Any) -> requests.Response:  # noqa: ANN401  # of requests
        return self._api.request(method, self._url + path, timeout=_SECONDS, allow_redirects=False, **options)


def _image_url(item_id: str, image_type: ImageType) -> str:
    return f"/Items/{item_id}/Images/{image_type}"


def _media_type(path: Path) -> str:
    guessed = mimetypes.guess_type(path.name)[0] or ""
    return guessed if guessed.startswith("image/") else "application/octet-stream"
