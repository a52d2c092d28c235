"""What runs on this machine, since when, and how much it stores."""

import time
from datetime import datetime

from rich.filesize import decimal

from infra.local.service import Service
from infra.localstack import data, emulator, front_door
from infra.localstack.daemon import StartError
from infra.localstack.settings import Settings

NOT_RUNNING = 1
_UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))


def show(cloud: Settings) -> int:
    """Print it, and return the exit status: 0 when the service answers, else 1."""
    service = Service.read(cloud.run_dir)
    is_up = service is not None and front_door.is_running(cloud) and _cloud_runs(cloud)
    print(
        _headline(cloud, service)
        if service and is_up
        else "The service is down. Start it: jellyfin-images up"
    )
    print(_stored(cloud))
    return 0 if is_up else NOT_RUNNING


def duration(seconds: float) -> str:
    """Say a duration in its two largest units: `3 h 20 min`."""
    left, parts = max(0, int(seconds)), list[str]()
    for size, unit in _UNITS:
        count, left = divmod(left, size)
        if count or (parts and len(parts) < 2):  # noqa: PLR2004  # two units
            parts.append(f"{count} {unit}")
    return " ".join(parts[:2]) or "0 s"


def _cloud_runs(cloud: Settings) -> bool:
    return bool(cloud.endpoint_url) or emulator.is_running(cloud)


def _headline(cloud: Settings, service: Service) -> str:
    begun = (cloud.run_dir / "front-door.pid").stat().st_mtime
    since = f"{datetime.fromtimestamp(begun).astimezone():%Y-%m-%d %H:%M}"
    lines = [f"The service is up: {service.base_url} since {since} ({duration(time.time() - begun)})"]
    lines.append(f"Emulated cloud: {service.endpoint_url}")
    if service.providers_url:
        lines.append(f"Stand-ins of remote image providers: {service.providers_url}")
    return "\n".join(lines)


def _stored(cloud: Settings) -> str:
    if cloud.endpoint_url:
        return f"The data is in the cloud at {cloud.endpoint_url}."
    try:
        data.require_readable(cloud)
    except StartError as error:
        return str(error)
    if (found := data.summary(cloud)) is None or not found.taken:
        return "No data is stored yet."
    ago = duration(time.time() - found.taken)
    kept = f"{found.objects:,} files ({decimal(found.bytes)}), {found.rows:,} rows, {found.messages:,} events"
    return f"Stored in {cloud.data}: {kept}; last snapshot {ago} ago"
