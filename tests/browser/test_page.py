"""The page in a real browser, as its own tests in Node tell."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from infra.local.service import Service
from tests.support import aws
from tests.support.deployed_service import eventually

HERE = Path(__file__).parent
NODE = Path(sys.executable).with_name("node")
SECONDS = 600
"""Until a file's tests are given up: the screens take one minute, and others may have the processor meanwhile."""
COMPILED = HERE / "node_modules" / ".compiled"
"""Where Node keeps what it has compiled of Playwright, which is half of what its start takes."""
SIZES = {"phone": (390, 844), "tablet": (820, 1180), "desk": (1440, 900)}
PICTURES = "BROWSER_PICTURES"
"""A folder in which each screen is drawn, when the environment names one."""
LONGEST_TASK = 100
"""Milliseconds of CPU time that any task of the page may take with a library of ten thousand items."""
DENSITIES = 2
"""Variants that are made on arrival: a card for screens of single and of double density."""
FIRST_PAINT = 1_000
"""Milliseconds from the call of the page's address until the cards of a library are painted."""

pytestmark = pytest.mark.timeout(SECONDS + 300)
"""The first test of a session starts the service, too."""


def test_every_screen_is_sound(setting: dict[str, Any], tmp_path: Path) -> None:
    wanted = {"sizes": SIZES, "pictures": os.environ.get(PICTURES)}
    run("screens", setting | wanted, tmp_path)


@pytest.mark.parametrize("name", ["flows", "library", "adding"])
def test_what_people_do_works(
    name: str, setting: dict[str, Any], things_to_change: dict[str, Any], service: Service, tmp_path: Path
) -> None:
    if name == "library":
        tags = things_to_change["newTags"]
        assert eventually(lambda: all(cards_of(service, tag) == DENSITIES for tag in tags))
    limits = {"longestTask": LONGEST_TASK, "firstPaint": FIRST_PAINT}
    own = {"own": [*setting["own"], *things_to_change["made"]]}
    run(name, setting | things_to_change | limits | own, tmp_path)


def cards_of(service: Service, tag: str) -> int:
    """Return how many variants of an original there are; those of a card are made when it arrives."""
    variants = aws.client("s3").list_objects_v2(Bucket=service.variants_bucket, Prefix=f"variants/{tag}/")
    return variants["KeyCount"]


def run(name: str, setting: dict[str, Any], folder: Path) -> None:
    """Run the tests of a file in Node."""
    path = folder / "setting.json"
    path.write_text(json.dumps(setting))
    done = subprocess.run(  # noqa: S603  # our own program
        [NODE, f"{name}.test.mjs", path],
        cwd=HERE,
        env=os.environ | {"NODE_COMPILE_CACHE": str(COMPILED)},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-12_000:] + done.stderr[-2_000:]
