"""Items in the shape of Jellyfin's BaseItemDto."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from chalicelib.domain.images.images import ImageType, OwnerImages, StoredImage
from chalicelib.domain.library.items import Credit, Item, ItemType, Mention
from chalicelib.domain.library.metadata import Metadata
from chalicelib.services.library.named_items import Counts
from chalicelib.services.library.viewing import Seen
from chalicelib.web.library.pictures import ImagesById, blur_hashes, of_type, pictures
from chalicelib.web.library.queries import Wanted
from chalicelib.web.library.schemas.items import (
    BaseItemDto,
    BaseItemPerson,
    ChapterInfo,
    ItemCounts,
    ItemFamily,
    ItemFields,
    ItemIdentity,
    ItemMetadata,
    ItemMusic,
    ItemOfUser,
    NameGuidPair,
)
from chalicelib.web.library.user_data import user_data_dto
from chalicelib.web.protocol.declarations.shapes import Verbatim, date_time

_ASKED_AS = {
    "GenreItems": "Genres",
    "ForcedSortName": "SortName",
    "LockData": "Settings",
    "LockedFields": "Settings",
}
_WITH_ARTISTS = frozenset({ItemType.MUSIC_ALBUM, ItemType.AUDIO, ItemType.MUSIC_VIDEO})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known round the items of an answer, by item id: images of all that lend any, and what a user did."""

    images: ImagesById
    seen: Mapping[str, Seen] = field(default_factory=dict)
    counts: Mapping[str, Counts] = field(default_factory=dict)


def item_dto(item: Item, around: Surroundings, wanted: Wanted, server_id: str) -> BaseItemDto:
    """Return an item with its images and those it borrows."""
    images = around.images
    return {
        **_identity(item, server_id),
        **_metadata(item.metadata),
        **_of_user(item, around.seen.get(item.id), wanted),
        **_counts(around.counts.get(item.id)),
        **_family(item, images),
        **_fields(item, images, wanted),
        **_music(item),
        **pictures(item, images, wanted),
    }


def _identity(item: Item, server_id: str) -> ItemIdentity:
    return {
        "Name": item.name,
        "ServerId": server_id,
        "Id": item.id,
        "Type": item.type,
        "MediaType": item.type.media_type,
        "IsFolder": item.type.is_folder or item.type is ItemType.MUSIC_ARTIST,
        "CollectionType": item.collection_type,
        "ProductionYear": item.year,
        "IndexNumber": item.index_number,
        "ParentIndexNumber": item.parent_index_number,
    }


def _of_user(item: Item, seen: Seen | None, wanted: Wanted) -> ItemOfUser:
    shown: ItemOfUser = {}
    if seen is not None:
        shown["UserData"] = user_data_dto(item.id, seen, item.metadata.run_time_ticks)
        if seen.tally is not None and wanted.field("RecursiveItemCount"):
            shown["RecursiveItemCount"] = seen.tally.total
    if wanted.field("CanDelete"):
        shown["CanDelete"] = wanted.may_delete
    if wanted.field("CanDownload"):
        shown["CanDownload"] = False
    return shown


def _counts(counts: Counts | None) -> ItemCounts:
    """Return how many items of each type mention a named item, by which clients choose what to show."""
    if counts is None:
        return {}
    return {
        "MovieCount": counts.get(ItemType.MOVIE, 0),
        "SeriesCount": counts.get(ItemType.SERIES, 0),
        "EpisodeCount": counts.get(ItemType.EPISODE, 0),
        "TrailerCount": counts.get(ItemType.TRAILER, 0),
        "SongCount": counts.get(ItemType.AUDIO, 0),
        "AlbumCount": counts.get(ItemType.MUSIC_ALBUM, 0),
        "ArtistCount": 0,
        "MusicVideoCount": counts.get(ItemType.MUSIC_VIDEO, 0),
        "ProgramCount": 0,
        "ChildCount": sum(counts.values()),
    }


