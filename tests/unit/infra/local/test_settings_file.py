"""The settings of a local service that outlive its cloud."""

import stat
from pathlib import Path

from infra.local import settings_file


def applied(folder: Path, **given: str) -> dict[str, str]:
    variables = dict(given)
    settings_file.apply(folder, variables)
    return variables


def test_what_is_made_at_random_stays(tmp_path: Path) -> None:
    first = applied(tmp_path)
    assert len(first["IMAGE_URL_KEY"]) >= 43
    assert applied(tmp_path) == first


def test_a_setting_holds_until_it_is_given_anew(tmp_path: Path) -> None:
    assert applied(tmp_path, SERVER_NAME="One", PATH="/bin")["SERVER_NAME"] == "One"
    assert applied(tmp_path)["SERVER_NAME"] == "One"
    assert "PATH" not in applied(tmp_path)
    assert applied(tmp_path, SERVER_NAME="")["SERVER_NAME"] == ""
    assert applied(tmp_path)["SERVER_NAME"] == ""


def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    applied(tmp_path)
    assert stat.S_IMODE((tmp_path / settings_file.FILE).stat().st_mode) == 0o600
