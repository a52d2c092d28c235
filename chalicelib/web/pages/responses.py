"""Answers that are static files: the page, a brought web client, a document."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from chalice.app import Response

from chalicelib.errors import NotFoundError
from chalicelib.services.ports import BlobStore
from chalicelib.settings import Settings
from chalicelib.web.pages.compression import accepted_encodings
from chalicelib.web.pages.files import StaticFile, find_file, packed_file
from chalicelib.web.pages.media_types import is_compressible
from chalicelib.web.pages.policy import page_headers
from chalicelib.web.protocol.conditional import Precondition, Validators, check_preconditions
from chalicelib.web.protocol.request import Request
from chalicelib.web.protocol.responses import Headers

INDEX = "index.html"
CLIENT = "web/"
"""The keys of a brought web client in the bucket of variants; what is compressible ends in `.gz` there."""

_FOR_EVER = "public, max-age=31536000, immutable"
_ASKED_EACH_TIME = "no-cache"
_HASHED = re.compile(r"(?:^|[/.-])[0-9a-f]{16,64}(?=[/.]|$)")
_HASH_ALONE = re.compile(r"[0-9a-f]{16,64}")
_GUARDED: Headers = {"X-Content-Type-Options": "nosniff"}
_FILE_NAME = re.compile(r"[\w .,;~@+=()!'$&/-]{1,512}", re.ASCII)
"""What a built web client calls its files; S3 and file systems refuse some of what else a path may hold."""


def is_file_name(name: str) -> bool:
    """Tell whether a file of this name can be served."""
    return bool(_FILE_NAME.fullmatch(name))


class PageSources(Protocol):
    """Where static files come from."""

    @property
    def settings(self) -> Settings:
        """Return the settings."""
        ...

    @property
    def page_folder(self) -> Path:
        """Return the folder of the page's files."""
        ...

    @property
    def originals_store(self) -> BlobStore:
        """Return where uploads by ticket go."""
        ...

    @property
    def variants_store(self) -> BlobStore:
        """Return where a brought web client lies."""
        ...


def respond_with_page(sources: PageSources, request: Request, name: str) -> Response:
    """Answer a file of the page; raises NotFoundError where there is none, or the page is left out."""
    found = _page_file(sources, request, name or INDEX)
    if found is None:
        raise NotFoundError(f"The page has no file {name[:100]}.")
    headers = page_headers(sources.settings, sources.originals_store) if not name or name == INDEX else {}
    return respond_with_file(request, found, name, headers)


def respond_with_client(sources: PageSources, request: Request, name: str) -> Response:
    """Answer a file of the web client that the operator brought; without one the page."""
    if name and (own := _page_file(sources, request, name)) and name != INDEX:
        return respond_with_file(request, own, name)
    wanted = name or INDEX
    is_served = sources.settings.web and is_file_name(wanted)
    if is_served and (brought := _client_file(sources.variants_store, request, wanted)):
        return respond_with_file(request, brought, name)
    return respond_with_page(sources, request, name)


def respond_with_file(
    request: Request, found: StaticFile, name: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Answer a file with its validators; a name that holds a hash never means other bytes."""
    validators = Validators((found.etag,), None)
    known: Headers = {
        **validators.headers,
        "Cache-Control": _FOR_EVER if _is_hashed(request, name) else _ASKED_EACH_TIME,
        "Vary": "Accept-Encoding",
    }
    if check_preconditions(validators, request.headers) is Precondition.NOT_MODIFIED:
        return Response(b"", known, 304)
    described = {"Content-Type": found.content_type} | _encoding(found)
    body = b"" if request.method == "HEAD" else found.data
    return Response(body, {**known, **described, **_GUARDED, **(headers or {})}, 200)


def respond_with_document(request: Request, folder: Path, name: str) -> Response:
    """Answer a document that lies beside the code."""
    found = find_file(folder, name, _encodings(request))
    if found is None:
        raise NotFoundError(f"There is no {name}.")
    return respond_with_file(request, found, name)


def redirect(request: Request, target: str) -> Response:
    """Lead to a path below the one that was asked for, be there a stage before it or not."""
    last = "" if request.path.endswith("/") else urlsplit(request.path).path.rpartition("/")[2] + "/"
    return Response(b"", {"Location": f"./{last}{target}", "Cache-Control": _ASKED_EACH_TIME}, 302)


def _page_file(sources: PageSources, request: Request, name: str) -> StaticFile | None:
    if not sources.settings.web or not is_file_name(name):
        return None
    return find_file(sources.page_folder, name, _encodings(request))


def _client_file(store: BlobStore, request: Request, name: str) -> StaticFile | None:
    """Read a file of the brought client; what is compressible is kept as gzip alone."""
    packed = is_compressible(name)
    blob = store.open(f"{CLIENT}{name}{'.gz' if packed else ''}")
    if blob is None:
        return None
    if packed:
        return packed_file(name, blob.read(), _encodings(request))
    return StaticFile(blob.read(), blob.content_type)


def _encodings(request: Request) -> tuple[str, ...]:
    """Return what the client takes; nothing by a path of another spelling, which a CDN does not key by encoding."""
    if not re.match(r"/(web|page|openapi\.json)(/|$)", request.path):
        return ()
    return accepted_encodings(request.headers.get("accept-encoding", ""))


def _encoding(found: StaticFile) -> dict[str, str]:
    return {"Content-Encoding": found.encoding} if found.encoding else {}


def _is_hashed(request: Request, name: str) -> bool:
    """Tell whether name or query say which bytes are meant; bundlers put a hash into either."""
    return bool(_HASHED.search(name)) or any(map(_HASH_ALONE.fullmatch, request.query))
