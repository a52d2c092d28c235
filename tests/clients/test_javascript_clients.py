"""The JavaScript clients, as their own tests in Node tell."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from infra.service import Service
from tests.clients.conftest import Account

HERE = Path(__file__).parent
NODE = Path(sys.executable).with_name("node")


@pytest.mark.parametrize("client", ["sdk", "apiclient"])
def test_a_javascript_client_works_unchanged(
    client: str, service: Service, account: Account, item_id: str, pictures: Path
) -> None:
    setting = {
        "SERVER_URL": service.base_url,
        "USER_NAME": account.name,
        "USER_PASSWORD": account.password,
        "ITEM_ID": item_id,
        "PICTURES": str(pictures),
    }
    done = subprocess.run(  # noqa: S603  # our own program
        [str(NODE), "--test", f"{client}.test.mjs"],
        cwd=HERE,
        env={"PATH": os.environ["PATH"]} | setting,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
