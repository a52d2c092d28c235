"""Build what a deployment uploads: Chalice's template, and one archive of code for all functions.

Chalice gets the sources without requirements and so packs in two seconds. The dependencies come from uv,
which takes the locked list for Lambda's platform whatever this machine is. Bytecode is added: Lambda's file
system is read-only, so each cold start would compile every module again. What was built of the same sources is
taken as it is: a start of the local service, and a test's, costs no build.
"""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import boto3
import yaml

from chalicelib.start import PREPARED
from infra.deployment.archive import compile_for_lambda, write_archive
from infra.deployment.page.pages import lay_down_pages, write_compressed
from infra.deployment.prepared import write_prepared
from infra.deployment.slimming import slim, write_json
from infra.locking import alone
from infra.places import source

SOURCES = ("app.py", "chalicelib", ".chalice")
PAGES = "frontend"
FUNCTION_LOCK = "infra/deployment/function-requirements.txt"
RESOURCES = "infra/resources.yaml"
BUILDERS = (
    "infra/deployment/archive.py",
    "infra/deployment/bundle.py",
    "infra/deployment/prepared.py",
    "infra/deployment/slimming.py",
)
RECIPE = (
    PAGES,
    "infra/deployment/page",
    *BUILDERS,
    "infra/deployment/dashboard.py",
    "infra/deployment/template.py",
    RESOURCES,
    FUNCTION_LOCK,
)
CHALICE_STAGE = "deploy"
"""The one stage in `.chalice/config.json`; how deployments differ is in the stack's parameters."""
LAMBDA_MACHINE = "x86_64"
KEPT = 4
"""Bundles that a folder keeps: a developer goes to and fro between states of the code."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A merged template, and the archive that its functions run."""

    template: dict[str, Any]
    archive: Path


def fingerprint() -> str:
    """Digest everything that decides what a deployment contains."""
    return digest_of((*SOURCES, *RECIPE), f"chalice=={version('chalice')}")


def digest_of(parts: Iterable[str], fact: str = "", find: Callable[[str], Path] = source) -> str:
    """Digest files and folders, by names and content, and a fact besides."""
    digest = hashlib.sha256(fact.encode())
    for name, path in sorted(_named_files(parts, find)):
        digest.update(f"{name}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


def bundle_of_sources(folder: Path) -> Bundle:
    """Return the bundle of the sources as they are; it is built in the folder where that has none of them.

    One process builds at a time. A changed list of dependencies installs them anew.
    """
    kept = folder / hashlib.sha256(f"{fingerprint()} {target_machine(os.environ)}".encode()).hexdigest()[:32]
    with alone(folder, "build"):
        if kept.is_dir():
            kept.touch()
        else:
            _keep(_build(folder / "work"), kept)
            _forget_all_but(KEPT, folder)
    return Bundle(json.loads((kept / "template.json").read_text()), kept / "functions.zip")


def package(folder: Path) -> Bundle:
    """Let Chalice write its template, merged with ours, and an archive of the application alone."""
    app, out = folder / "app", folder / "out"
    _copy_sources(app)
    _package(app, source(RESOURCES), out)
    # libyaml's loader: the one in Python takes three seconds for a template of this size.
    template = yaml.load((out / "sam.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    return Bundle(template, out / "deployment.zip")


def _build(folder: Path) -> Bundle:
    application = package(folder)
    dependencies = _install_dependencies(source(FUNCTION_LOCK), folder / "dependencies")
    archive, static = folder / "functions.zip", _lay_down_static_files(folder / "static")
    write_prepared(static / PREPARED, (application.archive, dependencies))
    write_archive(archive, application.archive, static, dependencies)
    return Bundle(application.template, archive)


def _keep(bundle: Bundle, folder: Path) -> None:
    """Move a bundle to a folder of its own, which is there wholly or not at all."""
    begun = folder.with_suffix(".begun")
    shutil.rmtree(begun, ignore_errors=True)
    begun.mkdir()
    bundle.archive.rename(begun / "functions.zip")
    write_json(begun / "template.json", bundle.template)
    begun.rename(folder)


def _forget_all_but(count: int, folder: Path) -> None:
    bundles = (found.parent for found in folder.glob("*/template.json"))
    for old in sorted(bundles, key=lambda bundle: bundle.stat().st_mtime)[:-count]:
        shutil.rmtree(old)


def _named_files(parts: Iterable[str], find: Callable[[str], Path]) -> Iterator[tuple[str, Path]]:
    """Yield each file with its name in the project, wherever the project lies."""
    for part in parts:
        place = find(part)
        yield from ((str(Path(part, path.relative_to(place))), path) for path in _files(place))


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for below in path.rglob("*"):
        if below.is_file() and "__pycache__" not in below.parts and "deployments" not in below.parts:
            yield below


def _copy_sources(app: Path) -> None:
    shutil.rmtree(app, ignore_errors=True)
    for name, path in _named_files(SOURCES, source):
        target = app / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    (app / "requirements.txt").write_text("")


def _package(app: Path, resources: Path, out: Path) -> None:
    shutil.rmtree(out, ignore_errors=True)
    command = [str(Path(sys.executable).with_name("chalice")), "--project-dir", str(app), "package"]
    options = ["--stage", CHALICE_STAGE, "--template-format", "yaml", "--merge-template", str(resources)]
    _run([*command, *options, str(out)])


def _install_dependencies(requirements: Path, folder: Path) -> Path:
    """Install for Lambda, drop what is not needed there, compile; a stamp remembers from which list."""
    stamp = folder.with_suffix(".sha256")
    machine = target_machine(os.environ)
    wanted = digest_of((FUNCTION_LOCK, *BUILDERS), machine)
    if folder.is_dir() and stamp.is_file() and stamp.read_text() == wanted:
        return folder
    stamp.unlink(missing_ok=True)  # a build that is stopped must not leave packages under it
    shutil.rmtree(folder, ignore_errors=True)
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
    _run(
        [*uv, *_wheels_for(machine), "--link-mode", "copy", "--target", str(folder), "-r", str(requirements)]
    )
    slim(folder)
    for path in sorted(folder.rglob("*.py")):
        compile_for_lambda(path, path.relative_to(folder))
    stamp.write_text(wanted)
    return folder


def target_machine(variables: Mapping[str, str]) -> str:
    """Return what the functions run on: Lambda's machines, or this one where the cloud is emulated."""
    return platform.machine() if variables.get("AWS_ENDPOINT_URL") else LAMBDA_MACHINE


def _wheels_for(machine: str) -> tuple[str, ...]:
    """Return uv's options that take wheels for a machine, whatever this one is."""
    on = ("--python-platform", f"{machine}-manylinux_2_28")
    return (*on, "--python-version", "3.13", "--only-binary", ":all:")


def _lay_down_static_files(folder: Path) -> Path:
    """Write what the functions answer as it is: the page, and compressed forms of the OpenAPI document."""
    lay_down_pages(source(PAGES), folder / "pages")
    document = "chalicelib/api/openapi.json"
    write_compressed(folder / document, source(document).read_bytes())
    (folder / document).unlink()
    return folder


def _run(command: list[str]) -> None:
    """Run a tool quietly; its output is shown when it fails."""
    region = boto3.Session().region_name or "us-east-1"
    environment = os.environ | {"AWS_DEFAULT_REGION": region}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
