"""What lets a request fetch an image, and what caches may then do with the answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chalicelib.domain.images.grants import Grant, SignedTag
from chalicelib.errors import ForbiddenError, NotFoundError, UnauthenticatedError
from chalicelib.web.protocol.auth import identify

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.domain.accounts.accounts import Identity
    from chalicelib.domain.images.images import ImageType
    from chalicelib.domain.images.owners import OwnerKey
    from chalicelib.web.images.sources import ImageSources
    from chalicelib.web.protocol.caching import CachePolicy
    from chalicelib.web.protocol.request import Request


@dataclass(frozen=True, slots=True)
class AccessDecision:
    """Why a request may fetch an image: anybody may, a grant says so for `seconds`, or a token does."""

    grant: Grant | None = None
    seconds: int = 0
    by_token: bool = False

    def check(self, tag: str) -> None:
        """Refuse an image other than the one that the grant names."""
        if self.grant is not None and self.grant.tag != tag:
            raise NotFoundError("The image with this tag was replaced or deleted.")

    def limit(self, policy: CachePolicy) -> CachePolicy:
        """Let caches keep an answer for no longer, and share it no further, than the grant or token allows."""
        if self.by_token:
            return policy.for_one_caller()
        return policy.at_most(self.seconds) if self.grant else policy


def authorize_fetch(
    sources: ImageSources, request: Request, owner: OwnerKey, image_type: ImageType
) -> tuple[AccessDecision, Request]:
    """Return why a request may fetch an image, and the request with the bare tag.

    Raises UnauthenticatedError without a grant or a token, ForbiddenError for a grant that does not hold.
    """
    signed = SignedTag.parse(request.query.get("tag", ""))
    bare = replace(request, query={**request.query, "tag": signed.tag}) if signed else request
    if not sources.settings.images_are_restricted:
        return AccessDecision(), bare
    image_access = sources.images.access
    if signed and (grant := image_access.grant(owner, image_type, signed)):
        return AccessDecision(grant, image_access.seconds_left(grant)), bare
    _refuse_strangers(sources, request)
    return AccessDecision(by_token=True), bare


def count_traffic(
    sources: ImageSources, request: Request, access: AccessDecision, tag: str, size: int
) -> None:
    """Count a large picture that is sent to a caller whom nobody knows."""
    is_known = access.by_token or access.grant is not None
    if is_known or not sources.images.public_traffic.counts(size) or _identity(sources, request):
        return
    sources.images.public_traffic.count(tag, size)


def named_owner(sources: ImageSources, request: Request, find: Callable[[], OwnerKey]) -> OwnerKey:
    """Return whom a name means; where images are restricted a stranger does not learn that a name is unknown."""
    try:
        return find()
    except NotFoundError:
        if sources.settings.images_are_restricted:
            _refuse_strangers(sources, request)
        raise


def _refuse_strangers(sources: ImageSources, request: Request) -> None:
    if _identity(sources, request):
        return
    if SignedTag.parse(request.query.get("tag", "")):
        raise ForbiddenError("This image URL has expired, or was made for another image.")
    raise UnauthenticatedError("Sign in, or use a signed image URL.")


def _identity(sources: ImageSources, request: Request) -> Identity | None:
    legacy = sources.settings.legacy_authorization
    return identify(sources.accounts.authentication, request.headers, request.query, legacy=legacy)
