"""The JavaScript clients, as their own tests in Node tell."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from infra.local.service import Service
from tests.clients.conftest import Account, RemoteItem

HERE = Path(__file__).parent
NODE = Path(sys.executable).with_name("node")


@pytest.mark.parametrize("client", ["sdk", "apiclient"])
def test_a_javascript_client_works_unchanged(
    client: str, service: Service, account: Account, item_id: str, pictures: Path
) -> None:
    _run(client, service, account, {"ITEM_ID": item_id, "PICTURES": str(pictures)})


def test_the_javascript_clients_list_and_apply_remote_images(
    service: Service, account: Account, remote_items: list[RemoteItem]
) -> None:
    items = json.dumps([asdict(item) for item in remote_items])
    _run("remote", service, account, {"ITEM_ID": remote_items[0].id, "PICTURES": "-", "REMOTE_ITEMS": items})


def _run(name: str, service: Service, account: Account, prepared: dict[str, str]) -> None:
    setting = {
        "SERVER_URL": service.base_url,
        "USER_NAME": account.name,
        "USER_PASSWORD": account.password,
        **prepared,
    }
    done = subprocess.run(  # noqa: S603  # our own program
        [str(NODE), "--test", f"{name}.test.mjs"],
        cwd=HERE,
        env={"PATH": os.environ["PATH"]} | setting,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
