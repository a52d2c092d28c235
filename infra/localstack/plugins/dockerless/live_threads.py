"""Remember threads only while they run."""

from threading import Thread


class LiveThreads[Kept](list[Kept]):
    """A list of threads, for a shutdown to stop, that drops those which have ended."""

    def append(self, thread: Kept) -> None:
        """Add a thread; what is no thread, such as a pool, stays."""
        self[:] = [kept for kept in self if not has_ended(kept)]
        super().append(thread)


def has_ended(kept: object) -> bool:
    """Tell whether this is a thread that ran and is done."""
    return isinstance(kept, Thread) and kept.ident is not None and not kept.is_alive()
