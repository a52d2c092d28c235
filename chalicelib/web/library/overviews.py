"""Answers about whole lists and about what belongs to an item, in Jellyfin's shape."""

import hashlib
from collections.abc import Iterable, Mapping

from chalicelib.domain.library.items import ItemType, Mention
from chalicelib.services.library.relations import Recommendation
from chalicelib.services.library.summaries import FilterWords
from chalicelib.web.library.queries import Wanted
from chalicelib.web.library.responses import LibrarySources, item_dtos
from chalicelib.web.library.schemas.overviews import (
    AllThemeMediaResult,
    LibraryCounts,
    QueryFilters,
    QueryFiltersLegacy,
    RecommendationDto,
    ThemeMediaResult,
)


def legacy_filters(words: FilterWords) -> QueryFiltersLegacy:
    """Return Jellyfin's QueryFiltersLegacy."""
    return {
        "Genres": list(words.genres),
        "Tags": list(words.tags),
        "OfficialRatings": list(words.official_ratings),
        "Years": list(words.years),
    }


def filters(genres: Iterable[Mention], words: FilterWords) -> QueryFilters:
    """Return Jellyfin's QueryFilters; there are no files, and so no languages of files."""
    return {
        "Genres": [{"Name": genre.name, "Id": genre.id} for genre in genres],
        "Tags": list(words.tags),
        "AudioLanguages": [],
        "SubtitleLanguages": [],
    }


def library_counts(counts: Mapping[ItemType, int]) -> LibraryCounts:
    """Return Jellyfin's ItemCounts."""
    shown = (
        *(ItemType.MOVIE, ItemType.SERIES, ItemType.EPISODE, ItemType.MUSIC_ARTIST, ItemType.TRAILER),
        *(ItemType.AUDIO, ItemType.MUSIC_ALBUM, ItemType.MUSIC_VIDEO, ItemType.BOX_SET, ItemType.BOOK),
    )
    return {
        "MovieCount": counts.get(ItemType.MOVIE, 0),
        "SeriesCount": counts.get(ItemType.SERIES, 0),
        "EpisodeCount": counts.get(ItemType.EPISODE, 0),
        "ArtistCount": counts.get(ItemType.MUSIC_ARTIST, 0),
        "ProgramCount": 0,
        "TrailerCount": counts.get(ItemType.TRAILER, 0),
        "SongCount": counts.get(ItemType.AUDIO, 0),
        "AlbumCount": counts.get(ItemType.MUSIC_ALBUM, 0),
        "MusicVideoCount": counts.get(ItemType.MUSIC_VIDEO, 0),
        "BoxSetCount": counts.get(ItemType.BOX_SET, 0),
        "BookCount": counts.get(ItemType.BOOK, 0),
        "ItemCount": sum(counts.get(kind, 0) for kind in shown),
    }


def no_theme(owner_id: str) -> ThemeMediaResult:
    """Return Jellyfin's ThemeMediaResult of an item, which has no theme here."""
    return {"Items": [], "TotalRecordCount": 0, "StartIndex": 0, "OwnerId": owner_id}


def no_themes(owner_id: str) -> AllThemeMediaResult:
    """Return Jellyfin's AllThemeMediaResult of an item, which has no theme here."""
    return {
        "ThemeVideosResult": no_theme(owner_id),
        "ThemeSongsResult": no_theme(owner_id),
        "SoundtrackSongsResult": no_theme(owner_id),
    }


def recommendation_dtos(
    sources: LibrarySources, recommendations: Iterable[Recommendation], told: Wanted
) -> list[RecommendationDto]:
    """Return Jellyfin's RecommendationDto of each."""
    return [
        {
            "Items": item_dtos(sources, one.items, told),
            "RecommendationType": one.kind,
            "BaselineItemName": one.baseline.name,
            "CategoryId": hashlib.sha256(f"{one.kind} {one.baseline.id}".encode()).hexdigest()[:32],
        }
        for one in recommendations
    ]