def _metadata(metadata: Metadata) -> ItemMetadata:
    return {
        "OfficialRating": metadata.official_rating or None,
        "CommunityRating": metadata.community_rating,
        "CriticRating": metadata.critic_rating,
        "PremiereDate": _moment(metadata.premiered),
        "EndDate": _moment(metadata.ended),
        "RunTimeTicks": metadata.run_time_ticks,
        "Status": metadata.status or None,
        "AirDays": list(metadata.air_days) or None,
        "AirTime": metadata.air_time or None,
    }


def _family(item: Item, images: ImagesById) -> ItemFamily:
    """Return the items above; their names stand beside their images."""
    family: ItemFamily = {"SeriesId": item.series_id, "SeasonId": item.season_id, "AlbumId": item.album_id}
    if series := images.get(item.series_id or ""):
        family["SeriesName"] = series.name
    if season := images.get(item.season_id or ""):
        family["SeasonName"] = season.name
    if album := images.get(item.album_id or ""):
        family["Album"] = album.name
    return family


def _fields(item: Item, images: ImagesById, wanted: Wanted) -> ItemFields:
    """Return what is given only when the client lists it."""
    fields: ItemFields = {
        "ParentId": item.parent_id,
        "SortName": item.sort_name,
        "DateCreated": date_time(item.created),
        "Overview": item.overview,
        "PreferredMetadataLanguage": item.language,
        "PreferredMetadataCountryCode": item.metadata.country or None,
        "OriginalTitle": item.metadata.original_title or None,
        "ForcedSortName": None if item.sort_name == item.natural_sort_name else item.sort_name,
        "CustomRating": item.metadata.custom_rating or None,
        "DisplayOrder": item.metadata.display_order or None,
        "Tags": list(item.metadata.tags),
        "Taglines": [item.metadata.tagline] if item.metadata.tagline else [],
        "ProductionLocations": list(item.metadata.production_locations),
        "LockData": item.metadata.is_locked,
        "LockedFields": list(item.metadata.locked_fields),
        "ProviderIds": Verbatim(item.provider_ids),
        "Studios": _pairs(item.studios),
        "Genres": [mention.name for mention in item.genres],
        "GenreItems": _pairs(item.genres),
    }
    if wanted.field("People"):
        fields["People"] = [_person(credit, images.get(credit.id)) for credit in item.people]
    if wanted.field("Chapters") and item.chapters:
        fields["Chapters"] = _chapters(item, images)
    return _asked_for(fields, wanted)


def _asked_for(fields: ItemFields, wanted: Wanted) -> ItemFields:
    """Keep the fields that are wanted; one name stands for several of some."""
    asked = {name: value for name, value in fields.items() if wanted.field(_ASKED_AS.get(name, name))}
    return cast("ItemFields", asked)


def _music(item: Item) -> ItemMusic:
    if item.type not in _WITH_ARTISTS:
        return {}
    return {
        "Artists": [mention.name for mention in item.artists],
        "ArtistItems": _pairs(item.artists),
        "AlbumArtist": item.album_artists[0].name if item.album_artists else None,
        "AlbumArtists": _pairs(item.album_artists),
    }


def _person(credit: Credit, images: OwnerImages | None) -> BaseItemPerson:
    picture = images.find(ImageType.PRIMARY) if images else None
    return {
        "Name": credit.name,
        "Id": credit.id,
        "Role": credit.role or None,
        "Type": credit.type,
        "PrimaryImageTag": picture.tag if picture else None,
        "ImageBlurHashes": blur_hashes([picture]) if picture else None,
    }


def _chapters(item: Item, images: ImagesById) -> list[ChapterInfo]:
    found = of_type(images.get(item.id), ImageType.CHAPTER)
    padded: Sequence[StoredImage | None] = (*found, *[None] * len(item.chapters))
    return [
        {
            "StartPositionTicks": chapter.start_ticks,
            "Name": chapter.name,
            "ImageTag": picture.tag if picture else None,
            "ImageDateModified": date_time(picture.modified) if picture else None,
        }
        for chapter, picture in zip(item.chapters, padded, strict=False)
    ]


def _moment(text: str) -> str | None:
    return date_time(datetime.fromisoformat(text)) if text else None


def _pairs(mentions: Iterable[Mention]) -> list[NameGuidPair]:
    return [{"Name": mention.name, "Id": mention.id} for mention in mentions]
