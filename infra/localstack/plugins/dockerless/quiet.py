"""Leave out what LocalStack does for every request and nobody on this machine asks for."""

import logging
from collections.abc import Callable
from functools import lru_cache

from localstack.aws.api import RequestContext
from localstack.aws.handlers.internal import LocalstackResourceHandler
from localstack.aws.handlers.logging import ResponseLogger
from localstack.aws.handlers.routes import RouterHandler
from localstack.aws.handlers.service import ServiceResponseParser
from localstack.aws.protocol import serializer
from localstack.constants import INTERNAL_RESOURCE_PATH
from localstack.http import Response
from localstack.services.lambda_.invocation import version_manager
from localstack.utils.patch import patch

FAILED = 500
REFUSED = 400


def apply_patches() -> None:
    """Change modules and classes in place, once per process."""
    _log_only_what_failed()
    _record_no_metrics()
    _read_no_answers()
    _look_up_resources_by_their_prefix()
    _look_up_no_route_for_named_operations()
    # S3 words the time of an object and reads it again, for every answer, with a parser of dates in any form.
    serializer.parse_to_aware_datetime = lru_cache(maxsize=4096)(serializer.parse_to_aware_datetime)


def _log_only_what_failed() -> None:
    """Spare the log its line for each request, which copies body and headers; with ``DEBUG`` they are there."""

    @patch(target=ResponseLogger.__call__)
    def log(
        original: Callable[..., None],
        logger: ResponseLogger,
        chain: object,
        context: RequestContext,
        response: Response,
    ) -> None:
        if response.status_code >= FAILED or logging.getLogger("localstack").isEnabledFor(logging.DEBUG):
            original(logger, chain, context, response)


def _record_no_metrics() -> None:
    """Record no metric of an invocation: its CloudWatch has no dashboard and raises no alarm here.

    LocalStack starts a thread for each and holds on to it. On Python 3.13 that costs two memory maps, of the 65,530
    that Linux grants a process: after some 32,000 invocations no thread could start.
    """
    original = version_manager.start_thread

    def start_thread(method: object, *args: object, name: str | None = None, **options: object) -> object:
        is_metric = bool(name and name.startswith("record-cloudwatch-metric"))
        return None if is_metric else original(method, *args, name=name, **options)

    version_manager.start_thread = start_thread


def _read_no_answers() -> None:
    """Leave answers of moto unread that are no errors: it would be for handlers that count and trace."""

    @patch(target=ServiceResponseParser.__call__)
    def parse(
        original: Callable[..., None],
        parser: ServiceResponseParser,
        chain: object,
        context: RequestContext,
        response: Response,
    ) -> None:
        if response.status_code >= REFUSED:
            original(parser, chain, context, response)


def _look_up_resources_by_their_prefix() -> None:
    """Spare each request a search among LocalStack's own resources, which have a path of their own."""

    @patch(target=LocalstackResourceHandler.__call__)
    def serve(
        original: Callable[..., None],
        handler: LocalstackResourceHandler,
        chain: object,
        context: RequestContext,
        response: Response,
    ) -> None:
        if context.request.path.startswith(INTERNAL_RESOURCE_PATH):
            original(handler, chain, context, response)


def _look_up_no_route_for_named_operations() -> None:
    """Spare calls that name their operation, as DynamoDB's and SQS's do, a search for routes by host and path."""

    @patch(target=RouterHandler.__call__)
    def serve(
        original: Callable[..., None],
        handler: RouterHandler,
        chain: object,
        context: RequestContext,
        response: Response,
    ) -> None:
        if "X-Amz-Target" not in context.request.headers:
            original(handler, chain, context, response)
