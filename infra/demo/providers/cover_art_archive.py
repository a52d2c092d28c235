"""The Cover Art Archive: musicbrainz.org/doc/Cover_Art_Archive/API; pictures are redirects to archive.org."""

from typing import Any

from infra.demo.providers.messages import ABSENT, Asked, Reply, as_json, redirect, seed_of
from infra.demo.providers.pictures import name_of, picture

_SECTIONS = frozenset({"release", "release-group"})
_TYPES = (["Front"], ["Back"], ["Medium"], ["Booklet"])


def answer(asked: Asked) -> Reply:
    """Answer a listing, a redirect for a picture, or the picture from where the redirect leads."""
    match asked.segments:
        case ["download", name]:
            return picture(name)
        case ["download", size, name]:
            return picture(name, longest=int(size))
        case _ if not asked.says_who_asks:
            return Reply(b"Who are you?", 403, "text/plain")
        case [section, known] if section in _SECTIONS and known != ABSENT:
            return as_json(_listing(asked, section, known))
        case [_, _, file]:
            name, _, size = file.removesuffix(".jpg").rpartition("-")
            return redirect(f"{asked.base_url}/download/{size}/{name}.jpg", 307)
    return Reply(b"<!doctype html><title>404 Not Found</title>", 404, "text/html")


def _listing(asked: Asked, section: str, known: str) -> dict[str, Any]:
    images = [_image(asked, known, number, types) for number, types in enumerate(_TYPES)]
    return {"images": images, "release": f"https://musicbrainz.org/{section}/{known}"}


def _image(asked: Asked, known: str, number: int, types: list[str]) -> dict[str, Any]:
    name = name_of(1400, 1400, seed_of("cover", known, number)).removesuffix(".jpg")
    below = f"{asked.base_url}/release/{known}/{name}"
    return {
        "approved": True,
        "back": types == ["Back"],
        "comment": "",
        "edit": 17462565,
        "front": types == ["Front"],
        "id": str(int(name[-6:], 16)),
        "image": f"{below}-1400.jpg",
        "thumbnails": {
            "1200": f"{below}-1200.jpg",
            "250": f"{below}-250.jpg",
            "500": f"{below}-500.jpg",
            "large": f"{below}-500.jpg",
            "small": f"{below}-250.jpg",
        },
        "types": types,
    }
