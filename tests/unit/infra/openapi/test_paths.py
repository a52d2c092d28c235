"""The table of paths and the views that it stands for."""

from app import app
from infra.openapi import paths


def test_the_committed_table_is_that_of_the_views() -> None:
    assert paths.PATH.read_text() == paths.text(), "run `make openapi`"


def test_every_path_is_answered() -> None:
    assert all(methods for methods in app.routes.values())
