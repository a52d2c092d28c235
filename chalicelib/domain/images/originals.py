"""The keys of originals: the SHA-256 of the bytes, so that a blob never changes and is stored once."""

import hashlib

ORIGINALS = "originals/"
"""What the keys of all originals begin with."""

_TAG_DIGITS = 32


def original_key(data: bytes) -> str:
    """Return the key of the original with these bytes; two digits are a folder of their own."""
    digest = hashlib.sha256(data).hexdigest()
    return f"{ORIGINALS}{digest[:2]}/{digest}"


def tag_of(original: str) -> str:
    """Return the tag of every image made of an original."""
    return original.rpartition("/")[2][:_TAG_DIGITS]
