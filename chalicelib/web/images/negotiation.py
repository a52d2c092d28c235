"""What a client's Accept header lets an answer be, reduced to a few classes so that caches can share."""

from collections.abc import Mapping

from chalicelib.domain.images.formats import ImageFormat

NOTHING: frozenset[ImageFormat] = frozenset()
_OFFERED = (ImageFormat.AVIF, ImageFormat.WEBP)


def accepted_formats(headers: Mapping[str, str], query: Mapping[str, str]) -> frozenset[ImageFormat]:
    """Return those of AVIF and WebP that the client names with a weight above zero (RFC 9110 §12.5.1).

    Wildcards do not count: clients send `image/*` and `*/*` without being able to read either. Jellyfin's
    `accept=webp` in the query counts as WebP.
    """
    weights = _weights(headers.get("accept", ""))
    formats = {fmt for fmt in _OFFERED if weights.get(fmt.mime_type, 0) > 0}
    if query.get("accept", "").lower() == "webp":
        formats.add(ImageFormat.WEBP)
    return frozenset(formats)


def _weights(accept: str) -> dict[str, float]:
    return dict(_weighed(part) for part in accept.split(",") if part.strip())


def _weighed(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    values = dict(piece.partition("=")[::2] for piece in parameters)
    try:
        return name, float(values.get("q", "1"))
    except ValueError:
        return name, 0.0
