"""What the tests of the pipeline share."""

import pytest

from chalicelib.imaging import convolution
from chalicelib.imaging.renderer import PillowRenderer


@pytest.fixture(scope="session")
def renderer() -> PillowRenderer:
    """Return a renderer with the default limits."""
    return PillowRenderer()


@pytest.fixture
def without_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have Pillow resize, as it does where `cykooz.resizer` cannot be had."""
    monkeypatch.setattr(convolution, "engine", lambda: None)


@pytest.fixture(params=["vectors", "Pillow"])
def either_engine(request: pytest.FixtureRequest) -> None:
    """Run a test twice, with vector instructions and by Pillow."""
    if request.param == "Pillow":
        request.getfixturevalue("without_vectors")
