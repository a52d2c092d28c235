"""What a deployment tells CloudFormation."""

from pathlib import Path

import pytest
import yaml

from chalicelib.settings import RemoteSettings
from infra.deployment.deploy import SETTINGS


class _Template(yaml.SafeLoader):
    """YAML with CloudFormation's short functions, which stay as text here."""


_Template.add_multi_constructor("!", lambda _loader, suffix, node: f"{suffix} {getattr(node, 'value', '')}")
TEMPLATE = yaml.load(Path("infra/resources.yaml").read_text(), _Template)  # noqa: S506  # a SafeLoader
PROVIDED = {name.upper() for name in RemoteSettings.__annotations__ if not name.endswith("_seconds")}


@pytest.mark.parametrize("name", SETTINGS.values())
def test_every_setting_of_a_deployment_is_a_parameter(name: str) -> None:
    assert name in TEMPLATE["Parameters"]


def test_every_provider_can_be_configured_and_only_the_api_knows_its_keys() -> None:
    assert SETTINGS.keys() >= PROVIDED
    given = TEMPLATE["Resources"]["APIHandler"]["Properties"]["Environment"]["Variables"]
    assert given.keys() >= PROVIDED
    assert given.keys().isdisjoint(TEMPLATE["Globals"]["Function"]["Environment"]["Variables"])


@pytest.mark.parametrize("name", [name for name in SETTINGS.values() if name.endswith("Key")])
def test_no_key_is_shown_by_cloudformation(name: str) -> None:
    assert TEMPLATE["Parameters"][name]["NoEcho"] is True
