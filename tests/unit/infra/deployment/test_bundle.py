"""What decides whether a deployment is a new one, and what its archive holds."""

import json
import os
import zipfile
from pathlib import Path

import pytest

from infra.deployment.archive import write_archive
from infra.deployment.bundle import (
    Bundle,
    _forget_all_but,
    _install_dependencies,
    _keep,
    digest_of,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "chalicelib").mkdir()
    (tmp_path / "app.py").write_text("app = 1\n")
    (tmp_path / "chalicelib" / "one.py").write_text("one = 1\n")
    return tmp_path


def digest(root: Path) -> str:
    return digest_of(("app.py", "chalicelib"), find=root.joinpath)


def test_the_same_files_have_the_same_fingerprint(root: Path) -> None:
    before = digest(root)
    (root / "app.py").touch()
    (root / "chalicelib" / "__pycache__").mkdir()
    (root / "chalicelib" / "__pycache__" / "one.pyc").write_bytes(b"x")
    assert digest(root) == before


@pytest.mark.parametrize("change", ["content", "name", "new"])
def test_any_change_of_the_files_changes_it(root: Path, change: str) -> None:
    before, one = digest(root), root / "chalicelib" / "one.py"
    match change:
        case "content":
            one.write_text("one = 2\n")
        case "name":
            one.rename(one.with_name("two.py"))
        case _:
            one.with_name("empty.txt").touch()
    assert digest(root) != before


def archive(root: Path, name: str) -> Path:
    application = root / "application.zip"
    with zipfile.ZipFile(application, "w") as packed:
        packed.writestr("app.py", "app = 1\n")
        packed.writestr("chalicelib/font.ttf", b"\0")
    dependencies = root / "dependencies"
    dependencies.mkdir(exist_ok=True)
    (dependencies / "six.py").write_text("six = 6\n")
    made = root / name
    write_archive(made, application, dependencies)
    return made


def test_an_archive_holds_code_with_its_bytecode_data_and_dependencies(tmp_path: Path) -> None:
    with zipfile.ZipFile(archive(tmp_path, "a.zip")) as made:
        assert made.namelist() == [
            "__pycache__/app.cpython-313.pyc",
            "app.py",
            "chalicelib/font.ttf",
            "six.py",
        ]
        assert {entry.external_attr >> 16 for entry in made.infolist()} == {0o644}


def test_an_archive_made_again_is_the_same(tmp_path: Path) -> None:
    assert archive(tmp_path, "a.zip").read_bytes() == archive(tmp_path, "b.zip").read_bytes()


def keep(folder: Path, name: str) -> Bundle:
    built = folder / "built.zip"
    built.write_text(name)
    _keep(Bundle({"named": name}, built), folder / name)
    return Bundle({"named": name}, folder / name / "functions.zip")


def test_the_bundles_used_last_are_kept(tmp_path: Path) -> None:
    for place, name in enumerate("abcd"):
        keep(tmp_path, name)
        os.utime(tmp_path / name, (place, place))
    os.utime(tmp_path / "a")
    _forget_all_but(2, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "d"]


def test_a_bundle_that_was_begun_and_not_ended_is_no_bundle(tmp_path: Path) -> None:
    (tmp_path / "a.begun").mkdir()
    (tmp_path / "a.begun" / "functions.zip").write_text("half")
    kept = keep(tmp_path, "a")
    assert kept.archive.read_text() == "a"
    assert json.loads(kept.archive.with_name("template.json").read_text()) == kept.template
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_stopped_installation_is_not_taken_for_a_whole_one(tmp_path: Path) -> None:
    folder, stamp = tmp_path / "dependencies", tmp_path / "dependencies.sha256"
    folder.mkdir()
    stamp.write_text("of an earlier list")
    with pytest.raises(SystemExit):
        _install_dependencies(tmp_path / "missing.txt", folder)
    assert not stamp.exists()
