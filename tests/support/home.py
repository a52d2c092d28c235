"""A proxy before another instance of this service, which is the Jellyfin, and before a service in front of it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from infra.places import PROJECT
from tests.support.reverse_proxies import nginx
from tests.support.served_app import serving_app
from tests.support.upstream import world_before


@dataclass(frozen=True)
class Home:
    """The proxy's address, and a folder with pictures."""

    url: str
    pictures: Path


@contextmanager
def another_instance() -> Iterator[str]:
    """Run another instance in a process of its own; yield its address."""
    arguments = [sys.executable, "-m", "tests.support.served_app"]
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, stdin=pipe, stdout=pipe, text=True, cwd=PROJECT) as process:  # noqa: S603  # our own
        assert process.stdout
        yield process.stdout.readline().strip()
        process.terminate()


@contextmanager
def at_home(folder: Path) -> Iterator[Home]:
    """Open the house; when it is left, pictures must have come by the service in front."""
    for colour in ("red", "green", "blue"):
        Image.new("RGB", (640, 360), colour).save(folder / f"{colour}.jpg")
    Image.linear_gradient("L").resize((400, 600)).convert("RGB").save(folder / "poster.png")
    Image.new("RGBA", (128, 128), (10, 200, 30, 128)).save(folder / "avatar.png")
    with another_instance() as jellyfin:
        world = world_before(jellyfin)
        with serving_app(world.container) as images_url, nginx(folder, images_url, jellyfin) as url:
            yield Home(url, folder)
    assert world.blobs_of_originals.kept
