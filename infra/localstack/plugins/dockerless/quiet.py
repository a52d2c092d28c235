"""Leave out what LocalStack writes down of every request and nobody on this machine reads."""

import logging
from collections.abc import Callable

from localstack.aws.api import RequestContext
from localstack.aws.handlers.logging import ResponseLogger
from localstack.http import Response
from localstack.services.lambda_.invocation import version_manager
from localstack.utils.patch import patch

FAILED = 500


def apply_patches() -> None:
    """Change modules and classes in place, once per process."""
    _log_only_what_failed()
    _record_no_metrics()


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
