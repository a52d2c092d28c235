"""Handing a picture over: directly, or by a URL where it is too large for that."""

from dataclasses import dataclass

from chalicelib.services.ports import Blob, BlobStore
from chalicelib.services.variants.answers import Answer, Elsewhere, Inline


@dataclass(frozen=True, slots=True)
class Delivery:
    """Blobs of one store; up to `max_inline` bytes are answered directly, a URL lives for `url_seconds`.

    It is short, since within it a URL can be used any number of times, which nothing counts.
    """

    store: BlobStore
    max_inline: int
    url_seconds: int = 120

    def takes(self, size: int) -> bool:
        """Tell whether so many bytes can be answered directly."""
        return size <= self.max_inline

    def stored(self, key: str) -> Answer | None:
        """Answer a blob, None when the key is free."""
        if (found := self.store.open(key)) is None:
            return None
        if self.takes(found.size):
            return Inline(Blob(found.read(), found.content_type), is_hit=True)
        found.close()
        return self.elsewhere(key, found.size, is_hit=True)

    def made(self, key: str, blob: Blob) -> Answer:
        """Answer a blob that was just stored under a key."""
        if self.takes(len(blob.data)):
            return Inline(blob, is_hit=False)
        return self.elsewhere(key, len(blob.data), is_hit=False)

    def elsewhere(self, key: str, size: int, *, is_hit: bool) -> Elsewhere:
        """Answer by a URL."""
        url = self.store.presigned_url(key, seconds=self.url_seconds)
        return Elsewhere(url, self.url_seconds, key, size, is_hit)
