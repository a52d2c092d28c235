"""What a client may say about accounts; all else is ignored, so nobody makes itself more than it is."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from chalicelib.domain.accounts.accounts import MAX_PASSWORD_LENGTH, Device, Policy
from chalicelib.errors import InvalidInputError
from chalicelib.web.accounts.devices import device_of
from chalicelib.web.protocol.declarations.json_fields import JsonFields
from chalicelib.web.protocol.request import Request

MAX_BODY_BYTES = 65_536
_DEVICE_FIELD = 512


@dataclass(frozen=True, slots=True)
class Credentials:
    """A name and a password, and the device that they were typed on."""

    name: str
    password: str = field(repr=False)
    device: Device


@dataclass(frozen=True, slots=True)
class NewPassword:
    """A change of a password; with `reset` it is taken away."""

    current: str = field(repr=False)
    new: str = field(repr=False)
    reset: bool


def credentials(request: Request, *, legacy: bool) -> Credentials:
    """Read a login; the header must name Client, Device, DeviceId and Version."""
    if (device := device_of(request.headers, legacy=legacy)) is None:
        raise InvalidInputError(
            "Authorization",
            "Client, Device, DeviceId and Version are required, as in `MediaBrowser Client=…`.",
        )
    body = JsonFields.of_body(request, MAX_BODY_BYTES)
    return Credentials(body.line("Username"), body.text("Pw", MAX_PASSWORD_LENGTH), _bounded(device))


def new_user(request: Request) -> tuple[str, str]:
    """Read the name and, where there is one, the password of a user to be made."""
    body = JsonFields.of_body(request, MAX_BODY_BYTES)
    return body.required_line("Name"), body.text("Password", MAX_PASSWORD_LENGTH)


def new_password(request: Request) -> NewPassword:
    """Read a change of a password."""
    body = JsonFields.of_body(request, MAX_BODY_BYTES)
    current, new = (body.text(name, MAX_PASSWORD_LENGTH) for name in ("CurrentPw", "NewPw"))
    return NewPassword(current, new, body.boolean("ResetPassword") or False)


def policy_change(request: Request) -> Callable[[Policy], Policy]:
    """Read the four fields of Jellyfin's UserPolicy that mean something here; what is left out stays."""
    body = JsonFields.of_body(request, MAX_BODY_BYTES)
    names = {
        "is_administrator": "IsAdministrator",
        "is_disabled": "IsDisabled",
        "is_hidden": "IsHidden",
        "enable_user_preference_access": "EnableUserPreferenceAccess",
    }
    said = {field: body.boolean(name) for field, name in names.items()}
    given = {field: value for field, value in said.items() if value is not None}
    return lambda policy: replace(policy, **given)


def _bounded(device: Device) -> Device:
    """Refuse what is no name of a device: it is stored and shown again."""
    named = {"Client": device.client, "Device": device.name, "DeviceId": device.id, "Version": device.version}
    fields = JsonFields({name.lower(): value for name, value in named.items()})
    return Device(*(fields.text(name, _DEVICE_FIELD) for name in named))
