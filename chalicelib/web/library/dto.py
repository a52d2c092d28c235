"""Items in the shape of Jellyfin's BaseItemDto."""

from collections.abc import Iterable, Sequence

from chalicelib.domain.images.images import ImageType, OwnerImages, StoredImage
from chalicelib.domain.library.items import Credit, Item, ItemType, Mention
from chalicelib.web.library.pictures import Dto, ImagesById, blur_hashes, of_type, pictures
from chalicelib.web.library.queries import Wanted
from chalicelib.web.protocol.shapes import Verbatim, date_time

_WITH_ARTISTS = frozenset({ItemType.MUSIC_ALBUM, ItemType.AUDIO, ItemType.MUSIC_VIDEO})


def item_dto(item: Item, images: ImagesById, wanted: Wanted, server_id: str) -> Dto:
    """Return an item with its images and those it borrows; `images` has all that `images_around` found."""
    return {
        **_identity(item, server_id),
        **_numbers(item),
        **_asked_for(item, wanted),
        **_music(item),
        **_people(item, images, wanted),
        **_chapters(item, images, wanted),
        **(pictures(item, images, wanted) if wanted.images else {}),
        **_family_names(item, images),
    }


def _identity(item: Item, server_id: str) -> Dto:
    return {
        "Name": item.name,
        "ServerId": server_id,
        "Id": item.id,
        "Type": item.type.value,
        "MediaType": item.type.media_type,
        "IsFolder": item.type.is_folder or item.type is ItemType.MUSIC_ARTIST,
        "CollectionType": item.collection_type,
    }


def _numbers(item: Item) -> Dto:
    return {
        "ProductionYear": item.year,
        "IndexNumber": item.index_number,
        "ParentIndexNumber": item.parent_index_number,
        "SeriesId": item.series_id,
        "SeasonId": item.season_id,
        "AlbumId": item.album_id,
    }


def _asked_for(item: Item, wanted: Wanted) -> Dto:
    """Return the fields that are given only when the client lists them."""
    known = {
        "ParentId": item.parent_id,
        "SortName": item.sort_name,
        "DateCreated": date_time(item.created),
        "Overview": item.overview,
        "PreferredMetadataLanguage": item.language,
        "ProviderIds": Verbatim(item.provider_ids),
        "Studios": _pairs(item.studios),
        "Genres": [mention.name for mention in item.genres],
    }
    asked: Dto = {name: value for name, value in known.items() if wanted.field(name)}
    return asked | ({"GenreItems": _pairs(item.genres)} if "Genres" in asked else {})


def _music(item: Item) -> Dto:
    if item.type not in _WITH_ARTISTS:
        return {}
    return {
        "Artists": [mention.name for mention in item.artists],
        "ArtistItems": _pairs(item.artists),
        "AlbumArtist": item.album_artists[0].name if item.album_artists else None,
        "AlbumArtists": _pairs(item.album_artists),
    }


def _people(item: Item, images: ImagesById, wanted: Wanted) -> Dto:
    if not wanted.field("People"):
        return {}
    return {"People": [_person(credit, images.get(credit.id)) for credit in item.people]}


def _person(credit: Credit, images: OwnerImages | None) -> Dto:
    picture = images.find(ImageType.PRIMARY) if images else None
    return {
        "Name": credit.name,
        "Id": credit.id,
        "Role": credit.role or None,
        "Type": credit.type,
        "PrimaryImageTag": picture.tag if picture else None,
        "ImageBlurHashes": blur_hashes([picture]) if picture else None,
    }


def _chapters(item: Item, images: ImagesById, wanted: Wanted) -> Dto:
    if not wanted.field("Chapters") or not item.chapters:
        return {}
    found = of_type(images.get(item.id), ImageType.CHAPTER)
    padded: Sequence[StoredImage | None] = (*found, *[None] * len(item.chapters))
    return {
        "Chapters": [
            {
                "StartPositionTicks": chapter.start_ticks,
                "Name": chapter.name,
                "ImageTag": picture.tag if picture else None,
                "ImageDateModified": date_time(picture.modified) if picture else None,
            }
            for chapter, picture in zip(item.chapters, padded, strict=False)
        ]
    }


def _family_names(item: Item, images: ImagesById) -> Dto:
    """Return the names of the items above; they stand beside the images."""
    ids = {"SeriesName": item.series_id, "SeasonName": item.season_id, "Album": item.album_id}
    return {name: images[item_id].name for name, item_id in ids.items() if item_id and item_id in images}


def _pairs(mentions: Iterable[Mention]) -> list[Dto]:
    return [{"Name": mention.name, "Id": mention.id} for mention in mentions]
