"""The command line: what can be typed, and what an operator reads when it cannot work."""

import json
import os
import re
import subprocess
import sys
from importlib import import_module
from inspect import signature
from pathlib import Path

import pytest

from chalicelib.domain.library.resolving.resolver import Content
from infra import cli
from infra.errors import OperatorError, SettingError
from infra.places import PROJECT
from infra.verbs import VERBS, Verb, argument

NAMES = [verb.name for verb in VERBS]
WITHOUT_AWS = {
    "PATH": os.defpath,
    "HOME": "/nonexistent",
    "AWS_EC2_METADATA_DISABLED": "true",
    "COLUMNS": "100",
}


def typed(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as an operator does, in an environment without AWS and without a service."""
    command = [sys.executable, "-m", "infra.cli", *arguments]
    return subprocess.run(  # noqa: S603  # our own program
        command,
        env=WITHOUT_AWS | environment,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_every_verb_is_listed_once_with_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        cli.main(["--help"])
    listed = re.findall(r"^  ([a-z-]+) +[A-Z].*\.$", capsys.readouterr().out, re.MULTILINE)
    assert listed == NAMES
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("verb", VERBS, ids=NAMES)
def test_a_verb_names_a_function_of_the_parsed_arguments(verb: Verb) -> None:
    module, function = verb.run.split(":")
    assert len(signature(getattr(import_module(module), function)).parameters) == 1


@pytest.mark.parametrize("verb", VERBS, ids=NAMES)
def test_a_verbs_help_says_what_it_does(verb: Verb, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        cli.main([verb.name, "--help"])
    shown = " ".join(capsys.readouterr().out.split())
    assert f"usage: jellyfin-images {verb.name}" in shown
    assert verb.summary in shown


def test_the_importer_knows_every_content_that_can_be_typed() -> None:
    arguments = next(verb.arguments for verb in VERBS if verb.name == "import")
    choices = next(one.settings["choices"] for one in arguments if "--content" in one.names)
    assert set(choices) == {content.value for content in Content}


def test_help_imports_nothing_of_the_verbs() -> None:
    code = (
        "import contextlib, json, sys; from infra import cli\n"
        "with contextlib.suppress(SystemExit): cli.main(['--help'])\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  # ours
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert loaded.isdisjoint(
        {"boto3", "botocore", "requests", "rich", "PIL", "pynamodb", "app", "chalicelib"}
    )


MISTAKES: list[tuple[list[str], dict[str, str], str]] = [
    (["queue"], {}, "No service runs here. Start it with jellyfin-images up, or name a --stage."),
    (["import", "."], {}, "No service runs here. Start it with jellyfin-images up, or give its address"),
    (["import", "/nowhere"], {}, "/nowhere is not a folder."),
    (["import", ".", "--url", "here:1"], {"ADMIN_API_KEY": "x"}, "--url is 'here:1'. Give an address"),
    (["queue", "--stage", "prod"], {}, "No AWS region. Set AWS_REGION, or a region in the profile."),
    (["queue", "--stage", "prod"], {"AWS_REGION": "eu-west-1"}, "No AWS credentials. Set AWS_PROFILE"),
    (
        ["report", "--stage", "prod"],
        {"AWS_PROFILE": "nobody"},
        "The config profile (nobody) could not be",
    ),
]
"""What is typed in which environment, and how the line begins that an operator reads."""

TYPED_IN_TURN = """
import json, os, sys, tempfile

import boto3, requests, rich.console

from infra import cli

for arguments, environment in json.load(sys.stdin):
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        if not (child := os.fork()):
            os.dup2(out.fileno(), 1), os.dup2(err.fileno(), 2)
            os.environ.clear(), os.environ.update(environment)
            sys.exit(cli.main(arguments))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out.seek(0), err.seek(0)
        print(json.dumps([status, out.read().decode(), err.read().decode()]), flush=True)
"""
"""Each is a process of its own, but for the libraries that would take it a second to import."""


def test_what_cannot_work_as_given_is_one_line_and_exit_status_2(tmp_path: Path) -> None:
    given = [(arguments, WITHOUT_AWS | more | {"RUN_DIR": str(tmp_path)}) for arguments, more, _ in MISTAKES]
    done = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-c", TYPED_IN_TURN],
        input=json.dumps(given),
        env=WITHOUT_AWS,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    for (arguments, _, told), (status, out, err) in zip(MISTAKES, answers, strict=True):
        assert (status, out) == (2, ""), (arguments, err)
        assert err.startswith(f"jellyfin-images: {told}"), arguments
        assert len(err.splitlines()) == 1, err


def test_a_service_that_does_not_answer_is_one_line_and_exit_status_1(tmp_path: Path) -> None:
    aws = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": "us-east-1"}
    away = aws | {"AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_MAX_ATTEMPTS": "1"}
    done = typed("queue", "--stage", "prod", RUN_DIR=str(tmp_path), **away)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Nothing answers at http://127.0.0.1:1" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def verb_that(raised: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command have one verb, which raises."""

    def fail(_: object) -> None:
        raise raised

    monkeypatch.setattr(cli, "VERBS", (Verb("fail", "", "Fail.", "fakes:fail", (argument("--x"),)),))
    monkeypatch.setattr(cli, "run", lambda _verb, options: fail(options))


@pytest.mark.parametrize(
    ("raised", "status"),
    [(OperatorError("Broken."), 1), (SettingError("Broken."), 2), (KeyboardInterrupt(), 130)],
)
def test_how_it_went_is_the_exit_status(
    raised: BaseException,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    verb_that(raised, monkeypatch)
    assert cli.main(["fail"]) == status
    assert capsys.readouterr().err == ("" if status == 130 else "jellyfin-images: Broken.\n")


def test_a_fault_of_our_own_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    verb_that(KeyError("ours"), monkeypatch)
    with pytest.raises(KeyError):
        cli.main(["fail"])


def test_whoever_reads_only_the_beginning_breaks_nothing() -> None:
    command = f"{sys.executable} -m infra.cli --help | head -1"
    done = subprocess.run(command, shell=True, cwd=PROJECT, capture_output=True, text=True, check=True)  # noqa: S602  # ours
    assert (done.stdout, done.stderr) == ("usage: jellyfin-images [-h] VERB ...\n", "")


def test_another_python_is_told_in_one_line() -> None:
    code = "import sys; sys.version_info = (3, 12, 4, 'final', 0); import infra"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)  # noqa: S603  # ours
    assert done.returncode == 1
    assert re.fullmatch(r"Python 3\.13 is needed; this is .*\n", done.stderr)
