"""The deployed stack against its own OpenAPI document, asked by schemathesis."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from infra.local.service import Service
from infra.places import PROJECT

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
LOGIN = "/Users/AuthenticateByName"
"""Left out: wrong passwords by the dozen slow down the other tests' logins, as they should."""


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_the_document_is_sent_compressed_to_whoever_takes_that(service: Service, coding: str) -> None:
    url, headers = f"{service.base_url}/openapi.json", {"Accept-Encoding": coding}
    with requests.get(url, headers=headers, stream=True, timeout=30) as answer:
        sent = answer.raw.read(decode_content=False)
    plain = requests.get(url, headers={"Accept-Encoding": "identity"}, timeout=30)
    assert answer.headers["Content-Encoding"] == coding
    assert "Content-Encoding" not in plain.headers
    assert len(sent) < len(plain.content) / 5


@pytest.mark.timeout(400)
def test_no_answer_is_a_5xx_or_outside_the_document(service: Service, tmp_path: Path) -> None:
    command = [
        str(SCHEMATHESIS),
        "run",
        f"{service.base_url}/openapi.json",
        *("--header", f"X-Emby-Token: {service.admin_api_key}"),
        *("--exclude-path", LOGIN),
        *("--checks", CHECKS),
        *("--phases", "examples,fuzzing"),
        *("--max-examples", "1", "--seed", "20261122", "--workers", "4", "--no-color"),
    ]
    # What Hypothesis computes once of Unicode takes five seconds, and is there already.
    environment = os.environ | {"HYPOTHESIS_STORAGE_DIRECTORY": str(PROJECT / ".hypothesis")}
    done = subprocess.run(  # noqa: S603  # our own program
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=380
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
