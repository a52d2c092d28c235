"""The image of a user: one each, whatever type or index a legacy path names."""

from collections.abc import Mapping
from dataclasses import replace

from chalice.app import Response

from chalicelib.container import container, forwarder, identity_of
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.errors import ForbiddenError
from chalicelib.web.accounts.responses import caller_of, user_meant
from chalicelib.web.images.responses import respond_to_image_request
from chalicelib.web.images.uploads import picture_of
from chalicelib.web.protocol.auth import authenticated
from chalicelib.web.protocol.blueprint import Routes
from chalicelib.web.protocol.declarations import parameters
from chalicelib.web.protocol.declarations.image_parameters import (
    IMAGE_INDEX,
    PARAMETERS,
    SHOWN,
    image_index_of,
    image_options,
)
from chalicelib.web.protocol.declarations.operations import PICTURE, operation
from chalicelib.web.protocol.declarations.query import USER_ID
from chalicelib.web.protocol.passing import passed_on
from chalicelib.web.protocol.request import Request
from chalicelib.web.protocol.responses import no_content

routes = Routes(__name__, identity_of, forwarder)

USER_IMAGE = "/UserImage"
LEGACY = "/Users/{user_id}/Images/{image_type}"
INDEXED = LEGACY + "/{image_index}"
HEEDED = frozenset({"tag", "format", "accept", "apikey", "api_key"})
"""What GET takes; sizes are read and, since Jellyfin 10.11, ignored."""


def user_concerned(request: Request, segments: Mapping[str, str]) -> OwnerKey | None:
    """Return the user whose image a request is about; None where the token alone says who that is."""
    user_id = segments.get("user_id") or request.query.get("userid")
    return OwnerKey.user(parameters.guid("userId", user_id)) if user_id else None


def _names_nobody(request: Request) -> bool:
    return not request.query.get("userid")


@routes.view(USER_IMAGE, "GET", "HEAD")
@operation(USER_ID, *SHOWN, answers=PICTURE)
@passed_on(user_concerned, when=_names_nobody)
def get_user_image(request: Request) -> Response:
    """Answer the image of the user that `userId` names, else of the caller."""
    identity = None if request.query.get("userid") else identity_of(request)
    return _respond(request, user_meant(request, identity))


@routes.view(LEGACY, "GET", "HEAD")
@routes.view(INDEXED, "GET", "HEAD")
@operation(*PARAMETERS, answers=PICTURE)
def get_user_image_by_path(
    request: Request, user_id: str, image_type: str, image_index: str | None = None
) -> Response:
    """Answer the image of a user by Jellyfin's legacy path."""
    _check(request, image_type, image_index)
    image_options(request.query, frozenset())
    return _respond(request, parameters.guid("userId", user_id))


@routes.view(USER_IMAGE, "POST")
@operation(USER_ID, body=PICTURE)
@passed_on(user_concerned)
@authenticated
def upload_user_image(request: Request) -> Response:
    """Make the body the image of a user."""
    owner = _owner_to_change(request, "update")
    picture = picture_of(request, container().settings.max_upload_bytes)
    container().images.editing.upload(owner, ImageType.PRIMARY, picture, deadline=request.deadline)
    return no_content()


@routes.view(LEGACY, "POST")
@routes.view(INDEXED, "POST")
@operation(IMAGE_INDEX, body=PICTURE)
@passed_on(user_concerned)
@authenticated
def upload_user_image_by_path(
    request: Request, user_id: str, image_type: str, image_index: str | None = None
) -> Response:
    """Make the body the image of a user, by Jellyfin's legacy path."""
    _check(request, image_type, image_index)
    return upload_user_image(_about(request, user_id))


@routes.view(USER_IMAGE, "DELETE")
@operation(USER_ID)
@passed_on(user_concerned)
@authenticated
def delete_user_image(request: Request) -> Response:
    """Drop the image of a user; a missing one is no error."""
    owner = _owner_to_change(request, "delete")
    container().images.editing.delete(owner, ImageType.PRIMARY, 0, request.deadline)
    return no_content()


@routes.view(LEGACY, "DELETE")
@routes.view(INDEXED, "DELETE")
@operation(IMAGE_INDEX)
@passed_on(user_concerned)
@authenticated
def delete_user_image_by_path(
    request: Request, user_id: str, image_type: str, image_index: str | None = None
) -> Response:
    """Drop the image of a user, by Jellyfin's legacy path."""
    _check(request, image_type, image_index)
    return delete_user_image(_about(request, user_id))


def _respond(request: Request, user_id: str) -> Response:
    heeded = replace(request, query={n: v for n, v in request.query.items() if n in HEEDED})
    return respond_to_image_request(container(), heeded, OwnerKey.user(user_id), ImageType.PRIMARY, None)


def _owner_to_change(request: Request, verb: str) -> OwnerKey:
    """Return whose image is changed, once it is clear that the caller may; the texts are Jellyfin's."""
    caller = caller_of(request)
    user_id = user_meant(request, caller)
    if not caller.may_act_for(user_id):
        raise ForbiddenError("Only the user itself or an administrator may do this.")
    if not caller.may_change_own_image:
        raise ForbiddenError(f"User is not allowed to {verb} the image.")
    return OwnerKey.user(user_id)


def _about(request: Request, user_id: str) -> Request:
    return replace(request, query={**request.query, "userid": user_id})


def _check(request: Request, image_type: str, image_index: str | None) -> None:
    parameters.image_type(image_type)
    image_index_of(request.query, image_index)
