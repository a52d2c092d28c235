"""When a local service asks stand-ins, and under which address."""

from pathlib import Path

import pytest

from infra.demo.providers import stand_ins
from infra.demo.providers.server import environment
from infra.localstack.settings import Settings


@pytest.mark.parametrize("name", ["TMDB_KEY", "FANART_KEY", "AUDIODB_KEY", "PROVIDER_CONTACT"])
def test_an_operator_with_a_key_asks_the_real_sites_and_no_stand_in_any_more(
    tmp_path: Path, name: str
) -> None:
    variables = {name: "mine"}
    settings = Settings.from_environment({"RUN_DIR": str(tmp_path)})
    assert stand_ins.start(settings, variables) == ""
    assert variables.pop(name) == "mine"
    assert set(variables) | {name} == set(environment(""))
    assert set(variables.values()) == {""}
    assert list(tmp_path.iterdir()) == []
