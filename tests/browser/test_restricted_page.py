"""The page where images are restricted and a library is large, in a real browser before the fakes."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chalicelib.container import override_container
from tests.browser.conftest import in_base64, png
from tests.browser.test_page import run
from tests.support.fakes.world import ADMIN, ADMINISTRATOR, SETTINGS, World
from tests.support.gateway import call
from tests.support.http_server import served
from tests.support.notifications import deliver_all

RESTRICTED = replace(SETTINGS, image_access="signed", image_url_key="k" * 43)

PAGE = 500
"""Items of a library that the page reads at once."""


@pytest.fixture
def setting(page_folder: Path, tmp_path: Path) -> Iterator[dict[str, Any]]:
    """Describe an application with one film whose pictures are restricted, and a library of many without any."""
    world = World(RESTRICTED)
    world.page_folder = page_folder
    world.add_user("ann", ADMINISTRATOR, "secret")
    with override_container(world.container):
        library = _item({"Name": "Films", "Type": "CollectionFolder", "CollectionType": "movies"})
        film = _item({"Name": "Metropolis", "Type": "Movie", "ParentId": library})
        large = _item({"Name": "Large", "Type": "CollectionFolder", "CollectionType": "movies"})
        for name in (*(f"Film {number}" for number in range(PAGE)), "Woman in the Moon"):
            _item({"Name": name, "Type": "Movie", "ParentId": large})
        for image_type in ("Primary", "Backdrop"):
            headers = ADMIN | {"Content-Type": "image/png"}
            url = f"/Items/{film}/Images/{image_type}"
            assert call("POST", url, body=png((400, 600)), headers=headers).status == 204
        assert deliver_all(world) == []
    with served(world) as url:
        made = {"url": url, "key": "administrator-key", "name": "ann", "password": "secret"}
        poster = tmp_path / "Large" / "Woman in the Moon" / "poster.png"
        poster.parent.mkdir(parents=True)
        poster.write_bytes(png((40, 60)))
        things = {"library": library, "film": film, "png": in_base64(png((64, 36)))}
        yield made | things | {"large": large, "items": PAGE + 1, "media": str(tmp_path / "Large")}


def test_the_page_works_where_images_are_restricted(setting: dict[str, Any], tmp_path: Path) -> None:
    run("signed", setting, tmp_path)


def _item(body: dict[str, Any]) -> str:
    return str(call("POST", "/Items", body=body, headers=ADMIN).json()["Id"])
