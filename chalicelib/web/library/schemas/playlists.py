"""Playlists as Jellyfin's API has them."""

from typing import TypedDict

from chalicelib.web.protocol.declarations.schemas import Guid


class PlaylistUserPermissions(TypedDict):
    """What a user may do with a playlist."""

    UserId: Guid
    CanEdit: bool


class PlaylistDto(TypedDict):
    """Who sees a playlist, and the ids of what is in it."""

    OpenAccess: bool
    Shares: list[PlaylistUserPermissions]
    ItemIds: list[Guid]
