"""What Jellyfin's metadata editor and its dashboard ask about items and libraries."""

from chalice.app import Response

from chalicelib.container import container, identity_of
from chalicelib.domain.library.items import Item
from chalicelib.domain.library.queries import ItemQuery
from chalicelib.errors import ForbiddenError
from chalicelib.web.library import localization
from chalicelib.web.library.editor import content_type_change, editor_info, external_ids, virtual_folder
from chalicelib.web.library.queries import TOLD, wanted
from chalicelib.web.library.responses import respond_with_page, viewer_of
from chalicelib.web.library.schemas.editor import (
    ExternalIdInfo,
    MetadataEditorInfo,
    SpecialViewOption,
    VirtualFolderInfo,
)
from chalicelib.web.library.schemas.items import BaseItemDtoQueryResult
from chalicelib.web.library.schemas.localization import (
    CountryInfo,
    CultureDto,
    LocalizationOption,
    ParentalRating,
)
from chalicelib.web.protocol.auth import authenticated, elevated
from chalicelib.web.protocol.blueprint import Routes
from chalicelib.web.protocol.declarations.operations import operation
from chalicelib.web.protocol.declarations.parameters import guid
from chalicelib.web.protocol.declarations.query import USER_ID, Text
from chalicelib.web.protocol.request import Request
from chalicelib.web.protocol.responses import json_response, no_content
from chalicelib.web.server.absent import NO_LIBRARY

routes = Routes(__name__, identity_of)

ITEM = "/Items/{item_id}"
CONTENT_TYPE = Text(
    "contentType", "what the folder holds, one of Jellyfin's collection types; empty for nothing"
)


@routes.view(ITEM + "/MetadataEditor", "GET")
@operation(answers=MetadataEditorInfo)
@elevated
def get_metadata_editor(request: Request, item_id: str) -> Response:
    """Answer what an editor of an item offers."""
    return json_response(request, editor_info(_item(item_id)))


@routes.view(ITEM + "/ContentType", "POST")
@operation(CONTENT_TYPE)
@elevated
def set_content_type(request: Request, item_id: str) -> Response:
    """Say what a folder holds."""
    change = content_type_change(CONTENT_TYPE.of(request.query))
    container().library.editing.edit(guid("itemId", item_id), change, request.deadline)
    return no_content()


@routes.view(ITEM + "/ExternalIdInfos", "GET")
@operation(answers=list[ExternalIdInfo])
@elevated
def list_external_ids(request: Request, item_id: str) -> Response:
    """List the identifiers that other sites may have given an item."""
    return json_response(request, external_ids(_item(item_id)))


@routes.view("/Library/VirtualFolders", "GET")
@operation(answers=list[VirtualFolderInfo])
@elevated
def list_virtual_folders(request: Request) -> Response:
    """List the folders at the top of the library with their options."""
    folders = _folders()
    images = container().library.lists.images_around(folders)
    return json_response(request, [virtual_folder(folder, images) for folder in folders])


@routes.view("/Library/VirtualFolders", "POST", "DELETE")
@elevated
def refuse_virtual_folder(_request: Request) -> Response:
    """Refuse: a library is a folder at the top, which is made as any item is."""
    raise ForbiddenError(NO_LIBRARY)


@routes.view("/Library/MediaFolders", "GET")
@operation(*TOLD, answers=BaseItemDtoQueryResult)
@elevated
def list_media_folders(request: Request) -> Response:
    """List the folders at the top of the library."""
    told = wanted(request, viewer_of(request))
    page = container().library.lists.page(ItemQuery())
    return respond_with_page(container(), request, page, told)


@routes.view("/UserViews/GroupingOptions", "GET")
@routes.view("/Users/{user_id}/GroupingOptions", "GET")
@operation(USER_ID, answers=list[SpecialViewOption])
@authenticated
def list_grouping_options(request: Request, user_id: str | None = None) -> Response:
    """List the folders at the top of the library by name."""
    viewer_of(request, user_id)
    options: list[SpecialViewOption] = [{"Name": folder.name, "Id": folder.id} for folder in _folders()]
    return json_response(request, options)


@routes.view("/Localization/Cultures", "GET")
@operation(answers=list[CultureDto])
@authenticated
def list_cultures(request: Request) -> Response:
    """List languages."""
    return json_response(request, localization.cultures())


@routes.view("/Localization/Countries", "GET")
@operation(answers=list[CountryInfo])
@authenticated
def list_countries(request: Request) -> Response:
    """List countries."""
    return json_response(request, localization.countries())


@routes.view("/Localization/ParentalRatings", "GET")
@operation(answers=list[ParentalRating])
@authenticated
def list_parental_ratings(request: Request) -> Response:
    """List ratings."""
    return json_response(request, localization.parental_ratings())


@routes.view("/Localization/Options", "GET")
@operation(answers=list[LocalizationOption])
@authenticated
def list_localization_options(request: Request) -> Response:
    """List the languages in which the service speaks."""
    return json_response(request, localization.options())


def _item(item_id: str) -> Item:
    return container().library.lists.find(guid("itemId", item_id))


def _folders() -> tuple[Item, ...]:
    """Return the folders at the top of the library by name."""
    return tuple(item for item in container().library.lists.page(ItemQuery()).items if item.type.is_folder)
