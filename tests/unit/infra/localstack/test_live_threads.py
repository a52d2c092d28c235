"""A list of threads holds on to those that run."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

from infra.localstack.plugins.dockerless.live_threads import LiveThreads


def test_threads_that_have_ended_are_dropped_and_all_else_is_kept() -> None:
    end = Event()
    running, later = Thread(target=end.wait, daemon=True), Thread(target=end.wait)
    running.start()
    pool = ThreadPoolExecutor(1)
    kept: LiveThreads[object] = LiveThreads([pool])
    for thread in (running, later):
        kept.append(thread)
    for _ in range(100):
        ended = Thread(target=int)
        ended.start()
        ended.join()
        kept.append(ended)
    assert kept == [pool, running, later, ended]
    end.set()
