"""What Jellyfin answers on the wire, request by request, with our deliberate differences from it.

The differences are rows of docs/compatibility.md.
"""

import base64
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.support.deployed_service import Http, photo

NOBODY = "0" * 32


@dataclass(frozen=True)
class Library:
    """A film with all its images, a small one, a moving one, and what was uploaded."""

    film: str
    small: str
    moving: str
    uploads: dict[str, bytes]

    def url(self, path: str) -> str:
        """Fill in the items' ids."""
        return path.format(M=self.film, S=self.small, G=self.moving)


def _animation() -> bytes:
    frames = [Image.new("RGB", (300, 300), colour) for colour in ("red", "lime", "blue")]
    stream = BytesIO()
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:], duration=80, loop=0)
    return stream.getvalue()


def _logo() -> bytes:
    logo = Image.new("RGBA", (800, 310), (255, 255, 255, 0))
    logo.paste((200, 30, 30, 255), (100, 60, 700, 250))
    stream = BytesIO()
    logo.save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture(scope="module")
def library(admin: Http) -> Library:
    """Make the items and their images."""
    film, small, moving = (
        str(admin.call("POST", "/Items", json={"Name": name, "Type": "Movie"}).json()["Id"])
        for name in ("Wire film", "Wire short", "Wire loop")
    )
    uploads = {
        f"/Items/{film}/Images/Primary": photo(1000, 1500),
        f"/Items/{film}/Images/Logo": _logo(),
        f"/Items/{small}/Images/Primary": photo(600, 336),
        f"/Items/{moving}/Images/Primary": _animation(),
    }
    for path, data in uploads.items():
        assert admin.upload(path, data, "image/*").status_code == 204
    for _ in range(2):
        assert admin.upload(f"/Items/{film}/Images/Backdrop", photo(1920, 1080)).status_code == 204
    return Library(film, small, moving, uploads)


JPEG, PNG, WEBP, GIF = (f"image/{name}" for name in ("jpeg", "png", "webp", "gif"))
STORED = "stored"
P, L = "/Items/{M}/Images/Primary", "/Items/{M}/Images/Logo"
S, G = "/Items/{S}/Images/Primary", "/Items/{G}/Images/Primary"

PICTURES: list[tuple[str, dict[str, str], str, tuple[int, int] | str]] = [
    (P, {}, JPEG, STORED),
    ("/items/{M}/images/PRIMARY", {}, JPEG, STORED),
    (f"{P}?maxWidth=300", {}, JPEG, (300, 450)),
    (f"{P}?maxHeight=300", {}, JPEG, (200, 300)),
    (f"{P}?maxWidth=5000", {}, JPEG, STORED),
    (f"{P}?width=300&height=300", {}, JPEG, (300, 300)),
    (f"{P}?width=2000&height=2000", {}, JPEG, (1000, 1000)),
    (f"{S}?width=10000", {}, JPEG, (600, 336)),
    (f"{S}?width=1200&height=400", {}, JPEG, (600, 200)),
    (f"{P}?width=0", {}, JPEG, (1000, 1500)),
    (f"{P}?width=300.5", {}, JPEG, (300, 450)),
    (f"{P}?fillWidth=300", {}, JPEG, (300, 450)),
    (f"{P}?fillHeight=300", {}, JPEG, (200, 300)),
    (f"{P}?fillWidth=201", {}, JPEG, (202, 302)),
    (f"{P}?fillWidth=2000&fillHeight=2000", {}, JPEG, STORED),
    (f"{P}?width=400&height=400&maxWidth=200&maxHeight=100", {}, JPEG, (100, 100)),
    (f"{L}?height=40", {}, PNG, (103, 40)),
    (f"{P}?quality=90", {}, JPEG, STORED),
    (f"{P}?quality=101&maxWidth=300", {}, JPEG, (300, 450)),
    (f"{P}?quality=0&maxWidth=300", {}, JPEG, (300, 450)),
    (f"{P}?quality=50", {}, JPEG, (1000, 1500)),
    (P, {"Accept": "image/webp"}, JPEG, STORED),
    (f"{P}?maxWidth=300", {"Accept": "image/webp"}, WEBP, (300, 450)),
    (f"{P}?maxWidth=300", {"Accept": "image/*"}, JPEG, (300, 450)),
    (f"{P}?maxWidth=300", {"Accept": "*/*"}, JPEG, (300, 450)),
    (f"{P}?maxWidth=300&accept=webp", {}, WEBP, (300, 450)),
    (f"{L}?maxWidth=200", {}, PNG, (200, 78)),
    (f"{L}?format=Jpg&backgroundColor=%23336699", {}, JPEG, (800, 310)),
    (f"{P}?format=Png", {}, PNG, (1000, 1500)),
    (f"{P}?format=Webp&quality=100&maxWidth=90", {}, WEBP, (90, 135)),
    (f"{P}?format=Gif&maxWidth=90", {}, GIF, (90, 135)),
    (f"{P}?format=99", {}, JPEG, STORED),
    (f"{P}?format=Original", {"Accept": "image/avif,image/webp"}, JPEG, STORED),
    (f"{P}?format=", {}, JPEG, STORED),
    (G, {}, GIF, STORED),
    (f"{G}?maxWidth=50", {}, GIF, (50, 50)),
    (f"{P}?blur=20&maxWidth=200", {}, JPEG, (200, 300)),
    (f"{P}?foregroundLayer=abc", {}, JPEG, (1000, 1500)),
    (f"{P}?percentPlayed=50&width=200", {}, JPEG, (200, 300)),
    (f"{P}?percentPlayed=0", {}, JPEG, STORED),
    (f"{P}?percentPlayed=100", {}, JPEG, STORED),
    (f"{P}?unplayedCount=150&width=200", {}, JPEG, (200, 300)),
    (f"{P}/0/TAG/Jpg/300/300/0/0", {}, JPEG, (200, 300)),
    (P, {"Range": "bytes=0-9"}, JPEG, STORED),
    (P, {"X-Emby-Token": "bogus"}, JPEG, STORED),
    ("/Items/{M}/Images/Backdrop/1?maxWidth=192", {}, JPEG, (192, 108)),
    ("/Items/{M}/Images/Backdrop?imageIndex=1&maxWidth=192", {}, JPEG, (192, 108)),
    (f"{P}?cropWhitespace=true&addPlayedIndicator=true", {}, JPEG, STORED),
]


