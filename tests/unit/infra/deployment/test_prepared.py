"""What the archive brings compiled for the first answer of a process."""

import re
from pathlib import Path

import pytest
import urllib3
from urllib3.util import url

from chalicelib.start import ENGINE, loads
from infra.deployment.prepared import write_prepared
from infra.places import PROJECT

PACKAGES = Path(urllib3.__file__).parents[1]


def test_what_a_first_answer_compiles_is_kept_and_is_what_python_compiles(tmp_path: Path) -> None:
    write_prepared(tmp_path / "prepared", (PROJECT, PACKAGES))
    prepared = loads((tmp_path / "prepared").read_bytes())
    assert prepared
    for (pattern, flags), program in prepared.programs.items():
        assert ENGINE.compile(pattern, *program) == re.compile(pattern, flags)
    slowest = {vars(url)[name].pattern for name in ("_HOST_PORT_RE", "_IPV6_RE")}
    assert slowest <= {pattern for pattern, _ in prepared.programs}
    assert any("image_type" in text for text in prepared.codes)
    for text, code in prepared.codes.items():
        assert (
            compile(text, "<string>", "exec" if text.startswith("def ") else "eval", dont_inherit=True)
            == code
        )


def test_code_that_cannot_be_imported_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="was not prepared"):
        write_prepared(tmp_path / "prepared", (tmp_path,))
