"""What a deployment tells CloudFormation."""

from pathlib import Path

import pytest
import yaml

from chalicelib.settings import MIN_KEY_LENGTH, RemoteSettings
from infra.deployment.deploy import GENERATED, SETTINGS, _parameters, longest_stage, require_stage, stack_name
from infra.errors import SettingError


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


REGIONS = [("us-east-1", 14), ("eu-central-1", 11), ("ap-southeast-2", 9)]


@pytest.mark.parametrize(("region", "most"), REGIONS)
def test_the_longest_stage_gives_buckets_of_63_characters(region: str, most: int) -> None:
    assert longest_stage(region) == most
    require_stage("x" * most, region)
    assert len(f"{stack_name('x' * most)}-originals-123456789012-{region}") == 63


@pytest.mark.parametrize(("region", "most"), REGIONS)
def test_a_longer_stage_is_refused_with_the_number(region: str, most: int) -> None:
    with pytest.raises(
        SettingError, match=f"has {most + 1} characters. In {region} it may have {most} at most"
    ):
        require_stage("x" * (most + 1), region)


@pytest.mark.parametrize("stage", ["", "Prod", "-prod", "prod-", "a.b", "ä", "a b", "prod\n"])
def test_a_stage_that_is_no_part_of_a_buckets_name_is_refused(stage: str) -> None:
    with pytest.raises(SettingError, match="does not fit"):
        require_stage(stage, "us-east-1")


def test_settings_template_and_deployment_agree_on_the_length_of_the_key() -> None:
    assert TEMPLATE["Parameters"]["ImageUrlKey"]["MinLength"] == MIN_KEY_LENGTH
    assert f"{MIN_KEY_LENGTH} characters" in Path("docs/accounts.md").read_text()
    made = _parameters({}, frozenset())
    assert all(len(str(made[name])) >= MIN_KEY_LENGTH for name in GENERATED)
