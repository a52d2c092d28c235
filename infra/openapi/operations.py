"""What each view takes in its query and body, and what it answers when all is well."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from infra.openapi.schemas import DECIMAL, ID, IMAGE_TYPES, NUMBER, TEXT, TRUTH, Schema, list_of, ref

PICTURE = "picture"
"""Stands for an answer that is a picture, with the statuses that only pictures have."""
STATIC_FILE = "static file"
"""Stands for an answer that is a static file of any type, or leads to one."""


@dataclass(frozen=True, slots=True)
class Operation:
    """`answer` is a schema, PICTURE, or None for 204; `body` a schema, or PICTURE for an upload."""

    answer: Schema | str | None = None
    query: Mapping[str, Schema] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    body: Schema | str | None = None
    body_is_optional: bool = False
    status: int = 200


_TRANSFORMATION: dict[str, Schema] = {
    "maxWidth": NUMBER,
    "maxHeight": NUMBER,
    "width": NUMBER,
    "height": NUMBER,
    "quality": NUMBER | {"default": 90, "description": "0 to 100"},
    "fillWidth": NUMBER,
    "fillHeight": NUMBER,
    "tag": TEXT,
    "format": TEXT | {"examples": ["Original", "Gif", "Jpg", "Png", "Webp", "Avif"]},
    "percentPlayed": DECIMAL,
    "unplayedCount": NUMBER,
    "blur": NUMBER,
    "backgroundColor": TEXT | {"examples": ["#336699"]},
    "foregroundLayer": TEXT,
    "imageIndex": NUMBER,
}
_PAGE: dict[str, Schema] = {"startIndex": NUMBER, "limit": NUMBER}
_SHOWN: dict[str, Schema] = {
    "userId": ID,
    "fields": TEXT,
    "enableImages": TRUTH,
    "enableImageTypes": TEXT,
    "imageTypeLimit": NUMBER,
}
_LISTED: dict[str, Schema] = {
    **_SHOWN,
    **_PAGE,
    "parentId": ID,
    "ids": TEXT,
    "recursive": TRUTH,
    "includeItemTypes": TEXT,
    "excludeItemTypes": TEXT,
    "searchTerm": TEXT,
    "nameStartsWith": TEXT,
    "imageTypes": TEXT,
    "years": TEXT,
    "genres": TEXT,
    "sortBy": TEXT,
    "sortOrder": TEXT,
    "enableTotalRecordCount": TRUTH,
}
_TYPE = TEXT | {"examples": IMAGE_TYPES}
_ITEMS = Operation(ref("BaseItemDtoQueryResult"), _LISTED)
_ITEM = Operation(ref("BaseItemDto"), _SHOWN)
_SHOW = Operation(PICTURE, _TRANSFORMATION)
_PAGE_FILE = Operation(STATIC_FILE)
_OF_USER: dict[str, Schema] = {"userId": ID}
_USER = Operation(ref("UserDto"))

OPERATIONS: dict[str, Operation] = {
    "get_item_image": _SHOW,
    "get_item_image_by_path": _SHOW,
    "get_named_item_image": _SHOW,
    "get_user_image": Operation(PICTURE, _OF_USER | {"tag": TEXT, "format": TEXT}),
    "get_user_image_by_path": Operation(PICTURE, {"tag": TEXT, "format": TEXT}),
    "list_item_images": Operation(list_of(ref("ImageInfo"))),
    "upload_item_image": Operation(query={"imageIndex": NUMBER}, body=PICTURE),
    "delete_item_image": Operation(query={"imageIndex": NUMBER}),
    "move_item_image": Operation(query={"newIndex": NUMBER}, required=frozenset({"newIndex"})),
    "upload_user_image": Operation(query=_OF_USER, body=PICTURE),
    "delete_user_image": Operation(query=_OF_USER),
    "upload_user_image_by_path": Operation(body=PICTURE),
    "delete_user_image_by_path": Operation(),
    "issue_upload_ticket": Operation(
        ref("UploadTicket"),
        {"imageIndex": NUMBER},
        body=ref("UploadAnnouncement"),
        body_is_optional=True,
        status=201,
    ),
    "get_upload_ticket": Operation(ref("UploadTicket")),
    "list_image_urls": Operation(ref("ImageUrls"), {"itemIds": TEXT, "userIds": TEXT}),
    "list_remote_images": Operation(
        ref("RemoteImageResult"),
        {"type": _TYPE, "providerName": TEXT, "includeAllLanguages": TRUTH, **_PAGE},
    ),
    "list_remote_image_providers": Operation(list_of(ref("ImageProviderInfo"))),
    "download_remote_image": Operation(
        query={"type": _TYPE, "imageUrl": TEXT}, required=frozenset({"type", "imageUrl"})
    ),
    "list_items": _ITEMS,
    "list_artwork": Operation(ref("ItemArtworkQueryResult"), _LISTED),
    "list_named_items": _ITEMS,
    "list_album_artists": _ITEMS,
    "list_resumable_items": _ITEMS,
    "list_user_views": Operation(ref("BaseItemDtoQueryResult"), _SHOWN),
    "list_latest_items": Operation(list_of(ref("BaseItemDto")), _LISTED),
    "list_search_hints": Operation(
        ref("SearchHintResult"), {"searchTerm": TEXT, "includeItemTypes": TEXT, "userId": ID, **_PAGE}
    ),
    "get_item": _ITEM,
    "get_named_item": _ITEM,
    "create_item": Operation(ref("BaseItemDto"), body=ref("ItemBody")),
    "replace_item": Operation(ref("BaseItemDto"), body=ref("ItemBody")),
    "delete_item": Operation(),
    "list_public_users": Operation(list_of(ref("PublicUserDto"))),
    "list_users": Operation(list_of(ref("UserDto")), {"isHidden": TRUTH, "isDisabled": TRUTH}),
    "get_current_user": _USER,
    "get_user": _USER,
    "create_user": Operation(ref("UserDto"), body=ref("NewUser")),
    "delete_user": Operation(),
    "change_password": Operation(query=_OF_USER, body=ref("NewPassword")),
    "change_policy": Operation(body=ref("UserPolicy")),
    "authenticate_by_name": Operation(ref("AuthenticationResult"), body=ref("Login")),
    "log_out": Operation(),
    "list_keys": Operation(ref("AuthenticationInfoQueryResult")),
    "create_key": Operation(ref("AuthenticationInfo"), {"app": TEXT}, frozenset({"app"})),
    "revoke_key": Operation(),
    "get_display_preferences": Operation(
        ref("DisplayPreferencesDto"), _OF_USER | {"client": TEXT}, frozenset({"client"})
    ),
    "save_display_preferences": Operation(
        None, _OF_USER | {"client": TEXT}, frozenset({"client"}), ref("DisplayPreferencesDto")
    ),
    "get_system_info": Operation(ref("SystemInfo")),
    "get_public_system_info": Operation(ref("PublicSystemInfo")),
    "ping": Operation(TEXT),
    "get_branding": Operation(ref("BrandingOptions")),
    "get_openapi": Operation({"type": "object"}),
    "get_root": _PAGE_FILE,
    "get_favicon": _PAGE_FILE,
    "get_page": _PAGE_FILE,
    "get_web_client": _PAGE_FILE,
}
