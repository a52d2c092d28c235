"""Name the test that runs, for the emulated cloud to note beside each permission.

`pytest -p tests.support.running_tests` loads it.
The cloud reads the folder beside the file of `IAM_RECORD`; each worker of pytest keeps one file there.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

RECORD = "IAM_RECORD"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Keep the name in the folder while the test and its fixtures run."""
    path = running_folder(Path(os.environ[RECORD])) / str(os.getpid())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(item.nodeid)
    try:
        return (yield)
    finally:
        path.unlink()


def running_folder(record: Path) -> Path:
    """Return the folder that the cloud reads."""
    return record.with_name(f"{record.name}.running")
