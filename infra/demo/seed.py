"""Fill a service with the demo library through its own HTTP API; what is there already stays."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

import requests

from infra.demo.library import DemoItem, demo_items

SECONDS = 30
_AT_ONCE = 4


def seed(base_url: str, key: str, tell: Callable[[str], None] = print) -> None:
    """Make sure of the demo library, and tell each item that is added."""
    session = requests.Session()
    session.headers["Authorization"] = f'MediaBrowser Token="{key}"'
    for item in demo_items():
        _make_sure_of(session, base_url, item, tell)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for _ in pool.map(lambda item: _illustrate(session, base_url, item), demo_items()):
            pass  # a failure is raised here


def demo_ids() -> dict[str, str]:
    """Return the id of each item of the demo library by its name, films first."""
    films_first = sorted(demo_items(), key=lambda item: item.type != "Movie")
    return {item.name: item.id for item in films_first}


def _make_sure_of(
    session: requests.Session, base_url: str, item: DemoItem, tell: Callable[[str], None]
) -> None:
    found = session.get(f"{base_url}/Items/{item.id}/Images", timeout=SECONDS)
    if found.status_code == HTTPStatus.NOT_FOUND:
        tell(f"Adding {item.name} to the demo library …")
        found = session.post(f"{base_url}/Items", json=item.body, timeout=SECONDS)
    found.raise_for_status()


def _illustrate(session: requests.Session, base_url: str, item: DemoItem) -> None:
    url = f"{base_url}/Items/{item.id}/Images"
    listed = session.get(url, timeout=SECONDS)
    listed.raise_for_status()
    for image_type in _missing(item, {image["ImageType"] for image in listed.json()}):
        picture = item.artwork[image_type]()
        kind = "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"
        answer = session.post(f"{url}/{image_type}", picture, headers={"Content-Type": kind}, timeout=SECONDS)
        answer.raise_for_status()


def _missing(item: DemoItem, present: set[str]) -> Iterator[str]:
    return (image_type for image_type in item.artwork if image_type not in present)
