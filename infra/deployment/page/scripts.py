"""Join the page's modules into one script, so that a browser asks once rather than from one import to the next.

The modules share one scope in it, so no two of them may declare the same name. One that gives its exports as a list
at its end, as what npm packages are bundled into does, has short names of its own and stays in a function. What is
imported by `import()` alone stays a module of its own and takes what it needs from the joined one. The modules keep
to a simple style, which is checked: an import or export begins a line and ends on it, and nothing is renamed.
"""

import re
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

_IMPORT = re.compile(
    r"^import (?:(?P<default>\w+)|\{(?P<names>[^}]*)\}) from '(?P<path>[^']+)';\n", re.MULTILINE
)
_DECLARED = re.compile(
    r"^(?:export )?(?:default )?(?:async )?(?:function|class|const|let) (?:(?P<name>\w+)|[{[](?P<several>[^}\]]*))",
    re.MULTILINE,
)
_EXPORTED = re.compile(r"^export (?:default )?(?=(?:async )?(?:function|class|const|let) )", re.MULTILINE)
_LIST = re.compile(r"\bexport ?\{(?P<names>[^}]*)\};?\s*", re.MULTILINE)
_LEFT_OVER = re.compile(r"^(?:import|export)\b(?!\()", re.MULTILINE)
_LEFT_OVER_IMPORT = re.compile(r"^import\b(?!\()", re.MULTILINE)
_LAZY = re.compile(r"import\('(?P<path>[^']+)'\)")


def joined(entry: Path) -> dict[Path, str]:
    """Return the script that stands for an entry module, and each module that is loaded only when it is needed.

    Raises ValueError for a name that two modules declare, and for a line of another style.
    """
    order = list(dict.fromkeys(_depth_first(entry)))
    lazy = list(dict.fromkeys(path for module in order for path in _lazily_imported(module)))
    _check_names(order)
    wanted = sorted({name for module in lazy for name in _imported(module.read_text())})
    given = f"export {{ {', '.join(wanted)} }};\n" if lazy else ""
    used = {name for module in (*order, *lazy) for name in _imported(module.read_text())}
    script = "".join(_body(module, used) for module in order)
    return {entry: script + given, **{path: _alone(path, entry) for path in lazy}}


def _depth_first(module: Path) -> Iterator[Path]:
    """Yield a module after all that it imports."""
    for found in _IMPORT.finditer(module.read_text()):
        yield from _depth_first(_resolved(module, found["path"]))
    yield module


def _lazily_imported(module: Path) -> list[Path]:
    return [_resolved(module, found["path"]) for found in _LAZY.finditer(module.read_text())]


def _check_names(modules: Iterable[Path]) -> None:
    """Refuse a name that two modules declare, or that one takes under another name."""
    places: dict[str, Path] = {}
    for module in modules:
        text = module.read_text()
        for name in _declared(text):
            if (other := places.setdefault(name, module)) != module:
                raise ValueError(f"{module.name} and {other.name} both declare {name}. Rename one of them.")
        if unknown := sorted(set(_imported(text)) - places.keys()):
            raise ValueError(
                f"{module.name} has an import of {', '.join(unknown)}, which no module declares by that name."
            )


def _declared(text: str) -> Iterator[str]:
    """Yield the names of a module that all others see."""
    if listed := _LIST.search(text):
        yield from (_outer(name) for name in _split(listed["names"]))
        return
    for found in _DECLARED.finditer(text):
        yield from [found["name"]] if found["name"] else _split(found["several"])


def _imported(text: str) -> Iterator[str]:
    for found in _IMPORT.finditer(text):
        yield from [found["default"]] if found["default"] else _split(found["names"])


def _body(module: Path, used: Container[str]) -> str:
    """Return a module without its imports and exports; of a list of exports only those that are used."""
    text = _IMPORT.sub("", module.read_text())
    listed = _LIST.search(text)
    body = _EXPORTED.sub("", _LIST.sub("", text))
    _refuse(_LEFT_OVER, module, body)
    if not listed:
        return body
    return _enclosed(body, [name for name in _split(listed["names"]) if _outer(name) in used])


def _enclosed(body: str, exports: list[str]) -> str:
    """Keep the names of a module in a function, but for its exports."""
    outer = ", ".join(map(_outer, exports))
    answer = ", ".join(name.replace(" as ", " ").split()[0] for name in exports)
    return f"const [{outer}] = (() => {{\n{body}\nreturn [{answer}];\n}})();\n"


def _alone(module: Path, entry: Path) -> str:
    """Return a module that takes from the joined script what it imported from the modules in it."""
    text = module.read_text()
    up = "../" * (len(module.parts) - len(entry.parts)) or "./"
    names = ", ".join(sorted(set(_imported(text))))
    body = _IMPORT.sub("", text)
    _refuse(_LEFT_OVER_IMPORT, module, body)
    return f"import {{ {names} }} from '{up}{entry.name}';\n{body}"


def _refuse(left_over: re.Pattern[str], module: Path, body: str) -> None:
    """Raise ValueError where something is left of a module that should have been joined."""
    if left := left_over.search(body):
        raise ValueError(
            f"{module.name} has {body[left.start() : left.start() + 60]!r}, which is not joined."
        )


def _split(names: str) -> Iterator[str]:
    return (name.strip() for name in names.split(",") if name.strip())


def _outer(name: str) -> str:
    """Return the name that others know: `outer` of `inner as outer`."""
    return name.partition(" as ")[2] or name


def _resolved(module: Path, path: str) -> Path:
    return (module.parent / path).resolve()
