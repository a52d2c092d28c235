"""What a client says of itself and the device that it runs on."""

from collections.abc import Mapping

from chalicelib.domain.accounts.accounts import Device
from chalicelib.web.protocol.auth import authorization


def device_of(headers: Mapping[str, str], *, legacy: bool) -> Device | None:
    """Return what the client says of itself; None when Client, Device, DeviceId or Version is missing."""
    fields = authorization(headers, legacy=legacy)
    device = Device(*(fields.get(name, "") for name in ("Client", "Device", "DeviceId", "Version")))
    return device if all((device.client, device.name, device.id, device.version)) else None
