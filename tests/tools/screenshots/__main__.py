"""Write docs/page-*.webp: `python -m tests.tools.screenshots FOLDER`, after the browser's tests have filled it."""

import sys
from pathlib import Path

from PIL import Image

from infra.places import PROJECT

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
    """Reduce each screen that docs show."""
    for name, source in SHOWN.items():
        with Image.open(Path(sys.argv[1]) / f"{source}.png") as drawn:
            size = min(WIDTH, drawn.width)
            picture = drawn.convert("RGB").resize(
                (size, drawn.height * size // drawn.width), Image.Resampling.LANCZOS
            )
        target = PROJECT / "docs" / f"page-{name}.webp"
        picture.save(target, quality=86, method=6)
        print(f"{target.name}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
