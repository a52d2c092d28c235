"""Run the stand-in with the demo library until stopped: `python -m infra.demo.jellyfin PORT [--empty]`."""

import argparse
import signal
from threading import Event

from infra.demo.jellyfin.server import KEY, serving
from infra.demo.jellyfin.shelf import Shelf, ShelfItem
from infra.demo.library import DemoItem, demo_items


def demo_shelf() -> Shelf:
    """Put the demo library on a shelf."""
    shelf, items = Shelf(), dict[str, ShelfItem]()
    for item in demo_items():
        items[item.id] = _placed(shelf, item, items)
    return shelf


def _placed(shelf: Shelf, item: DemoItem, items: dict[str, ShelfItem]) -> ShelfItem:
    facts = {
        name: value for name, value in item.body.items() if name not in {"Id", "ParentId", "Name", "Type"}
    }
    placed = shelf.add(item.type, item.name, items[item.parent.id] if item.parent else None, **facts)
    for image_type, draw in item.artwork.items():
        picture = draw()
        kind = "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"
        shelf.put(placed, image_type, picture, kind)
    return placed


def main() -> None:
    """Serve, and print where, and with which key."""
    parser = argparse.ArgumentParser(prog="python -m infra.demo.jellyfin", description=__doc__)
    parser.add_argument("port", type=int, help="port of loopback; 0 for a free one")
    parser.add_argument("--empty", action="store_true", help="with nothing on the shelf")
    options = parser.parse_args()
    over = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    with serving(Shelf() if options.empty else demo_shelf(), options.port) as server:
        print(f"{server.url} {KEY}", flush=True)
        over.wait()


if __name__ == "__main__":
    main()
