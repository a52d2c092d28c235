"""The settings of the service, read from the environment in one place."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Self


def _truth(text: str) -> bool:
    return {"true": True, "false": False}[text.strip().lower()]


_READ: dict[type, Callable[[str], str | int]] = {int: int, bool: _truth}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a deployment decides; every name is also the environment variable, in capitals."""

    table: str
    originals_bucket: str
    variants_bucket: str
    queue_url: str = ""
    server_name: str = "Jellyfin Images"
    server_id: str = "0" * 32
    max_upload_bytes: int = 30_000_000
    """Bytes of a picture in a request body, after base64 is undone."""
    max_ticket_upload_bytes: int = 100_000_000
    """Bytes of a picture sent by an upload ticket or dropped into the inbox."""
    upload_ticket_seconds: int = 3600
    """Seconds in which the file of an upload ticket must be sent."""
    max_inline_bytes: int = 4_400_000
    """Bytes of a picture answered through Lambda (6 MB with base64); a larger one is a redirect to S3."""
    max_images_per_type: int = 100
    """Images of one type on one owner: they share a row of 400 KB."""
    legacy_authorization: bool = True
    """Whether tokens may come in the four old ways too, as in Jellyfin up to 10.11."""
    session_days: int = 365
    """Days after which a session ends; Jellyfin's never do."""
    min_password_length: int = 1
    """Characters; Jellyfin asks for none, so its clients check nothing."""
    trusted_proxies: int = 0
    """Proxies before API Gateway, such as a CDN, whose word on the client's address counts."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read the settings; the first three must be given, numbers must be whole, truth is `true` or `false`."""
        values: dict[str, str | int] = {}
        for name, kind in cls.__annotations__.items():
            if (text := environment.get(name.upper())) is not None:
                values[name] = _READ.get(kind, str)(text)
        return cls(**values)  # type: ignore[arg-type]  # each value has the type of its annotation


@cache
def settings() -> Settings:
    """Return the settings of this process."""
    return Settings.from_environment(os.environ)
