"""The deployed stack against its own OpenAPI document: each operation is fuzzed once."""

from pathlib import Path

import pytest
import requests

from infra.local.service import Service
from tests.support.documented import faults_of


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
    url, key = service.base_url, service.admin_api_key
    assert faults_of(url, key, tmp_path, phases="fuzzing", is_shared=True, workers=4) == ""
