"""What requests for remote images may say, and their answers in Jellyfin's shape."""

from collections.abc import Mapping
from typing import Any

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.remote.artwork import (
    URL_FIELD,
    ProviderInfo,
    RemoteImage,
    RemoteImagePage,
    RemoteImageQuery,
)
from chalicelib.errors import InvalidInputError
from chalicelib.web.protocol import parameters

TYPE_FIELD = "type"


def remote_image_query(query: Mapping[str, str]) -> RemoteImageQuery:
    """Read what narrows a list; an unknown type narrows nothing, as in Jellyfin."""
    return RemoteImageQuery(
        image_type=ImageType.parse(query.get(TYPE_FIELD, "")),
        provider=query.get("providername", "").strip() or None,
        all_languages=parameters.optional_boolean(query, "includeAllLanguages") or False,
        start=parameters.optional_integer(query, "startIndex") or 0,
        limit=parameters.optional_integer(query, "limit"),
    )


def wanted_type(query: Mapping[str, str]) -> ImageType:
    """Return the type that a download becomes, which must be given and known."""
    text = _required(query, TYPE_FIELD)
    if (found := ImageType.parse(text)) is None:
        message = f"The value '{text[:100]}' is not valid."
        raise InvalidInputError(TYPE_FIELD, message)
    return found


def wanted_url(query: Mapping[str, str]) -> str:
    """Return the URL to download, which must be given."""
    return _required(query, URL_FIELD)


def remote_image_result(page: RemoteImagePage) -> dict[str, Any]:
    """Return Jellyfin's RemoteImageResult."""
    return {
        "Images": [remote_image_info(image) for image in page.images],
        "TotalRecordCount": page.total,
        "Providers": list(page.providers),
    }


def remote_image_info(image: RemoteImage) -> dict[str, Any]:
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
        "Type": image.image_type.value,
        "RatingType": image.rating_kind.value,
    }


def provider_infos(providers: tuple[ProviderInfo, ...]) -> list[dict[str, Any]]:
    """Return Jellyfin's ImageProviderInfo of each provider."""
    return [{"Name": one.name, "SupportedImages": [t.value for t in one.image_types]} for one in providers]


def _required(query: Mapping[str, str], field: str) -> str:
    text = query.get(field.lower(), "").strip()
    if not text:
        message = f"The {field} field is required."
        raise InvalidInputError(field, message)
    return text
