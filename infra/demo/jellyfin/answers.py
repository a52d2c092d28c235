"""What the stand-in answers to each request: lists, images, and the refusals that Jellyfin documents."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from io import BytesIO
from re import search
from typing import Any
from urllib.parse import unquote

from infra.demo.jellyfin.shelf import NAMED, SERVER_ID, SEVERAL, USER, Shelf, ShelfImage, ShelfItem

VERSION = "12.0.0"
_LONGEST_PAGE = 10_000
_PARTS_OF_AN_IMAGE = (4, 5)
_PARTS_OF_A_MOVE = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: names of headers and of the query's parameters are in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def token(self) -> str:
        """Return the key, wherever Jellyfin looks for it."""
        header = self.headers.get("authorization", "") or self.headers.get("x-emby-authorization", "")
        if match := search(r'Token="?([^",]+)', header):
            return unquote(match[1])
        tokens = (self.headers.get(name) for name in ("x-emby-token", "x-mediabrowser-token"))
        return next(filter(None, tokens), "") or self.query.get("apikey", "") or self.query.get("api_key", "")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer."""

    status: int = HTTPStatus.OK
    body: bytes = b""
    content_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers out of a shelf; a key opens what is not for everybody."""

    shelf: Shelf
    key: str

    def reply(self, asked: Asked) -> Reply:
        """Answer one request; letter case of paths does not count, `/emby` in front is for old clients."""
        parts = [unquote(part) for part in asked.path.split("/") if part]
        if parts and parts[0].lower() in {"emby", "mediabrowser"}:
            parts = parts[1:]
        if [part.lower() for part in parts] == ["system", "info", "public"]:
            return _json({"Id": SERVER_ID, "ServerName": "Stand-in", "Version": VERSION})
        if [part.lower() for part in parts] == ["userimage"]:
            parts = ["Users", asked.query.get("userid", ""), "Images", "Primary"]
        if len(parts) in _PARTS_OF_AN_IMAGE and parts[2].lower() == "images":
            return self._image(asked, self._owner(parts[0], parts[1]), parts[3], parts[4:])
        if asked.token != self.key:
            return Reply(HTTPStatus.UNAUTHORIZED)
        if len(parts) == _PARTS_OF_A_MOVE and parts[5].lower() == "index":
            return self._move(self._owner(parts[0], parts[1]), parts[3], parts[4], asked.query["newindex"])
        return self._for_members(asked, parts)

    def _owner(self, kind: str, name: str) -> ShelfItem | None:
        if known := _named(kind):
            return self.shelf.named(NAMED[known], name)
        found = self.shelf.find(name) if kind.lower() in {"items", "users"} else None
        is_user = kind.lower() == "users"
        return found if found and (found.facts["Type"] == USER) == is_user else None

    def _for_members(self, asked: Asked, parts: list[str]) -> Reply:
        match [part.lower() for part in parts]:
            case ["library", "mediafolders"]:
                return _page(self.shelf.listed(frozenset({"CollectionFolder"}), "", recursive=True), asked)
            case ["items"]:
                return self._list(asked)
            case ["users"]:
                return _json([user.dto() for user in self.shelf.users()])
            case ["items", item_id, *images] if item := self.shelf.find(item_id):
                return _json(item.image_infos() if images == ["images"] else item.dto())
            case [kind] if _named(kind):
                types = frozenset({NAMED[_named(kind)]})
                return _page(self.shelf.listed(types, "", recursive=True), asked)
        return Reply(HTTPStatus.NOT_FOUND)

    def _list(self, asked: Asked) -> Reply:
        types = frozenset(filter(None, asked.query.get("includeitemtypes", "").split(",")))
        parent = asked.query.get("parentid", "").replace("-", "").lower()
        if parent and self.shelf.find(parent) is None:
            return Reply(HTTPStatus.NOT_FOUND)
        recursive = asked.query.get("recursive", "").lower() == "true"
        found = self.shelf.listed(types, parent, recursive=recursive)
        if not types:
            found = [item for item in found if item.facts["Type"] not in {USER, *NAMED.values()}]
        return _page(found, asked)

    def _image(self, asked: Asked, item: ShelfItem | None, image_type: str, index: list[str]) -> Reply:
        """Answer an image to anybody, change it for the key; without size and format it is the stored file."""
        if asked.method in {"POST", "DELETE"}:
            return self._change(asked, item, image_type, int("".join(index) or 0))
        text = index[0] if index else asked.query.get("imageindex", "0")
        if not text.isdecimal():
            return Reply(HTTPStatus.BAD_REQUEST)
        image = item.image(image_type, int(text)) if item else None
        if image is None:
            return Reply(HTTPStatus.NOT_FOUND)
        headers = _validators(image, asked)
        if _is_current(image, asked, headers):
            return Reply(HTTPStatus.NOT_MODIFIED, headers=headers)
        body, kind = _rendered(image, asked)
        return Reply(HTTPStatus.OK, body, kind, headers)

    def _move(self, item: ShelfItem | None, image_type: str, first: str, second: str) -> Reply:
        if item is None or None in {item.image(image_type, int(place)) for place in (first, second)}:
            return Reply(HTTPStatus.NOT_FOUND)
        self.shelf.swap(item, image_type, int(first), int(second))
        return Reply(HTTPStatus.NO_CONTENT)

    def _change(self, asked: Asked, item: ShelfItem | None, image_type: str, index: int) -> Reply:
        if asked.token != self.key:
            return Reply(HTTPStatus.UNAUTHORIZED)
        if item is None:
            return Reply(HTTPStatus.NOT_FOUND)
        if asked.method == "DELETE":
            if item.image(image_type, index):
                self.shelf.remove(item, image_type, index)
            return Reply(HTTPStatus.NO_CONTENT)
        place = index if image_type not in SEVERAL else len(item.images.get(image_type, []))
        self.shelf.put(item, image_type, _decoded(asked.body), asked.headers.get("content-type", ""), place)
        return Reply(HTTPStatus.NO_CONTENT)


def _named(kind: str) -> str:
    """Return a path of named items as Jellyfin writes it, nothing when it is none."""
    return next((name for name in NAMED if name.lower() == kind.lower()), "")


def _json(value: Any) -> Reply:  # noqa: ANN401  # any JSON value
    return Reply(HTTPStatus.OK, json.dumps(value).encode(), "application/json; charset=utf-8")


def _page(items: list[ShelfItem], asked: Asked) -> Reply:
    start, limit = int(asked.query.get("startindex") or 0), int(asked.query.get("limit") or _LONGEST_PAGE)
    with_chapters = "chapters" in asked.query.get("fields", "").lower().split(",")
    shown = [item.dto(with_chapters=with_chapters) for item in items[start : start + limit]]
    return _json({"Items": shown, "TotalRecordCount": len(items), "StartIndex": start})


def _validators(image: ShelfImage, asked: Asked) -> dict[str, str]:
    """Return what Jellyfin 12 says of an image: the query's tag is the entity tag, and then it never changes."""
    tag = asked.query.get("tag")
    caching = (
        {"Cache-Control": "public, max-age=31536000, immutable", "ETag": f'"{tag}"'}
        if tag
        else {"Cache-Control": "public"}
    )
    return {**caching, "Last-Modified": format_datetime(image.changed, usegmt=True), "Vary": "Accept"}


