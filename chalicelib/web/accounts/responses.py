"""What the views of accounts have in common: who calls, about whom, and users with their pictures."""

from collections.abc import Sequence

from chalicelib.domain.accounts.accounts import Identity, User
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.errors import InvalidInputError, UnauthenticatedError
from chalicelib.services.images.access import ImageAccess
from chalicelib.web.accounts.dto import Portrait
from chalicelib.web.protocol.declarations.parameters import guid
from chalicelib.web.protocol.declarations.query import USER_ID
from chalicelib.web.protocol.request import Request


def caller_of(request: Request) -> Identity:
    """Return who calls a view that asks for an identity."""
    if request.identity is None:
        raise UnauthenticatedError("Send a valid access token or API key.")
    return request.identity


def user_meant(request: Request, identity: Identity | None, user_id: str | None = None) -> str:
    """Return the user that a request is about: the path's, else the query's, else the caller."""
    if given := guid("userId", user_id) if user_id else USER_ID.of(request.query):
        return given
    if identity is None:
        raise InvalidInputError("userId", "UserId is required if unauthenticated")
    return user_of(identity)


def user_of(identity: Identity) -> str:
    """Return the user who calls; raises InvalidInputError for an API key."""
    if identity.user_id is None:
        raise InvalidInputError("userId", "An API key has no user; userId is required.")
    return identity.user_id


def portraits(image_access: ImageAccess, users: Sequence[User]) -> list[Portrait]:
    """Return users with the tags of their images, at one read for a hundred."""
    images = image_access.find_many(OwnerKey.user(user.id) for user in users)
    found = (images.get(OwnerKey.user(user.id)) for user in users)
    pictures = [owned.find(ImageType.PRIMARY) if owned else None for owned in found]
    return [
        Portrait(user, picture.tag if picture else None)
        for user, picture in zip(users, pictures, strict=True)
    ]
