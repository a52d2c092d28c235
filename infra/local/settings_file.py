"""The settings of a local service that outlive its cloud, whose stack would remember them on AWS."""

import json
import secrets
import uuid
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path

from infra.deployment.deploy import SETTINGS

FILE = "settings.json"
_MADE_ONCE: Mapping[str, Callable[[], str]] = {
    "IMAGE_URL_KEY": lambda: secrets.token_urlsafe(32),
    "SERVER_ID": lambda: uuid.uuid4().hex,
}
"""What a deployment makes at random: signed URLs stay good, and clients know the server again."""


def apply(folder: Path, variables: MutableMapping[str, str]) -> None:
    """Keep the settings that are given now, and give those that were kept before."""
    path = folder / FILE
    kept: dict[str, str] = json.loads(path.read_text()) if path.is_file() else {}
    kept |= {name: variables[name] for name in SETTINGS if name in variables}
    for name, make in _MADE_ONCE.items():
        kept.setdefault(name, make())
    written = path.with_suffix(".new")
    written.touch(mode=0o600)
    written.write_text(json.dumps(kept, indent=2) + "\n")
    written.replace(path)
    variables.update(kept)
