"""The joining of the page's modules, run by Node."""

import subprocess
import sys
from pathlib import Path

import pytest

from infra.deployment.scripts import joined, lightened
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
        (out / path.name).write_text(lightened(script))
    done = subprocess.run([NODE, out / "app.js"], capture_output=True, text=True, check=False)  # noqa: S603  # our own program
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_each_module_keeps_its_own_names_and_gives_what_it_exports(tmp_path: Path) -> None:
    entry = write(
        tmp_path,
        app="import Shown from './one.js';\nimport { name as other, twice } from './two.js';\n"
        "const name = 'app';\nconsole.log(name, Shown(), other, twice(2));\n",
        one="import { twice } from './two.js';\nconst name = 'one';\n"
        "export default function Shown() {\n    return name + twice(1);\n}\n",
        two="// Two.\nexport const name = 'two';\nexport function twice(n) {\n    return 2 * n;\n}\n",
    )
    assert run(tmp_path, joined(entry)) == "app one2 two 4"


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


def test_a_vendors_list_of_exports_is_read(tmp_path: Path) -> None:
    entry = write(
        tmp_path,
        app="import { html as h, render } from './vendor.js';\nconsole.log(h, render);\n",
        vendor="var e=1,n=2;export{e as html,n as render};\n",
    )
    assert run(tmp_path, joined(entry)) == "1 2"


@pytest.mark.parametrize(
    "line", ["import * as all from './two.js';", "export * from './two.js';", "export default 4;"]
)
def test_another_style_is_refused(tmp_path: Path, line: str) -> None:
    entry = write(tmp_path, app=f"{line}\n", two="export const two = 2;\n")
    with pytest.raises(ValueError, match=r"app.js has"):
        joined(entry)


def test_only_comments_and_indents_go() -> None:
    script = "// Why.\nconst url = 'https://example.org';\n\n    // More.\n    go(url); // kept\n"
    assert lightened(script) == "const url = 'https://example.org';\ngo(url); // kept\n"


def test_the_page_joins() -> None:
    scripts = joined(PROJECT / "frontend" / "app.js")
    assert [path.name for path in scripts] == ["app.js", "reference.js"]
    for script in scripts.values():
        done = subprocess.run(  # noqa: S603  # our own program
            [NODE, "--check", "--input-type=module"],
            input=lightened(script),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
