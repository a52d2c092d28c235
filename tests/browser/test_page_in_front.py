"""The page in front of a Jellyfin server, in a real browser before the application over fakes."""

import os
from pathlib import Path

from tests.browser.conftest import png
from tests.browser.test_page import PICTURES, run
from tests.support.fakes.world import ADMINISTRATOR
from tests.support.http_server import served
from tests.support.upstream import standing_before


def test_the_page_shows_state_and_playground_only(page_folder: Path, tmp_path: Path) -> None:
    with standing_before() as (world, server):
        film = server.shelf.add("Movie", "Metropolis")
        server.shelf.put(film, "Primary", png((400, 600)), "image/png")
        world.page_folder = page_folder
        world.add_user("ann", ADMINISTRATOR, "secret")
        with served(world) as url:
            setting = {"url": url, "name": "ann", "password": "secret", "film": film.id}
            run("front", setting | {"pictures": os.environ.get(PICTURES)}, tmp_path)
