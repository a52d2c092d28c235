"""Many hands: a bounded number of threads over a bounded queue, fed by a generator."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import BoundedSemaphore, Event


def each_in_parallel[T](things: Iterable[T], work: Callable[[T], None], workers: int, stop: Event) -> None:
    """Do a piece of work for each thing until there is none left or `stop` is set; the first error is raised.

    No more things are drawn than twice the number of workers ahead of what is done.
    """
    places = BoundedSemaphore(workers * 2)
    failed: list[BaseException] = []

    def run(thing: T) -> None:
        if not stop.is_set():
            work(thing)

    def done(future: Future[None]) -> None:
        if error := future.exception():
            failed.append(error)
            stop.set()
        places.release()

    with ThreadPoolExecutor(workers, thread_name_prefix="import") as pool:
        try:
            for thing in things:
                places.acquire()  # released when the work is done
                if stop.is_set():
                    break
                pool.submit(run, thing).add_done_callback(done)
            else:
                for _ in range(workers * 2):  # waits here, where an interruption still stops the others
                    places.acquire()
        except BaseException:
            stop.set()
            raise
    if failed:
        raise failed[0]
