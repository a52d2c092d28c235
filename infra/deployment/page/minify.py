"""Make scripts and style sheets smaller without a change of meaning: comments and needless space go, names stay."""

import re
from collections.abc import Iterator

_CODE = re.compile(
    r"""(?P<comment>/\*.*?\*/|//[^\n]*)
      | (?P<literal>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")
      | (?P<pattern>/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*)
      | (?P<mark>[`{}/])
      | (?P<rest>[^'"/`{}]+)""",
    re.VERBOSE | re.DOTALL,
)
_DIVISION = re.compile(r"(?P<mark>/)")
_TEMPLATE = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*(?:`|\$\{)", re.DOTALL)
_BEFORE_A_PATTERN = re.compile(r"(?:[(,=:\[!&|?{};>]|\breturn)\s*\Z")
"""After these a slash begins a regular expression, and divides nothing."""

_INDENT = re.compile(r"\s*\n\s*")
_AROUND_TAGS = re.compile(r"(>)\n|\n(<)")
_BEFORE_AN_END = re.compile(r"(?:\A|(?<=\")) (?=/>)")
"""After a value, which has quotes or is an expression, the end of a tag needs no space."""
_AROUND = re.compile(r" *([=<>,{}?:()&|;\[\]*!]) *")
_AROUND_SIGNS = re.compile(r"(?<![-+/]) ([-+/%]) (?![-+/])")
"""Two signs without the space between them would be another one."""
_LINE_ENDS_AFTER = re.compile(r"([,{(\[;?:&|]|=>)\n")
_LINE_ENDS_BEFORE = re.compile(r"\n([,)\]}?:&|])")
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_ZERO = re.compile(r"(?<=[\s:,(])0(?=\.\d)")
_AROUND_IN_STYLE = re.compile(r"\s*([{};,])\s*|(?<=:)\s+")


def minified_script(script: str) -> str:
    """Drop comments, indents, and spaces and line ends that part nothing.

    htm's templates mean the same without indents, and without line ends beside tags. A line end stays wherever it
    may end a statement.
    """
    return "".join(_squeezed(text) if is_code else text for is_code, text in _merged(_pieces(script))).strip()


def minified_style(style: str) -> str:
    """Drop comments of a style sheet, and what parts nothing: spaces, last semicolons, zeros before a point."""
    spaced = _SPACE.sub(" ", _REMARK.sub("", style))
    close = _AROUND_IN_STYLE.sub(lambda found: found[1] or "", spaced)
    return _ZERO.sub("", close.replace(";}", "}"))


def _squeezed(code: str) -> str:
    lines = _AROUND_SIGNS.sub(r"\1", _AROUND.sub(r"\1", _INDENT.sub("\n", code)))
    return _LINE_ENDS_BEFORE.sub(r"\1", _LINE_ENDS_AFTER.sub(r"\1", lines))


def _merged(pieces: Iterator[tuple[bool, str]]) -> Iterator[tuple[bool, str]]:
    """Join what follows upon another of its sort."""
    held: tuple[bool, str] = True, ""
    for is_code, text in pieces:
        if is_code == held[0]:
            held = is_code, held[1] + text
        else:
            yield held
            held = is_code, text
    yield held


def _pieces(script: str) -> Iterator[tuple[bool, str]]:
    """Yield the script's parts, and of each whether it is code rather than text; comments are left out."""
    at, before, depths = 0, ";", [0]
    while at < len(script):
        found = _token(script, at, before)
        kind, text = str(found.lastgroup), found[0]
        at = found.end()
        if kind == "comment":
            continue
        before = text if text.strip() else before
        yield kind in {"mark", "rest"}, text
        depths[-1] += {"{": 1, "}": -1}.get(text, 0)
        ends = depths[-1] < 0
        if ends:
            depths.pop()
        if ends or text == "`":
            template = _template(script, at)
            yield False, _BEFORE_AN_END.sub("", _AROUND_TAGS.sub(r"\1\2", _INDENT.sub("\n", template)))
            at, before = at + len(template), template
            depths += [0] if template.endswith("${") else []


def _token(script: str, at: int, before: str) -> re.Match[str]:
    found = _CODE.match(script, at)
    if found and found.lastgroup == "pattern" and not _BEFORE_A_PATTERN.search(before):
        found = _DIVISION.match(script, at)
    if not found:
        raise ValueError(f"No JavaScript that is known here: {script[at : at + 40]!r}")
    return found


def _template(script: str, at: int) -> str:
    if not (found := _TEMPLATE.match(script, at)):
        raise ValueError(f"A template has no end: {script[at : at + 40]!r}")
    return found[0]