@pytest.mark.parametrize(
    ("path", "headers", "content_type", "expected"), PICTURES, ids=[p for p, *_ in PICTURES]
)
def test_a_request_gets_its_picture(
    anyone: Http,
    library: Library,
    path: str,
    headers: dict[str, str],
    content_type: str,
    expected: tuple[int, int] | str,
) -> None:
    answer = anyone.call("GET", library.url(path), headers=headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, content_type)
    assert answer.headers["Content-Disposition"] == "inline"
    if expected == STORED:
        assert answer.content in library.uploads.values()
    else:
        assert Image.open(BytesIO(answer.content)).size == expected


MISTAKES: list[tuple[str, str, int, str | None]] = [
    ("GET", "/Items/{M}/Images/Foo", 400, "imageType"),
    ("GET", "/Items/{M}/Images/13", 400, "imageType"),
    ("GET", "/Items/xyz/Images/Primary", 400, "itemId"),
    ("GET", f"/Items/{NOBODY}/Images/Primary", 404, None),
    ("GET", "/Items/{M}/Images/Banner", 404, None),
    ("GET", "/Items/{M}/Images/Backdrop?imageIndex=99", 404, None),
    ("GET", "/Items/{M}/Images/Backdrop/-1", 400, "imageIndex"),
    ("GET", "/Items/{M}/Images/Backdrop/abc", 400, "imageIndex"),
    ("GET", f"{P}?width=abc", 400, "width"),
    ("GET", f"{P}?width=99999999999", 400, "width"),
    ("GET", f"{P}?percentPlayed=abc", 400, "percentPlayed"),
    ("GET", f"{L}?backgroundColor=notacolor", 400, "backgroundColor"),
    ("GET", f"{P}/0/TAG/Nope/300/300/0/0", 400, "format"),
    ("GET", "/Artists/Nobody/Images/Primary/0", 404, None),
    ("GET", "/Persons/Nobody/Images/Primary", 404, None),
    ("GET", f"/UserImage?userId={NOBODY}", 404, None),
    ("GET", "/UserImage", 400, "userId"),
    ("POST", "/Items/{M}/Images/Backdrop/0/Index", 400, "newIndex"),
    ("POST", "/Items/{M}/Images/Backdrop/0/Index?newIndex=x", 400, "newIndex"),
    ("POST", "/Items/{M}/Images/Primary/0/Index?newIndex=0", 400, "imageType"),
    ("POST", "/Items/{M}/RemoteImages/Download?imageUrl=https://example.org/a.jpg", 400, "type"),
    ("POST", "/Items/{M}/RemoteImages/Download?type=Primary", 400, "imageUrl"),
    ("POST", "/Items/{M}/RemoteImages/Download?type=Primary&imageUrl=http://10.1.2.3/a.jpg", 400, "imageUrl"),
    ("GET", "/Images/Remote?imageUrl=http://127.0.0.1/", 404, None),
    ("PATCH", P, 405, None),
    ("HEAD", "/Items/{M}/Images", 405, None),
]


