"""Write which resource of the API answers which path: `python -m infra.openapi.paths`, after a view was added."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from chalicelib import api
from chalicelib.web.protocol.blueprint import Routes

PATH = Path(api.__path__[0]) / "paths.py"

_HEAD = '''"""Which resource answers which paths, known without importing any; `make openapi` writes it anew."""

from collections.abc import Mapping, Sequence

PATHS: Mapping[str, Sequence[str]] = {
'''


def text() -> str:
    """Return the module as it should be, formatted as ruff does."""
    return _HEAD + "".join(_entry(name, routes.paths) for name, routes in _resources()) + "}\n"


def _resources() -> Iterator[tuple[str, Routes]]:
    prefix = f"{api.__name__}."
    for module in walk_packages(api.__path__, prefix):
        routes = getattr(import_module(module.name), "routes", None)
        if isinstance(routes, Routes):
            yield module.name.removeprefix(prefix), routes


def _entry(name: str, paths: Iterable[str]) -> str:
    lines = "".join(f'        "{path}",\n' for path in sorted(paths))
    return f'    "{name}": [\n{lines}    ],\n'


if __name__ == "__main__":
    PATH.write_text(text())
