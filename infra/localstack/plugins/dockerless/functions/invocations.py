"""Patch LocalStack's Lambda service: payload limits, and a queue in place of ever more environments."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache

import boto3
from localstack.aws.api.lambda_ import InvocationType, RequestTooLargeException, TooManyRequestsException
from localstack.services.lambda_.invocation import execution_environment, lambda_models
from localstack.services.lambda_.invocation.assignment import AssignmentService
from localstack.services.lambda_.invocation.counting_service import CountingService
from localstack.services.lambda_.invocation.lambda_service import LambdaService
from localstack.utils.patch import patch

from ..limits import LAMBDA_EVENT_BYTES, LAMBDA_PAYLOAD_BYTES
from ..settings import current_settings
from .alarms import Alarm
from .fleet import QueueTimeoutError, Turnstile


class SnapshotDict[Key, Value](dict[Key, Value]):
    """Let other threads add and remove entries while one goes through the values."""

    def values(self) -> list[Value]:  # type: ignore[override]  # a list is all that LocalStack needs of the view
        """Return the values of this moment."""
        return list(super().values())


def apply_patches() -> None:
    """Change the classes in place, once per process."""
    _limit_payloads()
    _queue_invocations()
    _survive_concurrent_starts()
    _sign_with_one_client()
    # LocalStack starts a timer, which is a thread, after every invocation, and stops it before the next.
    execution_environment.Timer = Alarm


def _limit_payloads() -> None:
    @patch(target=LambdaService.invoke)
    def invoke(
        original: Callable[..., object],
        service: LambdaService,
        *args: object,
        payload: bytes | None,
        invocation_type: str | None,
        **kwargs: object,
    ) -> object:
        _check_size(payload or b"", is_event=invocation_type == InvocationType.Event)
        return original(service, *args, payload=payload, invocation_type=invocation_type, **kwargs)


def _check_size(payload: bytes, *, is_event: bool) -> None:
    limit = LAMBDA_EVENT_BYTES if is_event else LAMBDA_PAYLOAD_BYTES
    if len(payload) > limit:
        message = f"Request must be smaller than {limit} bytes for the InvokeFunction operation"
        raise RequestTooLargeException(message, Type="User")


def _queue_invocations() -> None:
    turnstile = Turnstile(current_settings().max_environments, current_settings().queue_seconds)

    @patch(target=CountingService.get_invocation_lease)
    @contextmanager
    def get_invocation_lease(
        original: Callable[..., AbstractContextManager[object]],
        service: CountingService,
        *args: object,
        **kwargs: object,
    ) -> Iterator[object]:
        try:
            with turnstile.place(), original(service, *args, **kwargs) as lease:
                yield lease
        except QueueTimeoutError as error:
            message = "Rate Exceeded."
            raise TooManyRequestsException(
                message, Reason="ConcurrentInvocationLimitExceeded", Type="User"
            ) from error


def _survive_concurrent_starts() -> None:
    @patch(target=AssignmentService.__init__)
    def initialise(original: Callable[..., object], service: AssignmentService) -> None:
        original(service)
        service.environments = defaultdict(SnapshotDict)


def _sign_with_one_client() -> None:
    """Keep the client that signs the URL of a function's code.

    LocalStack makes one for each GetFunction, which a deployment polls: 0.3 seconds of core.
    """

    class Clients:
        client = staticmethod(cache(boto3.client))

    lambda_models.boto3 = Clients
