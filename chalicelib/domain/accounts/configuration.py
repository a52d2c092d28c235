"""How a user likes things shown and played; clients read and write it, the service keeps it."""

from dataclasses import dataclass
from enum import StrEnum


class SubtitleMode(StrEnum):
    """When subtitles are shown; Jellyfin's SubtitlePlaybackMode."""

    DEFAULT = "Default"
    ALWAYS = "Always"
    ONLY_FORCED = "OnlyForced"
    NONE = "None"
    SMART = "Smart"


@dataclass(frozen=True, slots=True)
class UserConfiguration:
    """Named as in Jellyfin's UserConfiguration, whose defaults these are; views are named by their ids."""

    audio_language_preference: str | None = None
    play_default_audio_track: bool = True
    subtitle_language_preference: str = ""
    display_missing_episodes: bool = False
    grouped_folders: tuple[str, ...] = ()
    subtitle_mode: str = SubtitleMode.DEFAULT.value
    display_collections_view: bool = False
    enable_local_password: bool = False
    ordered_views: tuple[str, ...] = ()
    latest_items_excludes: tuple[str, ...] = ()
    my_media_excludes: tuple[str, ...] = ()
    hide_played_in_latest: bool = True
    remember_audio_selections: bool = True
    remember_subtitle_selections: bool = True
    enable_next_episode_auto_play: bool = True
    cast_receiver_id: str | None = None
