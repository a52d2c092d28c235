"""Keep LocalStack from gathering what it never gives back, so that it serves requests by the hundred thousand.

It starts a thread for each invocation's metric and remembers it for ever. On Python 3.13 a thread that somebody
holds and nobody joins keeps its stack, two memory maps of the 65,530 that Linux grants a process: after some
32,000 invocations no thread could start. Its log streams hold every line since the start.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from localstack.services.lambda_.invocation import version_manager
from localstack.utils import threads
from localstack.utils.patch import patch
from moto.logs.models import LogStream

from .live_threads import LiveThreads

METRIC = "record-cloudwatch-metric"
LOG_EVENTS = 20_000
"""Lines that a log stream (of one execution environment) holds; past it the older half goes."""


def apply_patches() -> None:
    """Change modules and classes in place, once per process."""
    threads.TMP_THREADS = LiveThreads(threads.TMP_THREADS)
    _record_metrics_one_after_another()
    _bound_log_streams()


def _record_metrics_one_after_another() -> None:
    recorder = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lambda-metrics")
    original = version_manager.start_thread

    def start_thread(
        method: Callable[..., object], *args: object, name: str | None = None, **options: object
    ) -> object:
        if name and name.startswith(METRIC):
            return recorder.submit(method)
        return original(method, *args, name=name, **options)

    version_manager.start_thread = start_thread


def _bound_log_streams() -> None:
    @patch(target=LogStream.put_log_events)
    def put_log_events(original: Callable[..., str], stream: LogStream, *args: object) -> str:
        token = original(stream, *args)
        if len(stream.events) > LOG_EVENTS:
            del stream.events[: LOG_EVENTS // 2]
        return token
