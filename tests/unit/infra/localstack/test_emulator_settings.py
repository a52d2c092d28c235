"""Where the emulated cloud lives."""

import pytest

from infra.localstack.settings import Settings
from infra.places import PROJECT


def test_everything_has_a_default() -> None:
    settings = Settings.from_environment({"EMULATOR_PORT": "", "AWS_ENDPOINT_URL": ""})
    assert (settings.emulator_port, settings.front_door_port) == (4566, 8096)
    assert settings.run_dir == PROJECT / ".run"
    assert settings.url == "http://127.0.0.1:4566"


def test_ports_and_folder_can_be_chosen() -> None:
    settings = Settings.from_environment(
        {"EMULATOR_PORT": "1", "FRONT_DOOR_PORT": "2", "RUN_DIR": "/somewhere"}
    )
    assert (settings.url, settings.front_door_port) == ("http://127.0.0.1:1", 2)
    assert str(settings.run_dir) == "/somewhere"


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1"])
def test_what_is_no_port_is_told(port: str) -> None:
    with pytest.raises(SystemExit, match="FRONT_DOOR_PORT is"):
        Settings.from_environment({"FRONT_DOOR_PORT": port})


def test_a_relative_folder_is_the_projects() -> None:
    assert Settings.from_environment({"RUN_DIR": ".other"}).run_dir == PROJECT / ".other"


def test_a_cloud_that_is_set_is_the_one() -> None:
    assert Settings.from_environment({"AWS_ENDPOINT_URL": "http://else:1"}).url == "http://else:1"


def test_only_what_the_emulator_knows_is_passed_on() -> None:
    variables = {"LAMBDA_MAX_ENVIRONMENTS": "2", "DEBUG": "", "AWS_PROFILE": "mine", "PATH": "/bin"}
    assert Settings.from_environment(variables).passed_on == {"LAMBDA_MAX_ENVIRONMENTS": "2"}
