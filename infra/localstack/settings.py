"""Read where the emulated cloud lives from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.places import cache_folder, run_folder


@dataclass(frozen=True)
class Settings:
    """Say which ports and folders one emulated cloud uses; two with different ones run side by side.

    ``endpoint_url`` is set where somebody else's LocalStack is to be used. ``passed_on`` are further settings
    for LocalStack and its plugins.
    """

    emulator_port: int
    front_door_port: int
    run_dir: Path
    cache_dir: Path
    endpoint_url: str | None
    passed_on: Mapping[str, str]

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> "Settings":
        """Read ``EMULATOR_PORT``, ``FRONT_DOOR_PORT``, ``RUN_DIR`` and ``AWS_ENDPOINT_URL``; empty is unset."""
        return cls(
            emulator_port=_port(variables, "EMULATOR_PORT", 4566),
            front_door_port=_port(variables, "FRONT_DOOR_PORT", 8096),
            run_dir=run_folder(variables),
            cache_dir=cache_folder(variables),
            endpoint_url=variables.get("AWS_ENDPOINT_URL") or None,
            passed_on={name: variables[name] for name in PASSED_ON if variables.get(name)},
        )

    @property
    def url(self) -> str:
        """Return the endpoint of every AWS service in this cloud."""
        return self.endpoint_url or f"http://127.0.0.1:{self.emulator_port}"

    @property
    def folder(self) -> Path:
        """Return the folder of this cloud's logs and scratch files."""
        return self.run_dir / "localstack"

    @property
    def data(self) -> Path:
        """Return the folder that outlives the cloud: its objects, rows and messages."""
        return self.run_dir / "data"

    @property
    def localstack_python(self) -> Path:
        """Return the interpreter that has LocalStack and its plugins."""
        return self.cache_dir / "localstack-venv" / "bin" / "python"

    @property
    def localstack_root(self) -> Path:
        """Return the root of the files that all emulators share."""
        return self.cache_dir / "localstack-venv" / "root"

    @property
    def runtime_python(self) -> Path:
        """Return the interpreter that runs functions."""
        return self.cache_dir / "lambda-venv" / "bin" / "python"


PASSED_ON = (
    "DEBUG",
    "SNAPSHOT_SECONDS",
    "GATEWAY_TIMEOUT_SECONDS",
    "IAM_ENFORCED",
    "IAM_RECORD",
    "LAMBDA_KEEPALIVE_MS",
    "LAMBDA_MAX_ENVIRONMENTS",
    "LAMBDA_QUEUE_SECONDS",
    "LS_LOG",
)


def _port(variables: Mapping[str, str], name: str, default: int) -> int:
    text = variables.get(name) or str(default)
    if not (text.isdecimal() and 0 < int(text) < 65536):  # noqa: PLR2004  # the ports of TCP
        raise SystemExit(f"{name} is {text!r}, which is no port.")
    return int(text)
