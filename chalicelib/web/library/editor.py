"""What an editor of metadata offers, and the folders at the top of the library as an administrator sees them."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from chalicelib.domain.library.items import Item, ItemType
from chalicelib.errors import InvalidInputError
from chalicelib.web.library.bodies import collection_type
from chalicelib.web.library.localization import countries, cultures, parental_ratings
from chalicelib.web.library.pictures import ImagesById
from chalicelib.web.library.schemas.editor import (
    ExternalIdInfo,
    LibraryOptions,
    MetadataEditorInfo,
    VirtualFolderInfo,
)

_TMDB, _IMDB, _TVDB, _BRAINZ = "TheMovieDb", "IMDb", "TheTVDB", "MusicBrainz"
_SITES: Mapping[ItemType, tuple[tuple[str, str, str | None], ...]] = {
    ItemType.MOVIE: ((_TMDB, "Tmdb", "Movie"), (_IMDB, "Imdb", None)),
    ItemType.SERIES: ((_TMDB, "Tmdb", "Series"), (_IMDB, "Imdb", None), (_TVDB, "Tvdb", "Series")),
    ItemType.SEASON: ((_TMDB, "Tmdb", "Season"), (_TVDB, "Tvdb", "Season")),
    ItemType.EPISODE: ((_TMDB, "Tmdb", "Episode"), (_IMDB, "Imdb", None), (_TVDB, "Tvdb", "Episode")),
    ItemType.BOX_SET: ((_TMDB, "Tmdb", "BoxSet"),),
    ItemType.PERSON: ((_TMDB, "Tmdb", "Person"), (_IMDB, "Imdb", "Person")),
    ItemType.MUSIC_ARTIST: ((_BRAINZ, "MusicBrainzArtist", "Artist"),),
    ItemType.MUSIC_ALBUM: (
        (_BRAINZ, "MusicBrainzAlbum", "Album"),
        (_BRAINZ, "MusicBrainzReleaseGroup", "ReleaseGroup"),
        (_BRAINZ, "MusicBrainzAlbumArtist", "AlbumArtist"),
    ),
    ItemType.AUDIO: ((_BRAINZ, "MusicBrainzTrack", "Track"), (_BRAINZ, "MusicBrainzArtist", "Artist")),
}
"""Which sites know an item of a type: their name, Jellyfin's key of their identifier, and of what it is one."""

_HOLD_ANYTHING = frozenset({ItemType.COLLECTION_FOLDER, ItemType.FOLDER})

_OPTIONS: LibraryOptions = {
    "Enabled": True,
    "EnablePhotos": True,
    "EnableRealtimeMonitor": False,
    "EnableInternetProviders": True,
    "PathInfos": [],
    "TypeOptions": [],
}


def external_ids(item: Item) -> list[ExternalIdInfo]:
    """Return the identifiers that an item may have."""
    return [{"Name": name, "Key": key, "Type": kind} for name, key, kind in _SITES.get(item.type, ())]


def editor_info(item: Item) -> MetadataEditorInfo:
    """Return what an editor of an item offers."""
    return {
        "ParentalRatingOptions": parental_ratings(),
        "Countries": countries(),
        "Cultures": cultures(),
        "ExternalIdInfos": external_ids(item),
        "ContentTypeOptions": [],
    }


def content_type_change(text: str) -> Callable[[Item], Item]:
    """Return the change that says what a folder holds; raises InvalidInputError for what Jellyfin does not know."""
    kind = collection_type("contentType", text)

    def change(item: Item) -> Item:
        if item.type not in _HOLD_ANYTHING:
            raise InvalidInputError(
                "itemId", f"The type {item.type} has no content type. Send the id of a library or folder."
            )
        return replace(item, collection_type=kind)

    return change


def virtual_folder(folder: Item, images: ImagesById) -> VirtualFolderInfo:
    """Return a folder at the top of the library; it lies on no disk."""
    own = images.get(folder.id)
    return {
        "Name": folder.name,
        "Locations": [],
        "CollectionType": folder.collection_type,
        "LibraryOptions": _OPTIONS,
        "ItemId": folder.id,
        "PrimaryImageItemId": folder.id if own and own.images else None,
        "RefreshStatus": "Idle",
    }
