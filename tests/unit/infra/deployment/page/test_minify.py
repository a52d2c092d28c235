"""Scripts and style sheets keep their meaning when they are made smaller; Node says so of scripts."""

import subprocess
import sys
from pathlib import Path

import pytest

from infra.deployment.page.minify import minified_script, minified_style

NODE = Path(sys.executable).with_name("node")


def run(script: str) -> str:
    done = subprocess.run(  # noqa: S603  # our own program
        [NODE, "--input-type=module"], input=script, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_needless_space_and_comments_go() -> None:
    script = "// Why.\nconst go = (a, b) => {\n    return a || b; // here\n};\n/* And\nso on. */\ngo(1, 2);\n"
    assert minified_script(script) == "const go=(a,b)=>{return a||b;};go(1,2);"


def test_a_line_end_stays_where_it_may_end_a_statement() -> None:
    script = "let a = 1\nlet b = a\n;[a, b] = [b, a]\nfunction f() {}\nf()\nif (a) {\n}\nconsole.log(a)\n"
    assert run(minified_script(script)) == run(script)


EXPRESSIONS = (
    "'a // b'",
    '"/* c */ { } , \\" x"',
    "`a  ${ [1, 2].map((n) => `<${ n }>  ${ { n }.n } `) } ,  b`",
    r"`\` $ { \${ ${ 1 + 1 }`",
    "(/[/'`{]  x/).source",
    "((s) => { return /^a  ,b/.test(s) })('a  ,b')",
    "8 / 4 / 2",
    "((a, b) => a / 2 - b / 4)(4, 8)",
    "1 - -1",
    "((n) => n + + 1)(2)",
    "[1, 2] . length",
    "typeof 'x' in { string: 1 }",
    "true ? .5 : 1",
    "JSON.stringify({ a: `}`, b: '{' })",
)


def test_what_is_text_stays_text() -> None:
    script = "".join(f"console.log( {expression} );\n" for expression in EXPRESSIONS)
    assert run(minified_script(script)) == run(script)


@pytest.mark.parametrize("script", ["const a = `open", "const a = 'open\n"])
def test_what_is_no_script_is_refused(script: str) -> None:
    with pytest.raises(ValueError, match="open"):
        minified_script(script)


def test_a_style_sheet_keeps_its_meaning_without_spaces() -> None:
    style = "/* Why. */\n.a :is(b, c) {\n    margin: 0 0.5px;\n    content: 'a b';\n}\n@media (w < 9px) {}"
    squeezed = " .a :is(b,c){margin:0 .5px;content:'a b'}@media (w < 9px){}"
    assert minified_style(style) == squeezed
