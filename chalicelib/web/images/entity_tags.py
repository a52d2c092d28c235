"""Names of answers that are pictures, so telling that many a copy is known to be good without reading a row.

An entity tag is `<image tag>-<what was made of it>[+accept].<extension>`. The image tag names bytes, never a place
that can change, so the same words always mean the same picture. `+accept` says that the answer depended on the
Accept header.
"""

from dataclasses import dataclass

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import StoredImage
from chalicelib.domain.variants.keys import variant_key
from chalicelib.domain.variants.options import NEGOTIABLE, ImageProcessingOptions
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.web.protocol.conditional import entity_tags
from chalicelib.web.protocol.request import Request

_VARIES = "+accept"


@dataclass(frozen=True, slots=True)
class KnownCopy:
    """A copy at the client that is still good; `varies` tells that it depended on Accept."""

    etag: str
    varies: bool


def entity_tag(image: StoredImage, plan: RenderPlan | None, *, varies: bool) -> str:
    """Name the answer that a plan makes of an image."""
    if plan is None:
        name, extension = f"{image.tag}-original", image.facts.format.extension
    else:
        folders, _, made = variant_key(image.tag, plan).rpartition("/")
        stem, _, extension = made.rpartition(".")
        name = f"{folders.rpartition('/')[2]}-{stem}"
    return f"{name}{_VARIES if varies else ''}.{extension}"


def known_copy(request: Request, options: ImageProcessingOptions) -> KnownCopy | None:
    """Find a copy that answers a request for one `tag` by its name alone; None when a row must be read.

    The bare tag is what Jellyfin makes the entity tag of every answer, so it is taken at its word. Of our own, a
    picture in a format that only some clients read must be one that this client reads.
    """
    tag = request.query.get("tag")
    if not tag or "if-match" in request.headers or "if-unmodified-since" in request.headers:
        return None
    for etag in entity_tags(request.headers.get("if-none-match", "")):
        if etag == tag or (etag.startswith(f"{tag}-") and _is_readable(etag, options)):
            return KnownCopy(etag, varies=_VARIES in etag)
    return None


def _is_readable(etag: str, options: ImageProcessingOptions) -> bool:
    extension = etag.rpartition(".")[2]
    negotiated = {made for made in NEGOTIABLE if made.extension == extension}
    return negotiated <= options.accepted | _asked_for(options)


def _asked_for(options: ImageProcessingOptions) -> frozenset[ImageFormat]:
    asked = options.format.image_format if options.format else None
    return frozenset({asked} if asked else ())
