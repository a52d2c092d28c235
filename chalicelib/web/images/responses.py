"""Answers that are pictures: from metadata alone where the client has its copy or asks for the head only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalice.app import Response

from chalicelib.domain.variants.plan import RenderPlan, make_plan, varies_by_accept
from chalicelib.domain.variants.popular import popular_entry
from chalicelib.services.variants.answers import Elsewhere
from chalicelib.telemetry.ledger import note
from chalicelib.web.images.access import authorize_fetch
from chalicelib.web.images.entity_tags import KnownCopy, entity_tag, known_copy
from chalicelib.web.images.negotiation import accepted_formats
from chalicelib.web.protocol.conditional import Precondition, Validators, check_preconditions
from chalicelib.web.protocol.image_parameters import image_index_of, image_options
from chalicelib.web.protocol.parameters import image_type as parse_image_type
from chalicelib.web.protocol.responses import Headers, problem

if TYPE_CHECKING:
    from chalicelib.domain.images.images import StoredImage
    from chalicelib.domain.images.owners import OwnerKey
    from chalicelib.domain.variants.options import ImageProcessingOptions
    from chalicelib.services.variants.answers import Answer
    from chalicelib.web.images.sources import ImageSources
    from chalicelib.web.protocol.request import Request

_REFRESHED = "no-cache, no-store, must-revalidate"
_KEPT = "public, max-age=31536000, immutable"
_REVALIDATED = "public"
_KEPT_A_WHILE = "public, max-age=3600"
_VALIDATORS = frozenset({"ETag", "Last-Modified"})
_VARY: Headers = {"Vary": "Accept"}
_FIXED: Headers = {
    "Content-Disposition": "attachment",
    "X-Content-Type-Options": "nosniff",
    "transferMode.dlna.org": "Interactive",
    "realTimeInfo.dlna.org": "DLNA.ORG_TLAG=*",
}


def respond_to_image_request(
    sources: ImageSources, request: Request, owner: OwnerKey, image_type: str, image_index: str | None
) -> Response:
    """Answer a GET or HEAD of any owner's image; the index is the path's, else the query's."""
    options = image_options(request.query, accepted_formats(request.headers, request.query))
    kind, index = parse_image_type(image_type), image_index_of(request.query, image_index)
    decision, request = authorize_fetch(sources, request, owner, kind)
    if not _is_refresh(request) and (known := known_copy(request, options)):
        return decision.on(_not_modified(known))
    # A grant is for a tag, wherever among the images of its type that one is by now.
    place = None if decision.grant else index
    image = sources.images.finder.find(owner, kind, place, request.query.get("tag", ""))
    decision.check(image.tag)
    return decision.on(respond_with_image(sources, request, image, options))


def respond_with_image(
    sources: ImageSources, request: Request, image: StoredImage, options: ImageProcessingOptions
) -> Response:
    """Answer a GET or HEAD of an image whose metadata is at hand."""
    plan = make_plan(image.facts, options, sources.images.limits)
    varies = varies_by_accept(image.facts, options, sources.images.limits)
    # An older image may take the place of a newer one among several, so there no date tells of a change.
    modified = None if image.image_type.holds_several else image.modified
    validators = Validators((entity_tag(image, plan, varies=varies), image.tag), modified)
    headers = _FIXED | _caching(request, validators) | (_VARY if varies else {})
    match check_preconditions(validators, request.headers):
        case Precondition.NOT_MODIFIED:
            return Response(b"", headers, 304)
        case Precondition.FAILED:
            return problem(412, "The image has changed.")
    if request.method == "HEAD":
        return Response(b"", headers | _head(image, plan), 200)
    if plan and (entry := popular_entry(image, options, plan, sources.images.limits)):
        note("asked", entry)
        note("of", image.tag)
    return _with_content(sources.images.variants.answer(image, plan, request.deadline), headers)


def _with_content(answer: Answer, headers: Headers) -> Response:
    cache = "hit" if answer.is_hit else "miss"
    note("cache", cache)
    headers["X-Image-Cache"] = cache
    unnamed = {name: value for name, value in headers.items() if name not in _VALIDATORS}
    if isinstance(answer, Elsewhere):
        # The redirect must be forgotten before the URL that it names expires: a 304 would keep it for a year.
        moved: Headers = {"Location": answer.url, "Cache-Control": f"private, max-age={answer.seconds // 2}"}
        return Response(b"", unnamed | moved, 302)
    if not answer.is_exact:
        # Another picture may be answered to the same request later, so no later request may confirm this one.
        headers = unnamed | {"Cache-Control": _KEPT_A_WHILE}
    return Response(answer.blob.data, headers | {"Content-Type": answer.blob.content_type}, 200)


def _head(image: StoredImage, plan: RenderPlan | None) -> Headers:
    """Describe the body that a GET would have; a variant's length is not known before it is read."""
    if plan is None:
        return {"Content-Type": image.facts.format.mime_type, "Content-Length": str(image.size)}
    return {"Content-Type": plan.format.mime_type}


def _not_modified(known: KnownCopy) -> Response:
    validators: Headers = {"ETag": f'"{known.etag}"', "Cache-Control": _KEPT}
    return Response(b"", _FIXED | validators | (_VARY if known.varies else {}), 304)


def _is_refresh(request: Request) -> bool:
    """Tell whether the client wants nothing from a cache, said the one way that Jellyfin reads."""
    return request.headers.get("cache-control", "").strip().lower() == "no-cache"


def _caching(request: Request, validators: Validators) -> Headers:
    if _is_refresh(request):
        return {"Cache-Control": _REFRESHED, "Pragma": _REFRESHED, **validators.headers}
    kept = _KEPT if request.query.get("tag") else _REVALIDATED
    return {"Cache-Control": kept, **validators.headers}
