"""The recipes for nginx and Caddy in front of the deployed stack and a stand-in Jellyfin."""

from pathlib import Path

import requests

from infra.demo.jellyfin.server import KEY
from tests.support.deployed_service import photo
from tests.support.reverse_proxies import PROXIES
from tests.support.upstream_stack import Setting


def test_each_leads_images_to_the_stack_and_all_else_to_jellyfin(setting: Setting, tmp_path: Path) -> None:
    server = setting.server
    for name, proxy in PROXIES.items():
        film, person = server.shelf.add("Movie", name), server.shelf.add("Person", f"{name} / Byron")
        for item in (film, person):
            server.shelf.put(item, "Primary", photo())
        folder = tmp_path / name
        folder.mkdir()
        with proxy(folder, setting.api_url, server.url) as url:
            for path, item in (
                (f"/emby/items/{film.id}/images/primary", film),
                (f"/Persons/{name}%20%2F%20Byron/Images/Primary", person),
            ):
                answer = requests.get(url + path, timeout=60)
                assert (answer.status_code, answer.content) == (200, item.images["Primary"][0].data), name
                assert answer.headers["X-Image-Upstream"] == "fetched"
            told = requests.get(f"{url}/Items/{film.id}", headers={"X-Emby-Token": KEY}, timeout=60)
            assert told.json()["Name"] == name
