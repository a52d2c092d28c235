"""The joining of the page's modules, run by Node."""

import subprocess
import sys
from pathlib import Path

import pytest

from infra.deployment.page.minify import minified_script
from infra.deployment.page.scripts import joined
from infra.places import PROJECT

NODE = Path(sys.executable).with_name("node")


def write(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text)
    return folder / "app.js"


def run(folder: Path, scripts: dict[Path, str]) -> str:
    """Run the joined script and return what it prints."""
    out = folder / "out"
    out.mkdir()
    (out / "package.json").write_text('{"type": "module"}')
    for path, script in scripts.items():
        (out / path.name).write_text(minified_script(script))
    done = subprocess.run([NODE, out / "app.js"], capture_output=True, text=True, check=False)  # noqa: S603  # our own program
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_modules_run_in_the_order_of_their_imports_and_know_what_they_imported(tmp_path: Path) -> None:
    entry = write(
        tmp_path,
        app="import Shown from './one.js';\nimport { second, twice } from './two.js';\n"
        "const name = 'app';\nconsole.log(name, Shown(), second, twice(2));\n",
        one="import { twice } from './two.js';\nconst [first, other] = ['one', 'more'];\n"
        "export default function Shown() {\n    return first + other + twice(1);\n}\n",
        two="// Two.\nexport const second = 'two';\nexport function twice(n) {\n    return 2 * n;\n}\n",
    )
    assert run(tmp_path, joined(entry)) == "app onemore2 two 4"


@pytest.mark.parametrize(
    "declared", ["const twice = 1;", "const [once, twice] = [1, 2];", "function twice() {}"]
)
def test_a_name_that_two_modules_declare_is_refused(tmp_path: Path, declared: str) -> None:
    entry = write(
        tmp_path,
        app=f"import {{ one }} from './two.js';\n{declared}\n",
        two="export const one = 1;\nlet twice;\n",
    )
    with pytest.raises(ValueError, match=r"app.js and two.js both declare twice"):
        joined(entry)


def test_an_import_under_another_name_is_refused(tmp_path: Path) -> None:
    entry = write(tmp_path, app="import { one as two } from './one.js';\n", one="export const one = 1;\n")
    with pytest.raises(ValueError, match=r"app.js has an import of one as two"):
        joined(entry)


def test_a_module_for_later_shares_what_was_joined(tmp_path: Path) -> None:
    entry = write(
        tmp_path,
        app="import { state } from './state.js';\nstate.count = 7;\n"
        "import('./later.js').then((module) => console.log(module.default()));\n",
        later="import { state } from './state.js';\n"
        "export default function Later() {\n    return state.count;\n}\n",
        state="export const state = { count: 0 };\n",
    )
    assert run(tmp_path, joined(entry)) == "7"


def test_the_short_names_of_a_vendors_module_meet_no_others(tmp_path: Path) -> None:
    entry = write(
        tmp_path,
        app="import { html, render } from './vendor.js';\nconst e = 3;\nconsole.log(html, render, e);\n",
        vendor="var e=1,n=2;export{e as html,n as render};\n",
    )
    assert run(tmp_path, joined(entry)) == "1 2 3"


@pytest.mark.parametrize(
    "line", ["import * as all from './two.js';", "export * from './two.js';", "export default 4;"]
)
def test_another_style_is_refused(tmp_path: Path, line: str) -> None:
    entry = write(tmp_path, app=f"{line}\n", two="export const two = 2;\n")
    with pytest.raises(ValueError, match=r"app.js has"):
        joined(entry)


def test_another_style_is_refused_in_what_is_loaded_later_too(tmp_path: Path) -> None:
    two = "import one, { other } from './one.js';\nexport default () => one(other);\n"
    later = "const later = () => import('./two.js');\n"
    entry = write(tmp_path, app=later, one="export const other = 1;\n", two=two)
    with pytest.raises(ValueError, match=r"two.js has"):
        joined(entry)


def test_the_page_joins() -> None:
    scripts = joined(PROJECT / "frontend" / "app.js")
    assert [path.name for path in scripts] == ["app.js", "reference.js", "in-front.js"]
    for script in scripts.values():
        done = subprocess.run(  # noqa: S603  # our own program
            [NODE, "--check", "--input-type=module"],
            input=minified_script(script),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
