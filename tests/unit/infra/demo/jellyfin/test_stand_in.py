"""Which Jellyfin a local service stands in front of, if any."""

from pathlib import Path

import pytest
import requests

from infra.demo.jellyfin import stand_in
from infra.demo.jellyfin.server import serving
from infra.demo.jellyfin.shelf import Shelf
from infra.errors import SettingError
from infra.localstack.settings import Settings
from tests.support.media_tree import picture


@pytest.fixture
def cloud(tmp_path: Path) -> Settings:
    return Settings.from_environment({"RUN_DIR": str(tmp_path)})


def test_without_a_choice_the_deployment_is_told_that_there_is_none(cloud: Settings) -> None:
    variables: dict[str, str] = {}
    assert stand_in.start(cloud, variables) == ""
    assert variables == {"JELLYFIN_URL": ""}


def test_the_operators_own_server_is_taken_and_nothing_is_started(cloud: Settings) -> None:
    variables = {"JELLYFIN_URL": "http://jellyfin.home:8096"}
    assert stand_in.start(cloud, variables) == "http://jellyfin.home:8096"
    assert not (cloud.run_dir / "jellyfin.pid").exists()


def test_a_picture_to_try_is_one_that_is_there() -> None:
    with serving(Shelf()) as server:
        server.shelf.put(server.shelf.add("Movie", "Dune"), "Primary", picture(1))
        found = requests.get(server.url + stand_in.poster_path(server.url), timeout=10)
    assert found.content == picture(1)


def test_an_unknown_choice_is_refused(cloud: Settings) -> None:
    with pytest.raises(SettingError, match="JELLYFIN=demo"):
        stand_in.start(cloud, {"JELLYFIN": "real"})
