"""Media types of static files by their ending, the same on every system."""

from pathlib import PurePosixPath

_TEXT = {
    "css": "text/css",
    "html": "text/html",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "txt": "text/plain",
    "xml": "text/xml",
}
_COMPRESSIBLE = {
    "ico": "image/x-icon",
    "json": "application/json",
    "map": "application/json",
    "svg": "image/svg+xml",
    "ttf": "font/ttf",
    "wasm": "application/wasm",
    "webmanifest": "application/manifest+json",
}
_OTHERS = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "mp3": "audio/mpeg",
    "otf": "font/otf",
    "png": "image/png",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
}
_TYPES = {ending: f"{kind}; charset=utf-8" for ending, kind in _TEXT.items()} | _COMPRESSIBLE | _OTHERS


def media_type(name: str) -> str:
    """Return the Content-Type of a file; of one whose ending is unknown a browser shall make nothing."""
    return _TYPES.get(_ending(name), "application/octet-stream")


def is_compressible(name: str) -> bool:
    """Tell whether a file of this name is kept compressed."""
    return _ending(name) in _TEXT or _ending(name) in _COMPRESSIBLE


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix[1:].lower()
