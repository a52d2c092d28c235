"""Start LocalStack with our plugins as a plain process, and end it."""

import http.client
import os
from collections.abc import Mapping
from pathlib import Path

from .daemon import Daemon, require_free
from .install import install, libraries_of
from .settings import Settings

START_SECONDS = 120.0
"""Generous: the very first start also compiles LocalStack's Python."""

OTHER_SERVICE_PORTS = 50
"""LocalStack wants a range for services that listen on ports of their own; none of ours does."""


def start(settings: Settings) -> None:
    """Return when the emulated cloud is healthy; starts nothing where it is, or where another one is set.

    Raises :class:`~infra.localstack.daemon.StartError`.
    """
    if settings.endpoint_url or is_running(settings):
        return
    stop(settings)
    require_free(settings.emulator_port, "EMULATOR_PORT")
    install(settings)
    _share_libraries(settings)
    _daemon(settings).start(
        ["-m", "localstack.runtime.main"],
        _variables(settings),
        is_ready=lambda: _is_healthy(settings.emulator_port),
        seconds=START_SECONDS,
    )


def _share_libraries(settings: Settings) -> None:
    libraries = libraries_of(_root(settings))
    libraries.parent.mkdir(parents=True, exist_ok=True)
    libraries.symlink_to(libraries_of(settings.localstack_root).absolute())


def _root(settings: Settings) -> Path:
    return _daemon(settings).scratch / "filesystem"


def stop(settings: Settings) -> None:
    """End the emulator and all that it started, however it ended itself."""
    _daemon(settings).stop()


def is_running(settings: Settings) -> bool:
    """Tell whether this very emulator (not another on its port) is up and healthy."""
    return _daemon(settings).running() is not None and _is_healthy(settings.emulator_port)


def is_alive(settings: Settings) -> bool:
    """Tell whether the folder's emulator is up, at whatever port."""
    return _daemon(settings).running() is not None


def _daemon(settings: Settings) -> Daemon:
    return Daemon("localstack", settings.run_dir, settings.localstack_python)


def _variables(settings: Settings) -> Mapping[str, str]:
    """Return LocalStack's whole environment: nothing of the developer's gets in."""
    scratch = _daemon(settings).scratch
    return {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "HOME": str(scratch),
        "XDG_CACHE_HOME": str(settings.cache_dir),
        "FILESYSTEM_ROOT": str(_root(settings)),
        "OVERRIDE_IN_DOCKER": "0",
        "GATEWAY_SERVER": "threads",
        # Its own calls of itself go from handler to handler, not over a socket.
        "IN_MEMORY_CLIENT": "1",
        "GATEWAY_LISTEN": f"127.0.0.1:{settings.emulator_port}",
        # URLs that LocalStack hands out name this host: its own default needs the internet's DNS.
        "LOCALSTACK_HOST": f"127.0.0.1:{settings.emulator_port}",
        "SQS_ENDPOINT_STRATEGY": "path",
        # A metric for each call of a queue, the empty ones too, of which no alarm is evaluated.
        "SQS_DISABLE_CLOUDWATCH_METRICS": "1",
        "EXTERNAL_SERVICE_PORTS_START": str(settings.emulator_port + 1),
        "EXTERNAL_SERVICE_PORTS_END": str(settings.emulator_port + OTHER_SERVICE_PORTS),
        "DNS_ADDRESS": "0",
        "DISABLE_EVENTS": "1",
        "SKIP_SSL_CERT_DOWNLOAD": "1",
        "DISABLE_CORS_CHECKS": "1",
        "S3_SKIP_SIGNATURE_VALIDATION": "1" if settings.passed_on.get("IAM_ENFORCED") == "0" else "0",
        "PROVIDER_OVERRIDE_DYNAMODB": "in_process",
        "PROVIDER_OVERRIDE_S3": "kept",
        "DATA_DIR": str(settings.data),
        "LAMBDA_RUNTIME_EXECUTOR": "process",
        "LAMBDA_RUNTIME_PYTHON": str(settings.runtime_python),
        "LAMBDA_ENVIRONMENTS_DIR": str(scratch / "lambda-environments"),
        "LAMBDA_KEEPALIVE_MS": "300000",
        **settings.passed_on,
    }


def _is_healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/_localstack/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
