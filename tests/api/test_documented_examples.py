"""The application against its own OpenAPI document: by each example in it, and once more by chance."""

from pathlib import Path

import pytest

from tests.support.documented import faults_of
from tests.support.fakes.world import World
from tests.support.http_server import served


@pytest.mark.timeout(400)
def test_no_answer_is_a_5xx_or_outside_the_document(world: World, tmp_path: Path) -> None:
    with served(world) as url:
        assert faults_of(url, "administrator-key", tmp_path, phases="examples,fuzzing") == ""
