"""Keep LocalStack from gathering what it never gives back, so that it serves requests by the hundred thousand.

It remembers every thread that it started for ever; one that somebody holds and nobody joins keeps its stack. Its
log streams hold every line since the start.
"""

from collections.abc import Callable

from localstack.utils import threads
from localstack.utils.patch import patch
from moto.logs.models import LogGroup

from .live_threads import LiveThreads

LOG_EVENTS = 4_000
"""Lines that a log stream (of one execution environment) holds; past it the older half goes."""


def apply_patches() -> None:
    """Change modules and classes in place, once per process."""
    threads.TMP_THREADS = LiveThreads(threads.TMP_THREADS)
    _bound_log_streams()


def _bound_log_streams() -> None:
    # Not the stream's own method: LocalStack puts another in its place when the service is first used.
    @patch(target=LogGroup.put_log_events)
    def put_log_events(
        original: Callable[..., str], group: LogGroup, log_stream_name: str, *args: object, **options: object
    ) -> str:
        token = original(group, log_stream_name, *args, **options)
        events = group.streams[log_stream_name].events
        if len(events) > LOG_EVENTS:
            del events[: len(events) - LOG_EVENTS // 2]
        return token
