"""Where the service that runs on this machine is reached."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class Service:
    """Where a running service is reached; `service.json` in its folder says the same to tools and people."""

    base_url: str
    api_url: str
    endpoint_url: str
    region: str
    stack: str
    admin_api_key: str
    originals_bucket: str
    variants_bucket: str
    table: str
    queue_url: str
    dead_letter_queue_url: str
    demo_items: dict[str, str]
    providers_url: str = ""
    """Where the stand-ins of the providers of artwork are; empty when the real ones are asked."""
    jellyfin_url: str = ""
    """The Jellyfin server in front of which the service stands; empty when it has a library of its own."""

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """Return what the last start in a folder wrote; None before there was one, or if of another version."""
        try:
            return cls(**json.loads((folder / "service.json").read_text()))
        except (FileNotFoundError, TypeError):
            return None

    def write(self, folder: Path) -> None:
        """Put the facts where tools find them; the file holds a key, so it is for its owner's eyes."""
        path = folder / "service.json"
        path.touch(mode=0o600)
        path.write_text(json.dumps(asdict(self), indent=2) + "\n")
