"""What a browser lets the page do: the Content-Security-Policy and its like."""

from collections.abc import Iterator
from dataclasses import fields
from urllib.parse import urlsplit

from chalicelib.services.ports import BlobStore
from chalicelib.settings import RemoteSettings, Settings


def page_headers(settings: Settings, originals: BlobStore) -> dict[str, str]:
    """Return the headers of the page's document: no script, style or frame but its own."""
    return {
        "Content-Security-Policy": content_security_policy(settings, originals),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "no-referrer",
    }


def content_security_policy(settings: Settings, originals: BlobStore) -> str:
    """Name where the page may get what from.

    Large pictures are redirects to the store, large uploads go there. Other sites' artwork is shown from those
    sites: any by https, by http those that the settings name.
    """
    store = _origin(originals.presigned_url("-", seconds=1))
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:", "https:", store, *sorted(_plain_http(settings.remote))],
        "connect-src": ["'self'", store],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(" ".join([name, *dict.fromkeys(values)]) for name, values in rules.items())


def _plain_http(remote: RemoteSettings) -> Iterator[str]:
    urls = (getattr(remote, field.name) for field in fields(remote) if field.name.endswith("_url"))
    return iter({_origin(url) for url in urls if url.startswith("http:")})


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
