"""The JavaScript clients in front of another instance, whose pictures come from a service before it."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.home import Home, at_home
from tests.support.served_app import ITEMS


def test_the_javascript_clients_work_unchanged(tmp_path: Path) -> None:
    with at_home(tmp_path) as home:
        for client, item_id in zip(("sdk", "apiclient"), ITEMS, strict=True):
            _run(client, home, item_id)


def _run(client: str, home: Home, item_id: str) -> None:
    prepared = {
        "SERVER_URL": home.url,
        "USER_NAME": "ada",
        "USER_PASSWORD": "secret",
        "ITEM_ID": item_id,
        "IN_FRONT": "yes",
        "PICTURES": str(home.pictures),
    }
    done = subprocess.run(  # noqa: S603  # our own program
        [str(Path(sys.executable).with_name("node")), "--test", f"{client}.test.mjs"],
        cwd=Path(__file__).parent,
        env={"PATH": os.environ["PATH"]} | prepared,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
