"""Join the page's modules into one script, so that a browser asks once rather than from one import to the next.

Each module becomes a function that is called once and returns what it exports. What is imported by `import()` alone
stays a module of its own and takes what it needs from the joined one. The modules keep to a simple style, which is
checked: an import or export begins a line and ends on it.
"""

import re
from collections.abc import Iterator
from pathlib import Path

_IMPORT = re.compile(
    r"^import (?:(?P<default>\w+)|\{(?P<names>[^}]*)\}) from '(?P<path>[^']+)';\n", re.MULTILINE
)
_DECLARED = re.compile(
    r"^export (?P<default>default )?(?:async )?(?:function|class|const|let) (?P<name>\w+)", re.MULTILINE
)
_LIST = re.compile(r"\bexport ?\{(?P<names>[^}]*)\};?\s*", re.MULTILINE)
_LEFT_OVER = re.compile(r"^(?:import|export)\b(?!\()", re.MULTILINE)
_LAZY = re.compile(r"import\('(?P<path>[^']+)'\)")
_COMMENT = re.compile(r"^\s*//.*\n", re.MULTILINE)
_INDENT = re.compile(r"^\s+", re.MULTILINE)


def joined(entry: Path) -> dict[Path, str]:
    """Return the script that stands for an entry module, and each module that is loaded only when it is needed."""
    order = list(dict.fromkeys(_depth_first(entry)))
    lazy = [path for module in order for path in _lazily_imported(module)]
    parts = [_wrapped(module, order) for module in order]
    alone = {path: _alone(path, entry, order) for path in lazy}
    wanted = {f"{_name(path, order)} as ${n}" for n, path in enumerate(order)}
    return {entry: "".join(parts) + f"export {{ {', '.join(sorted(wanted))} }};\n", **alone}


def lightened(script: str) -> str:
    """Drop lines that are comments, and what stands before lines; the templates of htm mean the same without it."""
    return _INDENT.sub("", _COMMENT.sub("", script))


def _depth_first(module: Path) -> Iterator[Path]:
    """Yield a module after all that it imports."""
    for found in _IMPORT.finditer(module.read_text()):
        yield from _depth_first(_resolved(module, found["path"]))
    yield module


def _lazily_imported(module: Path) -> list[Path]:
    return [_resolved(module, found["path"]) for found in _LAZY.finditer(module.read_text())]


def _wrapped(module: Path, order: list[Path]) -> str:
    text = module.read_text()
    imports = "".join(
        _taken(found, _name(_resolved(module, found["path"]), order)) for found in _IMPORT.finditer(text)
    )
    exports = [
        f"{found['name']}: {found['name']}" for found in _DECLARED.finditer(text) if not found["default"]
    ]
    exports += [f"default: {found['name']}" for found in _DECLARED.finditer(text) if found["default"]]
    exports += [
        _pair(name) for found in _LIST.finditer(text) for name in found["names"].split(",") if name.strip()
    ]
    body = _bare(_IMPORT.sub("", text))
    if left := _LEFT_OVER.search(body):
        raise ValueError(
            f"{module.name} has {body[left.start() : left.start() + 60]!r}, which is not joined."
        )
    answer = f"return {{ {', '.join(exports)} }};"
    return f"const {_name(module, order)} = (() => {{\n{imports}{body}\n{answer}\n}})();\n"


def _alone(module: Path, entry: Path, order: list[Path]) -> str:
    """Return a module that takes from the joined script what it imported from the modules in it."""
    text = module.read_text()
    names = "".join(
        _taken(found, f"${order.index(_resolved(module, found['path']))}") for found in _IMPORT.finditer(text)
    )
    up = "../" * (len(module.parts) - len(entry.parts)) or "./"
    wanted = sorted(set(re.findall(r"= (\$\d+)", names)))
    return f"import {{ {', '.join(wanted)} }} from '{up}{entry.name}';\n{names}{_IMPORT.sub('', text)}"


def _taken(found: re.Match[str], source: str) -> str:
    names = f"default: {found['default']}" if found["default"] else found["names"].replace(" as ", ": ")
    return f"const {{ {names.strip()} }} = {source};\n"


def _bare(text: str) -> str:
    text = re.sub(
        r"^export (?:default )?(?=(?:async )?(?:function|class|const|let) )", "", text, flags=re.MULTILINE
    )
    return _LIST.sub("", text)


def _pair(name: str) -> str:
    """Turn `inner as outer` into a member of an object."""
    inner, _, outer = name.strip().partition(" as ")
    return f"{outer or inner}: {inner}"


def _name(module: Path, order: list[Path]) -> str:
    return f"m{order.index(module)}"


def _resolved(module: Path, path: str) -> Path:
    return (module.parent / path).resolve()
