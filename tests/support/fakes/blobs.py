"""Blobs in memory."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from chalicelib.services.ports import Blob, BlobInfo, Clock, UploadForm
from tests.support.fakes.accounts import FakeClock


@dataclass(frozen=True)
class FakeStoredBlob:
    """A blob that was found."""

    blob: Blob
    version: str

    @property
    def size(self) -> int:
        return len(self.blob.data)

    @property
    def content_type(self) -> str:
        return self.blob.content_type

    def read(self) -> bytes:
        return self.blob.data

    def close(self) -> None:
        """Hold nothing that would have to be let go."""


@dataclass
class FakeBlobStore:
    """BlobStore over a dict of versions by key; `reads` counts how often one was opened."""

    kept: dict[str, dict[str, Blob]] = field(default_factory=dict)
    notes: dict[str, dict[str, str]] = field(default_factory=dict)
    clock: Clock = field(default_factory=FakeClock)
    times: dict[str, datetime] = field(default_factory=dict)
    reads: int = 0
    writes: int = 0

    @property
    def keys(self) -> list[str]:
        return sorted(self.kept)

    def put(self, key: str, blob: Blob, *, only_if_absent: bool = False) -> bool:
        if only_if_absent and key in self.kept:
            return False
        self.writes += 1
        self.times[key] = self.clock.now()
        self.kept.setdefault(key, {})[str(self.writes)] = blob
        return True

    def open(self, key: str) -> FakeStoredBlob | None:
        self.reads += 1
        versions = self.kept.get(key)
        if not versions:
            return None
        version, blob = list(versions.items())[-1]
        return FakeStoredBlob(blob, version)

    def delete(self, keys: Iterable[str]) -> None:
        for key in list(keys):
            self.kept.pop(key, None)

    def versions(self, key: str) -> frozenset[str]:
        return frozenset(self.kept.get(key, ()))

    def delete_versions(self, key: str, versions: Iterable[str]) -> None:
        for version in versions:
            self.kept.get(key, {}).pop(version, None)
        if not self.kept.get(key):
            self.kept.pop(key, None)

    def info(self, key: str) -> BlobInfo | None:
        versions = self.kept.get(key)
        if not versions:
            return None
        return BlobInfo(key, len(list(versions.values())[-1].data), self.times[key])

    def list(self, prefix: str, after: str = "") -> Iterator[BlobInfo]:
        for key in self.keys:
            if key.startswith(prefix) and key > after and (found := self.info(key)):
                yield found

    def copy(self, key: str, target: str, notes: Mapping[str, str]) -> None:
        if versions := self.kept.get(key):
            self.put(target, list(versions.values())[-1])
            self.notes[target] = dict(notes)

    def presigned_url(self, key: str, *, seconds: int) -> str:
        return f"https://blobs.test/{key}?seconds={seconds}&disposition=inline"

    def upload_form(self, key: str, *, content_type: str, sizes: range, seconds: int) -> UploadForm:
        limits = f"{sizes[0]}-{sizes[-1]}"
        fields = {"key": key, "Content-Type": content_type, "sizes": limits, "seconds": str(seconds)}
        return UploadForm("https://blobs.test/", fields)
