"""The table of paths and the views that it stands for."""

from collections import Counter

from app import app
from chalicelib.api.paths import PATHS
from infra.openapi import paths


def test_the_committed_table_is_that_of_the_views() -> None:
    assert paths.PATH.read_text() == paths.text(), "run `make openapi`"


def test_a_path_is_one_resources_alone() -> None:
    counted = Counter(path for named in PATHS.values() for path in named)
    assert [path for path, resources in counted.items() if resources > 1] == []


def test_every_path_is_answered() -> None:
    assert all(methods for methods in app.routes.values())
