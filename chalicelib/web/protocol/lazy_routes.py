"""Routes whose views are imported when somebody asks for them: a cold start pays for one resource, not for all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from threading import RLock

from chalice.app import RouteEntry

type Methods = dict[str, RouteEntry]


class LazyRoutes(Mapping[str, Methods]):
    """Routes by path, of resources named with their paths; `load` registers the routes of one resource.

    The paths are known from the start. Looking one up loads its resource, whose routes then register here.
    """

    def __init__(self, resources: Mapping[str, Sequence[str]], load: Callable[[str], None]) -> None:
        self._paths = resources
        self._resources = {path: name for name, paths in resources.items() for path in paths}
        self._methods: dict[str, Methods] = {path: {} for path in self._resources}
        self._begun: set[str] = set()
        self._load = load
        self._loading = RLock()

    def __getitem__(self, path: str) -> Methods:
        self._need(self._resources[path])
        return self._methods[path]

    def __contains__(self, path: object) -> bool:
        return path in self._methods

    def __iter__(self) -> Iterator[str]:
        return iter(self._methods)

    def __len__(self) -> int:
        return len(self._methods)

    def _need(self, resource: str) -> None:
        """Load a resource once; what it registers meanwhile is looked up here, by other threads when it is done."""
        with self._loading:
            if resource in self._begun:
                return
            self._begun.add(resource)
            try:
                self._load(resource)
            except BaseException:  # whatever it was, the next who asks may have more luck, with a clean slate
                for path in self._paths[resource]:
                    self._methods[path].clear()
                self._begun.discard(resource)
                raise
