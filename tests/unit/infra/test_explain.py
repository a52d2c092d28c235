"""What an operator reads of an error that some library met."""

import subprocess

import pytest
import requests
from botocore import exceptions as aws

from chalicelib.errors import BusyError, NotFoundError
from infra.errors import OperatorError, SettingError
from infra.explain import explain
from infra.localstack.daemon import StartError


def refused(code: str, message: str = "Not you.") -> aws.ClientError:
    """Return what AWS answers."""
    return aws.ClientError({"Error": {"Code": code, "Message": message}}, "DescribeStacks")


def caused[E: Exception](error: E, cause: BaseException) -> E:
    """Return an error as if it was raised from another."""
    error.__cause__ = cause
    return error


SETTINGS = [
    (aws.NoCredentialsError(), "No AWS credentials. Set AWS_PROFILE"),
    (aws.PartialCredentialsError(provider="env", cred_var="x"), "No AWS credentials."),
    (aws.NoRegionError(), "No AWS region. Set AWS_REGION"),
    (aws.UnauthorizedSSOTokenError(), "The AWS sign-in has expired."),
    (refused("ExpiredToken"), "The AWS credentials have expired."),
    (refused("ExpiredTokenException"), "The AWS credentials have expired."),
    (refused("InvalidClientTokenId"), "AWS does not accept the credentials (InvalidClientTokenId)."),
    (requests.exceptions.InvalidSchema("no adapter for 'x:'"), "Not an address of a service"),
]
FAILURES = [
    (refused("AccessDenied"), "AWS denies DescribeStacks: Not you."),
    (refused("AccessDeniedException"), "AWS denies DescribeStacks: Not you."),
    (refused("Throttling", "Slow down."), "AWS refuses DescribeStacks (Throttling): Slow down."),
    (
        aws.EndpointConnectionError(endpoint_url="http://127.0.0.1:4566/"),
        "Nothing answers at http://127.0.0.1:4566/. Start the service: jellyfin-images up",
    ),
    (
        aws.EndpointConnectionError(endpoint_url="https://sqs.eu-nowhere-1.amazonaws.com/"),
        "https://sqs.eu-nowhere-1.amazonaws.com/ does not answer.",
    ),
    (
        requests.ConnectionError(request=requests.Request("GET", "http://127.0.0.1:8096/Items")),
        "Nothing answers at http://127.0.0.1:8096/Items.",
    ),
    (requests.HTTPError("401 Client Error"), "The service refuses a request: 401"),
    (StartError("port 8096 is taken by another program; set FRONT_DOOR_PORT"), "port 8096 is taken"),
    (subprocess.CalledProcessError(2, ["uv", "venv"]), "uv venv failed with exit status 2."),
    (OSError(28, "No space left on device"), "No space left on device"),
    (PermissionError(13, "Permission denied", "/run/x"), "Permission denied: /run/x"),
    (NotFoundError("No such item."), "No such item."),
    (caused(BusyError("Query is not available."), aws.NoRegionError()), "No AWS region."),
    (caused(RuntimeError("of a library"), refused("AccessDenied")), "AWS denies DescribeStacks"),
]


@pytest.mark.parametrize(("error", "told"), SETTINGS, ids=str)
def test_what_the_operator_has_set_wrongly_is_exit_status_2(error: Exception, told: str) -> None:
    explained = explain(error)
    assert isinstance(explained, SettingError)
    assert str(explained).startswith(told)
    assert len(str(explained).splitlines()) == 1


@pytest.mark.parametrize(("error", "told"), FAILURES, ids=str)
def test_what_failed_is_exit_status_1(error: Exception, told: str) -> None:
    explained = explain(error)
    assert isinstance(explained, OperatorError)
    if not isinstance(error.__cause__, aws.NoRegionError):
        assert explained.exit_status == 1
    assert str(explained).startswith(told)


def test_pynamodb_keeps_the_cause_in_an_attribute() -> None:
    error = RuntimeError("Failed to query items")
    error.cause = aws.NoCredentialsError()  # type: ignore[attr-defined]  # as PynamoDB's errors have it
    assert str(explain(error)).startswith("No AWS credentials.")


def test_a_missing_package_names_what_to_install() -> None:
    error = ModuleNotFoundError("No module named 'chalice'", name="chalice.cli")
    assert str(explain(error, "local")).endswith("pip install 'jellyfin-images[local]'")
    assert explain(ModuleNotFoundError(name="infra.nothing"), "local") is None


@pytest.mark.parametrize("error", [KeyError("x"), ValueError("x"), AssertionError()], ids=repr)
def test_a_fault_of_our_own_is_not_explained_away(error: Exception) -> None:
    assert explain(error) is None
