"""What is known of a picture before it is read, as values; they become header fields when the answer is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from chalicelib.web.images.entity_tags import EntityTag
from chalicelib.web.protocol.conditional import Validators

if TYPE_CHECKING:
    from chalicelib.domain.images.heads import ServableImage
    from chalicelib.domain.variants.plan import Decision
    from chalicelib.web.protocol.caching import CachePolicy
    from chalicelib.web.protocol.responses import Headers

SHOWN: Headers = {"Content-Disposition": "inline", "X-Content-Type-Options": "nosniff"}
"""Of whatever a browser is to show, as what it is said to be and nothing else."""
_FIXED = SHOWN | {
    "transferMode.dlna.org": "Interactive",
    "realTimeInfo.dlna.org": "DLNA.ORG_TLAG=*",
}
_STALE: Headers = {"Warning": '110 - "Response is Stale"'}
"""RFC 7234, section 5.5.1: nothing newer says as plainly what this is."""


@dataclass(frozen=True, slots=True)
class PictureHeaders:
    """Validators, caching and description of one answer; `length` is in bytes, None where it is not known yet.

    `varies` names the headers of the request that have a say. `freshness` tells what was done for the present
    picture of the server behind us, where there is one.
    """

    validators: Validators
    policy: CachePolicy
    varies: tuple[str, ...]
    content_type: str
    length: int | None = None
    freshness: str = ""

    @classmethod
    def of(
        cls,
        image: ServableImage,
        decision: Decision,
        policy: CachePolicy,
        *,
        freshness: str = "",
        by_authorization: bool = False,
    ) -> Self:
        """Describe the picture that a decision makes of an image; `by_authorization` has a say in it or has not."""
        told = (("Accept", decision.varies), ("Authorization", by_authorization))
        varies = tuple(name for name, is_so in told if is_so)
        # An older image may take the place of a newer one among several, so there no date tells of a change.
        modified = None if image.image_type.holds_several else image.modified
        validators = Validators((str(EntityTag.of(image, decision.plan)), image.tag), modified)
        if plan := decision.plan:
            return cls(validators, policy, varies, plan.format.mime_type, None, freshness)
        kind = image.facts.format.mime_type
        return cls(validators, policy, varies, kind, image.size, freshness)

    def written(self) -> Headers:
        """Return the header fields of the picture."""
        return self._common(self.policy) | self.validators.headers | {"Content-Type": self.content_type}

    def of_head(self) -> Headers:
        """Return the header fields of an answer to HEAD, with the length of the content where it is known."""
        headers = self.written()
        return headers if self.length is None else headers | {"Content-Length": str(self.length)}

    def of_redirect(self, policy: CachePolicy) -> Headers:
        """Return the header fields of a redirect to the picture: no validator may keep it longer than its URL.

        Where it leads depends on whether the client sends Authorization along.
        """
        varies = ", ".join(dict.fromkeys((*self.varies, "Authorization")))
        return self._common(policy) | {"Vary": varies, "Content-Type": "text/plain; charset=utf-8"}

    def _common(self, policy: CachePolicy) -> Headers:
        varies: Headers = {"Vary": ", ".join(self.varies)} if self.varies else {}
        return _FIXED | varies | _told(self.freshness) | policy.headers


def _told(freshness: str) -> Headers:
    told: Headers = {"X-Image-Upstream": freshness} if freshness else {}
    return told | _STALE if freshness == "stale" else told