def _is_current(image: ShelfImage, asked: Asked, headers: Mapping[str, str]) -> bool:
    if wanted := asked.headers.get("if-none-match"):
        return wanted == headers.get("ETag")
    try:
        since = parsedate_to_datetime(asked.headers["if-modified-since"])
    except (KeyError, ValueError):
        return False
    return image.changed <= since


def _rendered(image: ShelfImage, asked: Asked) -> tuple[bytes, str]:
    """Return the stored file, or a smaller one when a size is asked for, as WebP when the caller takes it."""
    sizes = [asked.query.get(name, "") for name in ("maxwidth", "width", "fillwidth")]
    width = next((int(size) for size in sizes if size.isdecimal() and int(size)), 0)
    accepts = asked.headers.get("accept", "*/*")
    kinds = [kind.split(";")[0].strip() for kind in accepts.split(",")]
    takes_stored = not {image.mime, "image/*", "*/*"}.isdisjoint(kinds)
    if not width and takes_stored and not asked.query.get("format"):
        return image.data, image.mime
    from PIL import Image  # noqa: PLC0415  # only sizes and formats need it

    out = BytesIO()
    with Image.open(BytesIO(image.data)) as picture:
        if width:
            picture.thumbnail((width, 16_000))
        kind = "WEBP" if "image/webp" in kinds or asked.query.get("format", "").lower() == "webp" else "JPEG"
        picture.convert("RGB").save(out, kind)
    return out.getvalue(), f"image/{kind.lower()}"


def _decoded(body: bytes) -> bytes:
    """Return an uploaded picture, which Jellyfin takes as base64."""
    import base64  # noqa: PLC0415  # only uploads need it

    return base64.b64decode(body)
