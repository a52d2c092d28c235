"""A grant to fetch one image for a time, carried by the tag that clients put into image URLs.

Where images are restricted, the tag shown to a client is `<tag>.<expires>.<signature>`: clients treat tags as
opaque and send them back with every image URL that they build, so an `<img>` works as ever. The signature is
HMAC-SHA256 over owner, image type, tag and expiry.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Self

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import OwnerKey

_SIGNED = re.compile(r"([0-9a-f]{32})\.(0|[1-9a-f][0-9a-f]{0,11})\.([\w-]{43})", re.ASCII)
"""An expiry has one spelling, without leading zeros: else one grant would be any number of URLs to a cache."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A grant to fetch the image of that owner, type and tag until `expires`, in seconds since 1970."""

    owner: OwnerKey
    image_type: ImageType
    tag: str
    expires: int


@dataclass(frozen=True, slots=True)
class SignedTag:
    """A tag as a client sent it back, taken apart; nothing in it is true yet."""

    tag: str
    expires: int
    signature: str

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Take a signed tag apart; None for a bare one."""
        match = _SIGNED.fullmatch(text)
        return cls(match[1], int(match[2], 16), match[3]) if match else None


@dataclass(frozen=True, slots=True)
class GrantSigner:
    """Sign with the first key, verify with any: keys can be exchanged without breaking what is in use."""

    keys: tuple[bytes, ...]

    def signed_tag(self, grant: Grant) -> str:
        """Return the tag that carries a grant."""
        return f"{grant.tag}.{grant.expires:x}.{_signature(self.keys[0], grant)}"

    def is_genuine(self, grant: Grant, signature: str) -> bool:
        """Tell whether one of the keys has signed the grant, in constant time for each key."""
        matches = [hmac.compare_digest(_signature(key, grant), signature) for key in self.keys]
        return any(matches)


def _signature(key: bytes, grant: Grant) -> str:
    fields = ("image grant 1", str(grant.owner), grant.image_type, grant.tag, str(grant.expires))
    digest = hmac.digest(key, "\n".join(fields).encode(), "sha256")
    return urlsafe_b64encode(digest).decode().rstrip("=")
