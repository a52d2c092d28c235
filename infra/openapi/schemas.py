"""The values that the service takes and answers, as JSON Schema (2020-12, which OpenAPI 3.1 uses)."""

from typing import Any

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType

type Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer", "format": "int32", "minimum": -(2**31), "maximum": 2**31 - 1}
DECIMAL: Schema = {"type": "number"}
TRUTH: Schema = {"type": "boolean"}
ID: Schema = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
TIME: Schema = {"type": "string", "format": "date-time"}
TEXTS: Schema = {"type": "array", "items": TEXT}
BY_NAME: Schema = {"type": "object", "additionalProperties": TEXT}
DIGITS: Schema = {"type": "string", "pattern": "^[0-9]{1,4}$"}
IMAGE_TYPES = [image_type.value for image_type in ImageType]


SEGMENTS: dict[str, Schema] = {
    **dict.fromkeys(("item_id", "user_id", "ticket_id"), ID),
    **dict.fromkeys(("image_index", "max_width", "max_height", "percent_played", "unplayed_count"), DIGITS),
    "image_type": {"enum": IMAGE_TYPES},
}
"""What a placeholder of a path stands for; any text where it is not named."""


def ref(name: str) -> Schema:
    """Point to a schema of the components."""
    return {"$ref": f"#/components/schemas/{name}"}


def list_of(schema: Schema) -> Schema:
    """Say that a value is an array."""
    return {"type": "array", "items": schema}


