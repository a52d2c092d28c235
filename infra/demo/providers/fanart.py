"""fanart.tv, version 3.2: api.fanart.tv; the small copy of a picture lies below `/preview/`."""

from typing import Any

from infra.demo.providers.messages import ABSENT, Asked, Reply, as_json, seed_of
from infra.demo.providers.pictures import name_of, picture

_MOVIE = {
    "hdmovielogo": (800, 310),
    "hdmovieclearart": (1000, 562),
    "moviedisc": (1000, 1000),
    "moviebackground": (1920, 1080),
    "movieposter": (1000, 1426),
    "moviebanner": (1000, 185),
    "moviethumb": (1000, 562),
}
_SERIES = {
    "hdtvlogo": (800, 310),
    "hdclearart": (1000, 562),
    "showbackground": (1920, 1080),
    "tvposter": (1000, 1426),
    "tvbanner": (1000, 185),
    "tvthumb": (1000, 562),
    "seasonposter": (1000, 1426),
    "seasonbanner": (1000, 185),
    "seasonthumb": (1000, 562),
}
_ARTIST = {
    "artistbackground": (1920, 1080),
    "artistthumb": (1000, 1000),
    "hdmusiclogo": (800, 310),
    "musicbanner": (1000, 185),
}
_ALBUM = {"albumcover": (1000, 1000), "cdart": (1000, 1000)}
_TRANSPARENT = frozenset(
    {"hdmovielogo", "hdmovieclearart", "moviedisc", "hdtvlogo", "hdclearart", "hdmusiclogo", "cdart"}
)


_NOT_FOUND = as_json({"status": "error", "error message": "Not found"}, 404)
_SECTIONS = {"movies": _MOVIE, "tv": _SERIES, "music": _ARTIST}


def answer(asked: Asked) -> Reply:
    """Answer a call of the API below `/v3.2`, or a picture below `/assets`."""
    match asked.segments:
        case ["assets", "fanart", name]:
            return picture(name)
        case ["assets", "preview", name]:
            return picture(name, longest=400)
        case ["v3.2", *path] if not asked.headers.get("api-key"):
            return as_json({"status": "error", "error message": "Invalid API key"}, 401)
        case ["v3.2", *path] if path[-1:] != [ABSENT]:
            return _looked_up(asked, path)
    return _NOT_FOUND


def _looked_up(asked: Asked, path: list[str]) -> Reply:
    match path:
        case ["music", "albums", known]:
            album = {"release_group_id": known} | _lists(asked, _ALBUM, known)
            return as_json({"name": "An artist", "mbid_id": seed_of(known), "albums": [album]})
        case [section, known] if section in _SECTIONS:
            return as_json({"name": "A name"} | _lists(asked, _SECTIONS[section], known))
    return _NOT_FOUND


def _lists(asked: Asked, sizes: dict[str, tuple[int, int]], known: str) -> dict[str, Any]:
    lists = {name: [_image(asked, name, size, known, n) for n in range(3)] for name, size in sizes.items()}
    return {"image_count": sum(len(images) for images in lists.values()), **lists}


def _image(asked: Asked, name: str, size: tuple[int, int], known: str, number: int) -> dict[str, str]:
    seed = seed_of("fanart", known, name, number)
    file = name_of(*size, seed, "png" if name in _TRANSPARENT else "jpg")
    image = {
        "id": str(int(seed[:5], 16)),
        "url": f"{asked.base_url}/assets/fanart/{file}",
        "lang": "" if "background" in name else ("en", "de", "00")[number],
        "likes": str(9 - number * 2),
        "added": "2014-05-08 10:35:45",
        "width": str(size[0]),
        "height": str(size[1]),
    }
    if name == "moviedisc":
        image |= {"disc": "1", "disc_type": "bluray"}
    if name.startswith("season"):
        image["season"] = ("1", "2", "all")[number]
    return image
