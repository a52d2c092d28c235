"""Serve DynamoDB from moto, inside LocalStack's own process: nothing to download, no Java.

Moto's DynamoDB was made for one thread: a condition is checked in one step and the item written in another.
LocalStack calls it from many, so every operation takes one lock.
"""

from collections.abc import Callable
from functools import wraps
from threading import RLock

from localstack.aws.api.dynamodb import DynamodbApi
from localstack.aws.skeleton import DispatchTable
from localstack.services.moto import MotoFallbackDispatcher
from localstack.services.plugins import Service

type Handler = Callable[..., object]


class InProcessDynamoDB(DynamodbApi):
    """Implement no operation, so that every one falls through to moto."""


def create_service() -> Service:
    """Return the service as LocalStack's plugin loader wants it."""
    return Service.for_provider(InProcessDynamoDB(), dispatch_table_factory=_serialised_dispatcher)


def _serialised_dispatcher(provider: DynamodbApi) -> DispatchTable:
    lock = RLock()
    return {
        operation: _locked(lock, handler) for operation, handler in MotoFallbackDispatcher(provider).items()
    }


def _locked(lock: RLock, handler: Handler) -> Handler:
    @wraps(handler)
    def call(*args: object, **kwargs: object) -> object:
        with lock:
            return handler(*args, **kwargs)

    return call
