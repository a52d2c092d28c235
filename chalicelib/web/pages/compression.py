"""Which of the encodings of a static file a client takes."""

import re

ENCODINGS = ("br", "gzip")
"""Content codings that are kept beside a file, the smaller first."""

_CODING = re.compile(r"\s*([\w*-]+)\s*(?:;\s*q=([0-9.]+))?\s*(?:,|$)", re.IGNORECASE)


def accepted_encodings(header: str) -> tuple[str, ...]:
    """Return those of the encodings that an Accept-Encoding header lists (RFC 9110 §12.5.3), the smaller first."""
    weights = {coding.lower(): _weight(weight) for coding, weight in _CODING.findall(header)}
    return tuple(name for name in ENCODINGS if weights.get(name, weights.get("*", 0.0)) > 0)


def _weight(text: str) -> float:
    try:
        return float(text or "1")
    except ValueError:
        return 0.0
