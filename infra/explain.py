"""Say in one line what an operator can mend, whichever library met it.

What nobody here can explain is a fault of our own, and keeps its traceback.
"""

from collections.abc import Iterator
from subprocess import CalledProcessError
from urllib.parse import urlsplit

import requests
from botocore import exceptions as aws

from chalicelib.errors import ServiceError
from infra.errors import OperatorError, SettingError
from infra.localstack.daemon import StartError

_OURS = ("app", "chalicelib", "infra")
_CREDENTIALS = "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})

_EXPIRED = frozenset({"ExpiredToken", "ExpiredTokenException", "RequestExpired"})
_UNKNOWN = frozenset(
    {
        "AuthFailure",
        "InvalidAccessKeyId",
        "InvalidClientTokenId",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    }
)
_DENIED = frozenset({"AccessDenied", "AccessDeniedException", "Forbidden", "UnauthorizedOperation", "403"})


def explain(error: BaseException, extra: str = "") -> OperatorError | None:
    """Return what to tell, from the error or from what caused it; None where it is a fault of our own.

    `extra` names the optional packages that the verb needs.
    """
    causes = list(_causes(error))
    for cause in causes:
        if found := _ours(cause, extra) or _of_aws(cause) or _of_http(cause) or _of_the_machine(cause):
            return found
    told = next((cause for cause in causes if isinstance(cause, ServiceError)), None)
    return OperatorError(str(told)) if told else None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what it was raised from; PynamoDB keeps that in an attribute of its own."""
    left: list[BaseException | None] = [error]
    while left:
        if (found := left.pop(0)) is not None:
            yield found
            left += {id(cause): cause for cause in (found.__cause__, getattr(found, "cause", None))}.values()


def _ours(error: BaseException, extra: str) -> OperatorError | None:
    if isinstance(error, OperatorError):
        return error
    if isinstance(error, StartError):
        return OperatorError(str(error))
    if isinstance(error, ModuleNotFoundError) and extra and _package(error) not in _OURS:
        how = f"pip install 'jellyfin-images[{extra}]'"
        return SettingError(f"The package {_package(error)} is not installed. This verb needs it: {how}")
    return None


def _package(error: ModuleNotFoundError) -> str:
    return (error.name or "").partition(".")[0]


def _of_aws(error: BaseException) -> OperatorError | None:
    if isinstance(error, aws.ClientError):
        return _of_answer(error)
    return _of_botocore(error) if isinstance(error, aws.BotoCoreError) else None


def _of_botocore(error: aws.BotoCoreError) -> OperatorError:
    match error:
        case aws.NoCredentialsError() | aws.PartialCredentialsError():
            return SettingError(f"No AWS credentials. {_CREDENTIALS}")
        case aws.NoRegionError():
            return SettingError("No AWS region. Set AWS_REGION, or a region in the profile.")
        case aws.ProfileNotFound() | aws.ConfigNotFound():
            return SettingError(str(error))
        case aws.SSOError() | aws.UnauthorizedSSOTokenError():
            return SettingError("The AWS sign-in has expired. Sign in again: aws sso login")
        case aws.EndpointConnectionError() | aws.ConnectTimeoutError() | aws.ReadTimeoutError():
            return OperatorError(_silent(str(error.kwargs.get("endpoint_url", "AWS"))))
        case _:
            return OperatorError(f"AWS: {error}")


def _of_answer(error: aws.ClientError) -> OperatorError:
    answer = error.response.get("Error", {})
    code, message = answer.get("Code", ""), answer.get("Message", "") or str(error)
    if code in _EXPIRED:
        return SettingError("The AWS credentials have expired. Renew them, for example with: aws sso login")
    if code in _UNKNOWN:
        return SettingError(f"AWS does not accept the credentials ({code}). {_CREDENTIALS}")
    if code in _DENIED or code.startswith("AccessDenied"):
        return OperatorError(f"AWS denies {error.operation_name}: {message}")
    return OperatorError(f"AWS refuses {error.operation_name} ({code}): {message}")


def _of_http(error: BaseException) -> OperatorError | None:
    match error:
        case requests.exceptions.InvalidURL() | requests.exceptions.InvalidSchema():
            return SettingError(f"Not an address of a service: {error}")
        case requests.HTTPError():
            return OperatorError(f"The service refuses a request: {error}")
        case requests.RequestException():
            return OperatorError(_silent(str(error.request.url) if error.request else "the service"))
    return None


def _of_the_machine(error: BaseException) -> OperatorError | None:
    match error:
        case CalledProcessError():
            return OperatorError(f"{_shown(error)} failed with exit status {error.returncode}.")
        case OSError(strerror=str(reason)):
            return OperatorError(f"{reason}: {error.filename}" if error.filename else reason)
    return None


def _shown(error: CalledProcessError) -> str:
    command = [error.cmd] if isinstance(error.cmd, str) else error.cmd
    return " ".join(map(str, command))


def _silent(url: str) -> str:
    if urlsplit(url).hostname in _HERE:
        return f"Nothing answers at {url}. Start the service: jellyfin-images up"
    return f"{url} does not answer. Check the network and the region."
