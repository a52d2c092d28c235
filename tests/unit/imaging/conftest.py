"""What the tests of the pipeline share."""

import pytest

from chalicelib.imaging.renderer import PillowRenderer


@pytest.fixture(scope="session")
def renderer() -> PillowRenderer:
    """Return a renderer with the default limits."""
    return PillowRenderer()
