"""Read botocore's descriptions of AWS's services once per process.

LocalStack asks a new session for the regions of each service that it starts, and a session parses all of it anew.
"""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import IO, Any

from botocore.loaders import JSONFileLoader
from localstack.services.s3 import provider as s3_provider

type Opener = Callable[[str, str], IO[bytes]]


def apply_patches() -> None:
    """Change class and module in place, once per process."""
    # Below it are only files, above it a cache for each session.
    JSONFileLoader._load_file = _load_file  # type: ignore[attr-defined]  # noqa: SLF001  # untyped
    # A client of S3 and its description for websites in buckets: there are none.
    s3_provider.register_website_hosting_routes = lambda router: router


def _load_file(_: JSONFileLoader, full_path: str, opener: Opener) -> Any:  # noqa: ANN401  # any JSON value
    return _read(full_path, opener) if Path(full_path).is_file() else None


@cache
def _read(full_path: str, opener: Opener) -> Any:  # noqa: ANN401  # any JSON value
    with opener(full_path, "rb") as file:
        return json.load(file)
