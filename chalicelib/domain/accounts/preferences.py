"""Display preferences: how a user wants lists shown in one client."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PreferencesKey:
    """Whose preferences, in which client, and of what; `id` is 32 lower-case hex digits."""

    user_id: str
    client: str
    id: str


@dataclass(frozen=True, slots=True)
class DisplayPreferences:
    """Preferences as a client keeps them; the defaults are Jellyfin's.

    `custom` maps names of the client's own to texts or None; nothing here reads them.
    """

    view_type: str | None = None
    sort_by: str = "SortName"
    index_by: str | None = None
    remembers_indexing: bool = False
    image_height: int = 250
    image_width: int = 250
    custom: Mapping[str, str | None] = field(default_factory=dict)
    scroll_direction: str = "Horizontal"
    shows_backdrop: bool = True
    remembers_sorting: bool = False
    sort_order: str = "Ascending"
    shows_sidebar: bool = False


FRESH = DisplayPreferences(
    custom={
        "chromecastVersion": "stable",
        "skipForwardLength": "30000",
        "skipBackLength": "10000",
        "enableNextVideoInfoOverlay": "False",
        "tvhome": None,
        "dashboardTheme": None,
    }
)
"""What a client gets that never kept any."""


def preferences_id(text: str) -> str:
    """Return the id that a text stands for: a Guid itself, any other text its MD5 digest, as Jellyfin reads it."""
    try:
        return uuid.UUID(text).hex
    except ValueError:
        digest = hashlib.md5(text.encode("utf-16-le", "surrogatepass"), usedforsecurity=False).digest()
        return uuid.UUID(bytes_le=digest).hex
