"""Write docs/page-*.webp: `python -m tests.tools.screenshots FOLDER`, after the browser's tests have filled it.

Then record docs/page-tour.webp at the service that those tests have left running.
"""

import json
import sys
from pathlib import Path
from typing import Any

from PIL import Image

from infra.local.service import Service
from infra.places import PROJECT
from tests.tools.screenshots.recording import record

WIDTH = 1440
SHOWN = {
    "library": "library-1440-light",
    "item": "item-1440-dark",
    "find": "find-1440-light",
    "playground": "playground-1440-dark",
    "service": "service-1440-light",
    "phone": "library-390-dark",
}


def main() -> None:
    """Reduce each screen that docs show, then record the tour."""
    folder = Path(sys.argv[1])
    _reduce(folder)
    service = Service.read(PROJECT / ".run" / "test")
    if service is None:
        sys.exit("No service runs in .run/test. Start the browser's tests with KEEP_SERVICE=1 first.")
    target = PROJECT / "docs" / "page-tour.webp"
    print(f"{target.name}: {record(_setting(service), folder, target):,} bytes")


def _setting(service: Service) -> dict[str, Any]:
    """Describe the service to the browser; the operator of a test's instance is nobody else's."""
    operator = json.loads((PROJECT / ".run" / "test" / "operator.json").read_text())
    return {
        "url": service.base_url,
        "name": operator["user"],
        "password": operator["password"],
        "library": service.demo_items["Films"],
        "film": service.demo_items["Night Launch"],
    }


def _reduce(folder: Path) -> None:
    for name, source in SHOWN.items():
        with Image.open(folder / f"{source}.png") as drawn:
            size = min(WIDTH, drawn.width)
            picture = drawn.convert("RGB").resize(
                (size, drawn.height * size // drawn.width), Image.Resampling.LANCZOS
            )
        target = PROJECT / "docs" / f"page-{name}.webp"
        picture.save(target, quality=86, method=6)
        print(f"{target.name}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
