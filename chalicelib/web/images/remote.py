"""What requests for remote images may say, and their answers in Jellyfin's shape."""

from collections.abc import Mapping

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.remote.artwork import (
    URL_FIELD,
    ProviderInfo,
    RemoteImage,
    RemoteImagePage,
    RemoteImageQuery,
)
from chalicelib.errors import InvalidInputError
from chalicelib.web.images.schemas import ImageProviderInfo, RemoteImageInfo, RemoteImageResult
from chalicelib.web.protocol.declarations.query import LIMIT, START_INDEX, Text, Truth

_TYPES = tuple(image_type.value for image_type in ImageType)
TYPE = Text("type", "the type of image; an unknown one narrows nothing", choices=_TYPES)
PROVIDER_NAME = Text("providerName", "the site to ask")
INCLUDE_ALL_LANGUAGES = Truth(
    "includeAllLanguages", "whether to list images in other languages than the item's"
)
LISTED = (TYPE, PROVIDER_NAME, INCLUDE_ALL_LANGUAGES, START_INDEX, LIMIT)
"""What narrows a list of remote images."""

WANTED_TYPE = Text("type", "the type of image that the download becomes", required=True, choices=_TYPES)
WANTED_URL = Text(URL_FIELD, "where the picture is, one of those that the list names", required=True)


def remote_image_query(query: Mapping[str, str]) -> RemoteImageQuery:
    """Read what narrows a list; an unknown type narrows nothing, as in Jellyfin."""
    return RemoteImageQuery(
        image_type=ImageType.parse(TYPE.of(query)),
        provider=PROVIDER_NAME.of(query).strip() or None,
        all_languages=INCLUDE_ALL_LANGUAGES.of(query) or False,
        start=START_INDEX.of(query) or 0,
        limit=LIMIT.of(query),
    )


def wanted_type(query: Mapping[str, str]) -> ImageType:
    """Return the type that a download becomes, which must be given and known."""
    text = WANTED_TYPE.of(query)
    if (found := ImageType.parse(text)) is None:
        message = f"The value '{text[:100]}' is not valid."
        raise InvalidInputError(WANTED_TYPE.name, message)
    return found


def wanted_url(query: Mapping[str, str]) -> str:
    """Return the URL to download, which must be given."""
    return WANTED_URL.of(query).strip()


def remote_image_result(page: RemoteImagePage) -> RemoteImageResult:
    """Return Jellyfin's RemoteImageResult."""
    return {
        "Images": [remote_image_info(image) for image in page.images],
        "TotalRecordCount": page.total,
        "Providers": list(page.providers),
    }


def remote_image_info(image: RemoteImage) -> RemoteImageInfo:
    """Return Jellyfin's RemoteImageInfo."""
    return {
        "ProviderName": image.provider,
        "Url": image.url,
        "ThumbnailUrl": image.thumbnail_url,
        "Height": image.height,
        "Width": image.width,
        "CommunityRating": image.rating,
        "VoteCount": image.votes,
        "Language": image.language,
        "Type": image.image_type,
        "RatingType": image.rating_kind.value,
    }


def provider_infos(providers: tuple[ProviderInfo, ...]) -> list[ImageProviderInfo]:
    """Return Jellyfin's ImageProviderInfo of each provider."""
    return [{"Name": one.name, "SupportedImages": list(one.image_types)} for one in providers]
