"""A Jellyfin server's HTTP API, as far as copying needs it: lists of items, and image files as they are stored."""

import mimetypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from threading import Event
from typing import Any

import requests

from infra.importer.service.answers import RefusedError, is_good
from infra.importer.service.connections import ApiKey, connect
from infra.importer.service.retries import RetryPolicy, UnreachableError

_PAGE = 300
_SECONDS = 60.0
_PIECE = 64 * 1024
_FIELDS = "ProviderIds,ParentId,Chapters"
_STORED = "image/webp,image/avif,image/jpeg,image/png,image/gif,image/bmp,image/tiff,image/*,*/*"
"""Whoever accepts every format gets the file that is stored."""


class GoneError(Exception):
    """Say that the server lists an image and does not have its file."""


@dataclass(frozen=True, slots=True)
class JellyfinClient:
    """Calls with an API key; raises RefusedError, UnreachableError and, for an image without file, GoneError."""

    url: str
    session: requests.Session
    retries: RetryPolicy

    @classmethod
    def at(cls, url: str, key: str, connections: int, stop: Event) -> "JellyfinClient":
        """Connect to a server by its address, which may have a path."""
        session = connect(connections)
        session.auth = ApiKey(key)
        return cls(url.rstrip("/"), session, RetryPolicy(stop, "Jellyfin"))

    def libraries(self) -> list[Mapping[str, Any]]:
        """Return the libraries."""
        return list(self._json("/Library/MediaFolders", {})["Items"])

    def users(self) -> list[Mapping[str, Any]]:
        """Return the users."""
        return list(self._json("/Users", {}))

    def items(self, path: str = "/Items", **query: str) -> Iterator[Mapping[str, Any]]:
        """Yield items with the tags of their images, page by page."""
        start, total = 0, 1
        while start < total:
            where = {"fields": _FIELDS, "enableImages": "true", "startIndex": str(start), "limit": str(_PAGE)}
            page = self._json(path, {**query, **where})
            yield from page["Items"]
            start, total = start + _PAGE, page["TotalRecordCount"]

    def download(self, path: str, tag: str, folder: Path, most: int) -> Path:
        """Store an image's file in a folder, under a name with its extension; one above `most` bytes is refused."""
        answer = self._ask(path, {"tag": tag}, {"Accept": _STORED})
        with answer:
            if answer.status_code == HTTPStatus.NOT_FOUND:
                raise GoneError
            self._check(answer)
            kind = answer.headers.get("Content-Type", "").partition(";")[0]
            file = folder / f"image{mimetypes.guess_extension(kind) or ''}"
            _store(answer, file, most)
        return file

    def _json(self, path: str, query: Mapping[str, str]) -> Any:  # noqa: ANN401  # any JSON value
        answer = self._ask(path, query, {"Accept": "application/json"})
        with answer:
            self._check(answer)
            try:
                return answer.json()
            except ValueError as error:
                raise RefusedError(f"{self.url} does not answer as Jellyfin does. Check --from.") from error

    def _ask(self, path: str, query: Mapping[str, str], headers: Mapping[str, str]) -> requests.Response:
        def send() -> requests.Response:
            return self.session.get(
                self.url + path,
                params=query,
                headers=headers,
                timeout=_SECONDS,
                allow_redirects=False,
                stream=True,
            )

        answer = self.retries.answer(send)
        if answer is None or answer.status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            raise UnreachableError(
                "Jellyfin does not accept the key. Make one in its dashboard, under API Keys."
            )
        return answer

    def _check(self, answer: requests.Response) -> None:
        if answer.is_redirect:
            raise RefusedError(f"Jellyfin redirects to {answer.headers.get('Location')}. Give that address.")
        if not is_good(answer):
            raise RefusedError(f"Jellyfin answered with status {answer.status_code}.")


def _store(answer: requests.Response, file: Path, most: int) -> None:
    size = 0
    with file.open("wb") as out:
        for piece in answer.iter_content(_PIECE):
            size += len(piece)
            if size > most:
                raise RefusedError(
                    f"The image has more than {most:,} bytes, which the service does not take."
                )
            out.write(piece)
