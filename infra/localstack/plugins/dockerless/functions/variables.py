"""Give a function the environment variables that Lambda gives it, and no others."""

from collections.abc import Mapping
from pathlib import Path

# What LocalStack adds for the program inside its containers; AWS's runtime has none of it.
_INTERNAL = frozenset({"AWS_LAMBDA_FUNCTION_TIMEOUT", "EDGE_PORT"})
_INTERNAL_PREFIX = "LOCALSTACK_"


def runtime_variables(given: Mapping[str, object], own: Mapping[str, str], code: Path) -> dict[str, str]:
    """Combine LocalStack's variables with what a process needs in place of a container.

    ``given`` are LocalStack's, ``own`` the function's configured ones, which always win.
    """
    kept = {name: str(value) for name, value in given.items() if not _is_internal(name)}
    return {
        **kept,
        "AWS_EXECUTION_ENV": "AWS_Lambda_python3.13",
        "LAMBDA_TASK_ROOT": str(code),
        "LANG": "en_US.UTF-8",
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        **own,
    }


def _is_internal(name: str) -> bool:
    return name in _INTERNAL or name.startswith(_INTERNAL_PREFIX)