@pytest.mark.parametrize(("method", "path", "status", "field"), MISTAKES, ids=[p for _, p, *_ in MISTAKES])
def test_a_mistake_is_told_by_name(
    admin: Http, anyone: Http, library: Library, method: str, path: str, status: int, field: str | None
) -> None:
    client = anyone if path.startswith("/UserImage") else admin
    answer = client.call(method, library.url(path))
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"
    if method != "HEAD":
        problem: dict[str, Any] = answer.json()
        assert problem["status"] == status
        assert list(problem.get("errors", ())) == ([field] if field else [])


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "/Items/{M}/Images/Banner"),
        ("DELETE", "/Items/{M}/Images/Backdrop/99"),
        ("DELETE", "/Items/{M}/Images/Backdrop?imageIndex=99"),
        ("POST", "/Items/{M}/Images/Backdrop/0/Index?newIndex=99"),
        ("POST", "/Items/{M}/Images/Backdrop/0/Index?newIndex=0"),
    ],
)
def test_what_changes_nothing_is_no_error(admin: Http, library: Library, method: str, path: str) -> None:
    before = _places(admin, library)
    assert admin.call(method, library.url(path)).status_code == 204
    assert _places(admin, library) == before


def _places(admin: Http, library: Library) -> list[tuple[str, int | None, str]]:
    """Return which images are where; what an event finds out about them comes when it comes."""
    images = admin.get(library.url("/Items/{M}/Images")).json()
    return [(image["ImageType"], image.get("ImageIndex"), image["ImageTag"]) for image in images]


def test_caching_follows_the_tag(admin: Http, anyone: Http, library: Library) -> None:
    tag = next(tag for kind, _, tag in _places(admin, library) if kind == "Primary")
    plain, stale, tagged = (
        anyone.get(library.url(P + query)) for query in ("", f"?tag={'0' * 32}", f"?tag={tag}")
    )
    assert plain.headers["Cache-Control"] == stale.headers["Cache-Control"] == "public"
    assert tagged.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    known = anyone.get(library.url(f"{P}?tag={tag}"), if_none_match=f'"{tag}"')
    assert (known.status_code, known.content) == (304, b"")
    assert known.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    late = anyone.get(library.url(P), if_unmodified_since="Thu, 01 Jan 1998 00:00:00 GMT")
    assert late.status_code == 412
    fresh = anyone.get(library.url(P), cache_control="no-cache")
    assert fresh.headers["Cache-Control"] == "no-cache, no-store, must-revalidate"


def test_pixels_are_drawn_where_jellyfin_draws_them(anyone: Http, library: Library) -> None:
    bar = _opened(anyone, library.url(f"{P}?percentPlayed=50&width=200&format=Png"))
    assert [bar.getpixel((x, 295)) for x in (0, 50, 98)] == [(0, 164, 220)] * 3
    badge = _opened(anyone, library.url(f"{P}?unplayedCount=5&width=200&format=Png"))
    plain = _opened(anyone, library.url(f"{P}?width=200&format=Png"))
    differing = [
        (x, y) for x in range(200) for y in range(300) if badge.getpixel((x, y)) != plain.getpixel((x, y))
    ]
    across, down = zip(*differing, strict=True)
    assert 141 <= min(across) <= max(across) <= 182
    assert 17 <= min(down) <= max(down) <= 58
    dark = _opened(anyone, library.url(f"{P}?foregroundLayer=0&format=Png&width=50"))
    assert dark.convert("L").getextrema() == (0, 0)


def test_an_upload_by_jellyfin_web_is_base64(admin: Http, item: str) -> None:
    data = photo(90, 60)
    path = f"/Items/{item}/Images/Thumb"
    assert admin.upload(path, base64.b64encode(data), "image/jpeg").status_code == 204
    assert admin.get(path).content == data
    refused = admin.upload(path, base64.b64encode(b"hello"), "image/png")
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["body"])
    assert admin.get(path).content == data


def _opened(client: Http, path: str) -> Image.Image:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return Image.open(BytesIO(answer.content)).convert("RGB")
