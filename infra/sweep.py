"""Sweep the stores of a deployment: `python -m infra.sweep [--dry-run]`.

Finds the stack as the other commands do; prints what was found and, without `--dry-run`, put right.
"""

import argparse
import json
import sys
from dataclasses import replace

from chalicelib.container import container
from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.sweep_report import Progress


def main() -> int:
    """Sweep from the beginning to the end."""
    parser = argparse.ArgumentParser(prog="python -m infra.sweep", description=__doc__)
    parser.add_argument("--dry-run", action="store_true", help="only report, change nothing")
    options = parser.parse_args()
    progress = Progress()
    replace(container().sweep, is_dry=options.dry_run).run(progress, NO_DEADLINE)
    print(json.dumps(progress.report(), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
