"""Fill a service with the demo library, the images through its own HTTP API; what is there already stays."""

from collections.abc import Iterator
from http import HTTPStatus

import requests

from chalicelib.adapters.dynamodb.image_catalog import DynamoImageCatalog
from chalicelib.adapters.dynamodb.models import bind
from chalicelib.domain.images import OwnerImages
from chalicelib.domain.owners import OwnerKey
from infra.demo_library import DemoItem, demo_items

SECONDS = 30


def seed(base_url: str, key: str, table: str) -> dict[str, str]:
    """Make sure of the demo library and return the id of each item by its name."""
    bind(table)
    session = requests.Session()
    session.headers["Authorization"] = f'MediaBrowser Token="{key}"'
    for item in demo_items():
        _seed(session, f"{base_url}/Items/{item.id}/Images", item)
    return {item.name: item.id for item in demo_items()}


def _seed(session: requests.Session, url: str, item: DemoItem) -> None:
    listed = session.get(url, timeout=SECONDS)
    if listed.status_code == HTTPStatus.NOT_FOUND:
        print(f"Adding {item.name} to the demo library …", flush=True)
        DynamoImageCatalog().save(OwnerImages(OwnerKey.item(item.id), item.name))
        listed = session.get(url, timeout=SECONDS)
    listed.raise_for_status()
    for image_type in _missing(item, {image["ImageType"] for image in listed.json()}):
        picture = item.artwork[image_type]()
        kind = "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"
        answer = session.post(f"{url}/{image_type}", picture, headers={"Content-Type": kind}, timeout=SECONDS)
        answer.raise_for_status()


def _missing(item: DemoItem, present: set[str]) -> Iterator[str]:
    return (image_type for image_type in item.artwork if image_type not in present)
