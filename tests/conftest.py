"""Fixtures of all tests."""

from collections.abc import Iterator

import pytest

from chalicelib.container import installed
from tests.fakes.world import World


@pytest.fixture
def world() -> Iterator[World]:
    """Put an application over fakes in force."""
    made = World()
    with installed(made):
        yield made