def _record(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    """Say that a value is an object; what is unknown or null is left out of answers."""
    return {"type": "object", "required": list(required), "properties": required | (optional or {})}


_TAG_BY_TYPE: Schema = {
    "type": "object",
    "additionalProperties": TEXT,
    "propertyNames": {"enum": IMAGE_TYPES},
}
_USER_PUBLIC: dict[str, Schema] = {"Name": TEXT, "ServerId": ID, "Id": ID, "HasPassword": TRUTH}
_PARENT_IMAGES = {
    name: TEXT
    for owner in ("ParentPrimary", "ParentLogo", "ParentThumb", "ParentBackdrop")
    for name in (f"{owner}ImageTag", f"{owner}ItemId")
}

SCHEMAS: dict[str, Schema] = {
    "ImageInfo": _record(
        {"ImageType": {"enum": IMAGE_TYPES}, "ImageTag": TEXT, "Path": TEXT, "Size": {"type": "integer"}},
        {"ImageIndex": NUMBER, "BlurHash": TEXT, "Width": NUMBER, "Height": NUMBER},
    ),
    "RemoteImageInfo": _record(
        {"ProviderName": TEXT, "Url": TEXT, "Type": {"enum": IMAGE_TYPES}, "RatingType": TEXT},
        {
            "ThumbnailUrl": TEXT,
            "Width": NUMBER,
            "Height": NUMBER,
            "CommunityRating": DECIMAL,
            "VoteCount": NUMBER,
            "Language": TEXT,
        },
    ),
    "RemoteImageResult": _record(
        {"Images": list_of(ref("RemoteImageInfo")), "TotalRecordCount": NUMBER, "Providers": TEXTS}
    ),
    "ImageProviderInfo": _record({"Name": TEXT, "SupportedImages": list_of({"enum": IMAGE_TYPES})}),
    "BaseItemDto": _record(
        {"Name": TEXT, "ServerId": ID, "Id": ID, "Type": {"enum": [kind.value for kind in ItemType]}},
        {
            "ImageTags": _TAG_BY_TYPE,
            "BackdropImageTags": TEXTS,
            "ImageBlurHashes": {"type": "object", "additionalProperties": BY_NAME},
            "PrimaryImageAspectRatio": DECIMAL,
            "SeriesPrimaryImageTag": TEXT,
            "AlbumPrimaryImageTag": TEXT,
            "ParentBackdropImageTags": TEXTS,
            "ProviderIds": BY_NAME,
            **_PARENT_IMAGES,
        },
    ),
    "ItemArtwork": _record(
        {
            "Id": ID,
            "Name": TEXT,
            "SortName": TEXT,
            "Type": {"enum": [kind.value for kind in ItemType]},
            "Images": list_of(ref("ImageFacts")),
        },
        {"ProductionYear": NUMBER, "Album": TEXT, "SeriesName": TEXT},
    ),
    "ImageFacts": _record(
        {
            "ImageType": {"enum": IMAGE_TYPES},
            "ImageTag": TEXT,
            "Width": NUMBER,
            "Height": NUMBER,
            "Size": {"type": "integer"},
            "ContentType": TEXT,
        },
        {"BlurHash": TEXT},
    ),
    "ItemArtworkQueryResult": _record(
        {"Items": list_of(ref("ItemArtwork")), "TotalRecordCount": NUMBER, "StartIndex": NUMBER}
    ),
    "BaseItemDtoQueryResult": _record(
        {"Items": list_of(ref("BaseItemDto")), "TotalRecordCount": NUMBER, "StartIndex": NUMBER}
    ),
    "SearchHintResult": _record({"SearchHints": list_of({"type": "object"}), "TotalRecordCount": NUMBER}),
    "PublicUserDto": _record(_USER_PUBLIC, {"PrimaryImageTag": TEXT}),
    "UserDto": _record(
        _USER_PUBLIC | {"Policy": {"type": "object"}, "Configuration": {"type": "object"}},
        {"PrimaryImageTag": TEXT, "LastLoginDate": TIME, "LastActivityDate": TIME},
    ),
    "AuthenticationResult": _record(
        {"User": ref("UserDto"), "SessionInfo": {"type": "object"}, "AccessToken": TEXT, "ServerId": ID}
    ),
    "AuthenticationInfo": _record({"AccessToken": TEXT, "AppName": TEXT, "DateCreated": TIME}),
    "AuthenticationInfoQueryResult": _record(
        {"Items": list_of(ref("AuthenticationInfo")), "TotalRecordCount": NUMBER, "StartIndex": NUMBER}
    ),
    "PublicSystemInfo": _record({"ServerName": TEXT, "Version": TEXT, "ProductName": TEXT, "Id": ID}),
    "SystemInfo": _record(
        {"ServerName": TEXT, "Version": TEXT, "ProductName": TEXT, "Id": ID, "HasPendingRestart": TRUTH}
    ),
    "DisplayPreferencesDto": _record(
        {},
        {
            "Id": ID,
            "ViewType": TEXT,
            "SortBy": TEXT,
            "IndexBy": TEXT,
            "RememberIndexing": TRUTH,
            "PrimaryImageHeight": NUMBER,
            "PrimaryImageWidth": NUMBER,
            "CustomPrefs": {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
            "ScrollDirection": {"enum": ["Horizontal", "Vertical"]},
            "ShowBackdrop": TRUTH,
            "RememberSorting": TRUTH,
            "SortOrder": {"enum": ["Ascending", "Descending"]},
            "ShowSidebar": TRUTH,
            "Client": TEXT,
        },
    ),
    "BrandingOptions": _record({"SplashscreenEnabled": TRUTH}, {"LoginDisclaimer": TEXT, "CustomCss": TEXT}),
    "ImageUrls": _record(
        {"Items": list_of({"type": "object"}), "TotalRecordCount": NUMBER}, {"ExpiresAt": TIME}
    ),
    "UploadTicket": _record(
        {"Id": TEXT, "State": TEXT, "StatusUrl": TEXT, "Expires": TIME},
        {"Url": TEXT, "Fields": BY_NAME, "MaxBytes": NUMBER, "ImageTag": TEXT, "Field": TEXT, "Reason": TEXT},
    ),
    "ProblemDetails": _record(
        {"type": TEXT, "title": TEXT, "status": NUMBER},
        {"detail": TEXT, "errors": {"type": "object", "additionalProperties": TEXTS}},
    ),
    "ItemBody": _record(
        {"Name": TEXT, "Type": {"enum": [kind.value for kind in ItemType]}},
        {
            "Id": ID,
            "ParentId": ID,
            "SortName": TEXT,
            "DateCreated": TIME,
            "ProductionYear": NUMBER,
            "IndexNumber": NUMBER,
            "ParentIndexNumber": NUMBER,
            "Overview": TEXT,
            "CollectionType": TEXT,
            "PreferredMetadataLanguage": TEXT,
            "ProviderIds": BY_NAME,
            "People": list_of(_record({"Name": TEXT}, {"Role": TEXT, "Type": TEXT})),
            "Genres": TEXTS,
            "Studios": TEXTS,
            "Artists": TEXTS,
            "AlbumArtists": TEXTS,
        },
    ),
    "Login": _record({"Username": TEXT}, {"Pw": TEXT}),
    "NewUser": _record({"Name": TEXT}, {"Password": TEXT}),
    "NewPassword": _record({}, {"CurrentPw": TEXT, "NewPw": TEXT, "ResetPassword": TRUTH}),
    "UserPolicy": _record(
        {},
        {
            "IsAdministrator": TRUTH,
            "IsDisabled": TRUTH,
            "IsHidden": TRUTH,
            "EnableUserPreferenceAccess": TRUTH,
        },
    ),
    "UploadAnnouncement": _record({}, {"contentType": TEXT, "size": NUMBER}),
}
