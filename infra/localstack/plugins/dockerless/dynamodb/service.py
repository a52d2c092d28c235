"""Offer moto's DynamoDB to LocalStack as one of its services.

Moto's DynamoDB was made for one thread: a condition is checked in one step and the item written in another.
LocalStack calls it from many, so every operation takes one lock.
"""

import copy
from collections.abc import Callable, Mapping, Sequence
from functools import cache, wraps
from threading import RLock
from typing import Any

from localstack.aws.api import RequestContext, ServiceRequest
from localstack.aws.api.dynamodb import DynamodbApi
from localstack.aws.forwarder import ForwardingFallbackDispatcher
from localstack.aws.skeleton import DispatchTable
from localstack.http import Response
from localstack.services.cloudformation.resource_provider import ProgressEvent, ResourceRequest
from localstack.services.dynamodb.resource_providers.aws_dynamodb_table import DynamoDBTableProvider
from localstack.services.moto import dispatch_to_moto
from localstack.services.plugins import Service
from localstack.utils.patch import patch
from moto.core import responses
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table

from ..persistence.rows import bare_name
from . import expressions, reads, values

LOCK = RLock()
"""Held by every operation; whoever reads the tables from outside takes it too."""

type Handler = Callable[..., object]
type Write = Mapping[str, Mapping[str, Any]]


class InProcessDynamoDB(DynamodbApi):
    """Implement no operation, so that every one falls through to moto."""


def create_service() -> Service:
    """Return the service as LocalStack's plugin loader wants it."""
    _set_recovery_from_templates()
    _copy_only_what_a_transaction_touches()
    for part in (reads, values, expressions):
        part.apply_patches()
    # Moto looks through the class of a service's operations at every call.
    responses.method_names_from_class = cache(responses.method_names_from_class)
    return Service.for_provider(InProcessDynamoDB(), dispatch_table_factory=_serialised_dispatcher)


def _serialised_dispatcher(provider: DynamodbApi) -> DispatchTable:
    forwarded = ForwardingFallbackDispatcher(provider, _forward)
    return {operation: _locked(handler) for operation, handler in forwarded.items()}


def _forward(context: RequestContext, _: ServiceRequest) -> Response:
    """Answer in moto's own words: LocalStack would read them, and write the same anew."""
    return dispatch_to_moto(context)


def _locked(handler: Handler) -> Handler:
    @wraps(handler)
    def call(*args: object, **kwargs: object) -> object:
        with LOCK:
            return handler(*args, **kwargs)

    return call


def _set_recovery_from_templates() -> None:
    """Heed ``PointInTimeRecoverySpecification``, which LocalStack's CloudFormation reads and drops."""

    @patch(target=DynamoDBTableProvider.create)
    def create(original: Handler, provider: DynamoDBTableProvider, request: ResourceRequest) -> ProgressEvent:
        progress = original(provider, request)
        if wanted := request.desired_state.get("PointInTimeRecoverySpecification"):
            request.aws_client_factory.dynamodb.update_continuous_backups(
                TableName=request.desired_state["TableName"], PointInTimeRecoverySpecification=wanted
            )
        return progress


def _copy_only_what_a_transaction_touches() -> None:
    """Spare each transaction the deep copy of whole tables that moto makes to be able to roll back."""

    @patch(target=DynamoDBBackend.transact_write_items)
    def transact_write_items(
        original: Handler, backend: DynamoDBBackend, transact_items: Sequence[Write]
    ) -> object:
        # Only an update changes a row itself, which other parts of the transaction may have saved.
        is_copied = any("Update" in item for item in transact_items)
        writes = (write for item in transact_items for write in item.values())
        before = [_saved(backend, write, is_copied=is_copied) for write in writes]
        Table.__deepcopy__ = lambda table, _memo: table
        try:
            return original(backend, transact_items)
        except Exception:
            for restore in before:
                restore()
            raise
        finally:
            del Table.__deepcopy__


def _saved(backend: DynamoDBBackend, write: Mapping[str, Any], *, is_copied: bool) -> Callable[[], None]:
    """Keep the row that ``write`` goes to, or a copy of it, and return what puts it back."""
    table = backend.tables.get(bare_name(write["TableName"]))
    values = write.get("Key", write.get("Item", {}))
    if table is None or any(name not in values for name in _key_names(table)):
        return lambda: None  # moto will refuse it
    rows: dict[DynamoType, Any] = table.items
    key, *range_key = (DynamoType(values[name]) for name in _key_names(table))
    if range_key and key in rows:
        rows, key = rows[key], range_key[0]
    if key not in rows:
        return lambda: _removed(rows, key)
    row = copy.deepcopy(rows[key]) if is_copied else rows[key]
    return lambda: rows.update({key: row})


def _removed(rows: dict[DynamoType, Any], key: DynamoType) -> None:
    rows.pop(key, None)


def _key_names(table: Table) -> list[str]:
    return [name for name in (table.hash_key_attr, table.range_key_attr) if name]
