"""Answers that are pictures: from metadata alone where the client has its copy or asks for the head only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalice.app import Response

from chalicelib.domain.variants.bounded import make_bounded_plan
from chalicelib.domain.variants.options import RequestedFormat
from chalicelib.domain.variants.plan import Decision, decide
from chalicelib.domain.variants.popular import popular_entry
from chalicelib.errors import UnreadableImageError
from chalicelib.services.images.found import Freshness
from chalicelib.services.variants.answers import Inline
from chalicelib.telemetry.ledger import note
from chalicelib.web.images.access import AccessDecision, authorize_fetch, count_traffic
from chalicelib.web.images.headers import PictureHeaders
from chalicelib.web.images.negotiation import accepted_formats
from chalicelib.web.images.redirects import is_signed_twice, location
from chalicelib.web.images.verbatim import respond_verbatim
from chalicelib.web.protocol.caching import KEPT, REFRESHED, REVALIDATED, CachePolicy
from chalicelib.web.protocol.conditional import Precondition, check_preconditions
from chalicelib.web.protocol.declarations.image_parameters import image_index_of, image_options
from chalicelib.web.protocol.declarations.parameters import image_type as parse_image_type
from chalicelib.web.protocol.responses import Headers, problem

if TYPE_CHECKING:
    from chalicelib.domain.images.heads import ServableImage
    from chalicelib.domain.images.owners import OwnerKey
    from chalicelib.domain.variants.options import ImageProcessingOptions
    from chalicelib.services.images.found import Found, ImageLookup
    from chalicelib.services.variants.answers import Answer
    from chalicelib.web.images.sources import ImageSources
    from chalicelib.web.protocol.request import Request

_REDIRECT_NOTE = b"The picture is at the URL of the Location header."


def respond_to_image_request(  # noqa: PLR0913  # the last is for an owner that is found in another way
    sources: ImageSources,
    request: Request,
    owner: OwnerKey,
    image_type: str,
    image_index: str | None,
    *,
    lookup: ImageLookup | None = None,
) -> Response:
    """Answer a GET or HEAD of any owner's image; the index is the path's, else the query's."""
    options = image_options(request.query, accepted_formats(request.headers, request.query))
    kind, index = parse_image_type(image_type), image_index_of(request.query, image_index)
    access, request = authorize_fetch(sources, request, owner, kind)
    # A grant is for a tag, wherever among the images of its type that one is by now.
    place = None if access.grant else index
    lookup, tag = lookup or sources.images.lookup, request.query.get("tag", "")
    try:
        found = lookup.look_up(owner, kind, place, tag, request.deadline)
    except UnreadableImageError as picture:
        return respond_verbatim(request, picture)
    access.check(found.image.tag)
    if found.freshness:
        note("upstream", found.freshness)
    return _respond_with_image(sources, request, found, options, access)


def _respond_with_image(
    sources: ImageSources,
    request: Request,
    found: Found,
    options: ImageProcessingOptions,
    access: AccessDecision,
) -> Response:
    """Answer from the metadata where the client has its copy, or asks for no content."""
    image = found.image
    decision = _decide(sources, request, image, options)
    policy = access.limit(_policy(request, found))
    is_bounded = bool(decision.plan and decision.plan.most_bytes)
    if is_bounded:
        # Caches that do not read Vary must not hand this to whoever may have the stored file.
        policy = policy.for_one_caller()
    too_large = decision.plan is None and image.size > sources.settings.max_gateway_bytes
    headers = PictureHeaders.of(
        image, decision, policy, freshness=found.freshness, by_authorization=is_bounded or too_large
    )
    match check_preconditions(headers.validators, request.headers):
        case Precondition.NOT_MODIFIED:
            return Response(b"", headers.written(), 304)
        case Precondition.FAILED:
            return problem(412, "The image has changed.")
    if request.method == "HEAD":
        return Response(b"", headers.of_head(), 200)
    if decision.plan and (entry := popular_entry(image, options, decision.plan, sources.images.limits)):
        note("asked", entry)
        note("of", image.tag)
    answer = sources.images.variants.answer(image, decision.plan, request.deadline)
    count_traffic(sources, request, access, image.tag, answer.size)
    if found.freshness not in {Freshness.OWN, Freshness.FETCHED}:
        # The server behind us did not send these bytes.
        note("saved", len(answer.blob.data) if isinstance(answer, Inline) else answer.size)
    return _with_content(sources, request, answer, headers, access)


def _decide(
    sources: ImageSources, request: Request, image: ServableImage, options: ImageProcessingOptions
) -> Decision:
    """Choose what is answered: of a stored file that does not reach this client, as good a picture as does.

    Whoever insists on the stored file by `format=Original` is led to it all the same.
    """
    limits, most_bytes = sources.images.limits, sources.settings.max_gateway_bytes
    decision = decide(image.facts, options, limits)
    reaches = decision.plan or image.size <= most_bytes or not is_signed_twice(request)
    if reaches or options.format is RequestedFormat.ORIGINAL:
        return decision
    plan = make_bounded_plan(image.facts, most_bytes, limits)
    return Decision(plan, decision.varies) if plan else decision


def _with_content(
    sources: ImageSources, request: Request, answer: Answer, headers: PictureHeaders, access: AccessDecision
) -> Response:
    cache = "hit" if answer.is_hit else "miss"
    note("cache", cache)
    told: Headers = {"X-Image-Cache": cache}
    if isinstance(answer, Inline):
        return Response(answer.blob.data, headers.written() | told, 200)
    # The redirect must be forgotten before the URL that it names expires.
    policy = access.limit(CachePolicy(seconds=answer.seconds // 2, is_private=True))
    fields = (
        headers.of_redirect(policy)
        | told
        | {"Location": location(answer, request, sources.settings.max_gateway_bytes)}
    )
    return Response(_REDIRECT_NOTE, fields, 302)


def _policy(request: Request, found: Found) -> CachePolicy:
    """Let caches keep for good what a URL names by its own tag (RFC 8246); any other tag says nothing."""
    if _is_refresh(request):
        return REFRESHED
    if found.is_named:
        return KEPT
    return REVALIDATED if found.seconds is None else REVALIDATED.at_most(found.seconds)


def _is_refresh(request: Request) -> bool:
    """Tell whether the client wants nothing from a cache, said the one way that Jellyfin reads."""
    return request.headers.get("cache-control", "").strip().lower() == "no-cache"
