"""TheMovieDb: developer.themoviedb.org/reference/movie-images and its kin, …/find-by-id, …/docs/image-basics."""

from typing import Any

from infra.demo.providers.messages import ABSENT, Asked, Reply, as_json, seed_of
from infra.demo.providers.pictures import name_of, picture

_LISTS = {
    "movie": ("backdrops", "logos", "posters"),
    "tv": ("backdrops", "logos", "posters"),
    "collection": ("backdrops", "posters"),
    "person": ("profiles",),
    "season": ("posters",),
    "episode": ("stills",),
}
_SIZES = {
    "backdrops": (1280, 720),
    "logos": (800, 310),
    "posters": (1000, 1500),
    "profiles": (600, 900),
    "stills": (1280, 720),
}
_LANGUAGES = ("en", None, "de", "fr", "ja")
_FOUND = ("movie_results", "tv_results", "person_results")
_NOT_FOUND = {
    "success": False,
    "status_code": 34,
    "status_message": "The resource you requested could not be found.",
}
_NO_KEY = {
    "status_code": 7,
    "status_message": "Invalid API key: You must be granted a valid key.",
    "success": False,
}
_SMALL = {"w185": 185, "w300": 300, "w342": 342, "w500": 500, "w780": 780}


def answer(asked: Asked) -> Reply:
    """Answer a call of the API below `/3`, or a picture below `/t/p`."""
    match asked.segments:
        case ["t", "p", size, name]:
            return picture(name, longest=_SMALL.get(size, 4_000))
        case ["3", *_] if not _has_key(asked):
            return as_json(_NO_KEY, 401)
        case ["3", "find", foreign]:
            return as_json(_found(foreign))
        case ["3", *path, "images"] if path and ABSENT not in path:
            return as_json(_images(path))
    return as_json(_NOT_FOUND, 404)


def _has_key(asked: Asked) -> bool:
    return bool(asked.query.get("api_key")) or asked.headers.get("authorization", "").startswith("Bearer ")


def _found(foreign: str) -> dict[str, Any]:
    number = int(seed_of(foreign)[:6], 16) + 1
    results = [] if foreign.endswith(ABSENT) else [{"id": number}]
    return dict.fromkeys(_FOUND, results) | {"tv_episode_results": [], "tv_season_results": []}


def _images(path: list[str]) -> dict[str, Any]:
    """Return the lists of what the path ends with, such as `tv/1396` or `tv/1396/season/1`."""
    lists = _LISTS.get(path[-2] if len(path) > 1 else "", ())
    images: dict[str, Any] = {name: [_image(path, name, n) for n in range(6)] for name in lists}
    return images | {"id": int(seed_of(*path)[:6], 16)}


def _image(path: list[str], name: str, number: int) -> dict[str, Any]:
    width, height = _SIZES[name]
    ending = "png" if name == "logos" else "jpg"
    return {
        "aspect_ratio": round(width / height, 3),
        "height": height,
        "iso_3166_1": None,
        "iso_639_1": _LANGUAGES[number % len(_LANGUAGES)],
        "file_path": f"/{name_of(width, height, seed_of(*path, name, number), ending)}",
        "vote_average": round(5.9 - number * 0.318, 3),
        "vote_count": 40 - number * 5,
        "width": width,
    }
