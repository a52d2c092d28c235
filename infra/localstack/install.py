"""Install LocalStack and the functions' runtime, each in a virtual environment of its own.

Apart because they disagree: LocalStack pins an older botocore than the functions have on AWS, and functions
must not find anything that AWS would not give them.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from infra.locking import alone

from .settings import Settings

HERE = Path(__file__).parent
PLUGINS = HERE / "plugins"
LOCALSTACK_LOCK = HERE / "requirements.txt"
RUNTIME_LOCK = HERE / "runtime-requirements.txt"


def install(settings: Settings) -> None:
    """Bring both environments up to their lock files; where they are, this costs milliseconds.

    Raises :class:`subprocess.CalledProcessError` when a package cannot be had.
    """
    with alone(settings.cache_dir, "install"):
        _install_once(settings.runtime_python, RUNTIME_LOCK)
        _install_once(settings.localstack_python, LOCALSTACK_LOCK, plugins=PLUGINS)
        _index_once(settings)


def _install_once(python: Path, lock: Path, plugins: Path | None = None) -> None:
    environment = python.parents[1]
    stamp = environment / "installed"
    wanted = _fingerprint(lock, plugins)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Installing {lock.relative_to(HERE.parents[1])} into {environment} …", flush=True)
    _uv("venv", "--clear", "--python", sys.executable, str(environment))
    _uv("pip", "install", "--python", str(python), "--require-hashes", "--requirements", str(lock))
    if plugins is not None:
        editable = ("--no-deps", "--no-build-isolation", "--editable", str(plugins))
        _uv("pip", "install", "--python", str(python), *editable)
    stamp.write_text(wanted)


def _index_once(settings: Settings) -> None:
    """Read the descriptions of all AWS services once; LocalStack would at each start, in six seconds of core."""
    root = settings.localstack_root
    if any((libraries := libraries_of(root)).glob("service-catalog-*.dill")):
        return
    libraries.mkdir(parents=True, exist_ok=True)
    variables = {
        "PATH": os.defpath,
        "HOME": str(root),
        "FILESYSTEM_ROOT": str(root),
        "OVERRIDE_IN_DOCKER": "0",
    }
    subprocess.run([settings.localstack_python, "-m", "localstack.aws.spec"], check=True, env=variables)


def libraries_of(root: Path) -> Path:
    """Return where LocalStack looks for what an installation made, below the root of its files."""
    return root / "usr" / "lib" / "localstack"


def _fingerprint(lock: Path, plugins: Path | None) -> str:
    """Tell one state of the lock file, the plugins' entry points and the interpreter from another."""
    facts = lock.read_bytes() + sys.version.encode()
    if plugins is not None:
        facts += (plugins / "pyproject.toml").read_bytes()
    return hashlib.sha256(facts).hexdigest()


def _uv(*arguments: str) -> None:
    beside = Path(sys.executable).with_name("uv")
    program = str(beside) if beside.exists() else "uv"
    subprocess.run([program, "--quiet", *arguments], check=True)
