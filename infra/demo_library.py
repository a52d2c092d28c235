"""The demo library: made-up films, an album, and a person, with the artwork that each shows."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import md5

from infra import artwork
from infra.photographs import photograph

type Draw = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class DemoItem:
    """An item and how to draw its images, by image type."""

    name: str
    type: str
    artwork: dict[str, Draw]

    @property
    def id(self) -> str:
        """Return an id that is the same wherever the demo library is made."""
        return md5(f"demo/{self.type}/{self.name}".encode(), usedforsecurity=False).hexdigest()


def demo_items() -> tuple[DemoItem, ...]:
    """Return the library."""
    return (
        _film("Deep Field", "hubble_deep_field", "Ten days of looking at nothing"),
        _film("Night Launch", "rocket", "Based on a morning in Florida"),
        _film("The Last Cup", "coffee", "A story in four refills"),
        _film("Chelsea", "chelsea", "She was never asked"),
        DemoItem("Retina", "MusicAlbum", {"Primary": _of("retina", artwork.cover)}),
        DemoItem("Eileen Collins", "Person", {"Primary": _of("astronaut", artwork.cover)}),
    )


def _film(name: str, picture: str, line: str) -> DemoItem:
    drawn: dict[str, Draw] = {
        "Primary": lambda: artwork.poster(photograph(picture), name, line),
        "Backdrop": _of(picture, artwork.backdrop),
        "Logo": partial(artwork.logo, name),
    }
    return DemoItem(name, "Movie", drawn)


def _of(picture: str, draw: Callable[..., bytes]) -> Draw:
    return lambda: draw(photograph(picture))
