"""The root of the library, which clients ask for and nobody makes."""

from datetime import UTC, datetime

from chalicelib.domain.library.items import Item, ItemType

ROOT = Item(
    id="e9d5075a555c1cbc394eec4cef295274",
    type=ItemType.USER_ROOT_FOLDER,
    name="Media Folders",
    sort_name="media folders",
    created=datetime(2000, 1, 1, tzinfo=UTC),
)
"""What holds the items at the top; its id is that of Jellyfin's own."""
