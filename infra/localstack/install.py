"""Install LocalStack and the functions' runtime, each in a virtual environment of its own.

Apart because they disagree: LocalStack pins an older botocore than the functions have on AWS, and functions
must not find anything that AWS would not give them.
"""

import fcntl
import hashlib
import subprocess
import sys
from pathlib import Path

from .settings import Settings

HERE = Path(__file__).parent
PLUGINS = HERE / "plugins"
LOCALSTACK_LOCK = HERE / "requirements.txt"
RUNTIME_LOCK = HERE / "runtime-requirements.txt"


def install(settings: Settings) -> None:
    """Bring both environments up to their lock files; where they are, this costs milliseconds.

    Raises :class:`subprocess.CalledProcessError` when a package cannot be had.
    """
    settings.cache_dir.mkdir(parents=True, exist_ok=True)
    with (settings.cache_dir / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _install_once(settings.runtime_python, RUNTIME_LOCK)
        _install_once(settings.localstack_python, LOCALSTACK_LOCK, plugins=PLUGINS)


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
