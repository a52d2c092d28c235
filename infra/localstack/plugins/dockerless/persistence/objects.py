"""S3: where the bytes of objects lie, and which objects have changed since the last snapshot."""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import RLock
from typing import Any

from localstack.services.plugins import Service
from localstack.services.s3.models import KeyStore, S3DeleteMarker, S3Object, s3_stores
from localstack.services.s3.provider import S3Provider
from localstack.services.s3.storage.core import should_copy_in_place
from localstack.services.s3.storage.ephemeral import EphemeralS3ObjectStore, EphemeralS3StoredObject

from . import codec
from .archive import Archive, KeptObject, Snapshot
from .files import KeptFile, fresh_path, sync

type Key = tuple[str, str, str]
"""Bucket, key, version."""
type State = tuple[object, ...] | None
"""What changes of an object in place; None of one that is as it was restored."""

STATE = ("is_current", "internal_last_modified", "storage_class", "last_modified")
"""The facts that make it."""
OURS = frozenset({"kept", "_text", "_restored"})
"""What is ours of an object and no fact about it."""
_loading = RLock()


class KeptObjectStore(EphemeralS3ObjectStore):
    """LocalStack's store, with each object in a file that it has to itself."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(Path(tempfile.gettempdir(), "s3")))
        self._folder = folder

    def open(self, bucket: str, s3_object: Any, mode: str = "r") -> EphemeralS3StoredObject:  # noqa: ANN401, ARG002  # LocalStack's
        """Open an object's file; writing begins a new one."""
        if isinstance(s3_object, RestoredObject):
            s3_object.load()
        if mode == "w" or not hasattr(s3_object, "kept"):
            s3_object.kept = KeptFile(fresh_path(self._folder))
        return EphemeralS3StoredObject(s3_object=s3_object, file=s3_object.kept, mode=mode)

    def copy(self, src_bucket: str, src_object: S3Object, dest_bucket: str, dest_object: S3Object) -> Any:  # noqa: ANN401  # LocalStack's
        """Copy an object's bytes; onto itself it keeps its file."""
        if should_copy_in_place(src_bucket, src_object, dest_bucket, dest_object):
            dest_object.kept = src_object.kept
            return self.open(dest_bucket, dest_object, mode="r")
        return super().copy(src_bucket, src_object, dest_bucket, dest_object)

    def remove(self, bucket: str, s3_object: Any) -> None:  # noqa: ANN401  # LocalStack's
        """Leave the file to whoever still has the object: a reader, or the last snapshot."""


class RestoredObject(S3Object):
    """An object as a snapshot had it: its facts stay text until somebody asks for one of them."""

    def __init__(self, kept: KeptObject, file: KeptFile) -> None:
        self.key, self.version_id = kept.key, kept.version or None
        self.kept = file
        self._text = kept.facts
        self._restored: tuple[object, ...] | None = None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # any fact
        """Read the facts: none of the attributes that LocalStack gives an object is there before."""
        if not name.startswith("__"):
            self.load()
        try:
            return vars(self)[name]
        except KeyError:
            raise AttributeError(name, name=name, obj=self) from None

    def load(self) -> None:
        """Read the facts; what was set meanwhile stays as it was set."""
        with _loading:
            if self._restored is None:
                facts = codec.loads(self._text)
                self._restored = tuple(facts[name] for name in STATE)
                self.kept.internal_last_modified = facts["internal_last_modified"]
                self.__dict__.update({**facts, **vars(self), "_text": ""})

    def is_untouched(self) -> bool:
        """Tell whether all that changes of an object in place is as it was."""
        mine = vars(self)
        if self._restored is None and mine.keys().isdisjoint(STATE):
            return True
        self.load()
        return self._restored == tuple(mine[name] for name in STATE)


class Objects:
    """The objects of some buckets, and those of them that the last snapshot has."""

    def __init__(self, archive: Archive, folder: Path) -> None:
        self._archive = archive
        self._folder = folder
        self._buckets: set[str] = set()
        self._known: dict[Key, tuple[object, State]] = {}
        self._position = 0

    def restore(self, buckets: Iterable[str]) -> None:
        """Put the archive's objects into buckets, and keep those buckets from now on."""
        for bucket in buckets:
            self._buckets.add(bucket)
            store = _bucket(bucket).objects
            for kept in self._archive.objects(bucket):
                self._position = max(self._position, kept.position)
                found = self._put_back(store, kept)
                self._known[bucket, kept.key, kept.version] = (found, _state(found))

    def collect(self, snapshot: Snapshot) -> dict[Key, tuple[object, State]]:
        """Add what has changed to a snapshot, and return what is there now: to be settled when it is written."""
        now = {key: (found, _state(found)) for key, found in self._all()}
        for (bucket, key, version), (found, state) in now.items():
            known = self._known.get((bucket, key, version))
            if known is None or known[0] is not found or known[1] != state:
                snapshot.objects.setdefault(bucket, []).append(self._described(found, version))
        for bucket, key, version in self._known.keys() - now.keys():
            snapshot.gone.setdefault(bucket, []).append((key, version))
        return now

    def sync(self, snapshot: Snapshot) -> None:
        """Bring the files of a snapshot to disk."""
        changed = (one for objects in snapshot.objects.values() for one in objects)
        sync(self._path(one.path) for one in changed if one.path)

    def settle(self, now: dict[Key, tuple[object, State]]) -> None:
        """Take what a written snapshot has for known; files of what was replaced end here."""
        self._known = now

    def _all(self) -> Iterator[tuple[Key, Any]]:
        for name in self._buckets:
            if (bucket := _bucket(name)) is not None:
                for found in bucket.objects.values(with_versions=True):
                    yield (name, found.key, found.version_id or ""), found

    def _described(self, found: Any, version: str) -> KeptObject:  # noqa: ANN401  # LocalStack's
        self._position += 1
        if isinstance(found, RestoredObject):
            found.load()
        facts = {name: value for name, value in vars(found).items() if name not in OURS}
        path = found.kept.path.name if isinstance(found, S3Object) else None
        size = facts.get("size") or 0
        return KeptObject(found.key, version, self._position, path, size, codec.dumps(facts))

    def _put_back(self, store: Any, kept: KeptObject) -> Any:  # noqa: ANN401  # LocalStack's
        found = self._restored(kept)
        if not isinstance(store, KeyStore):
            version = kept.version or None
            store._store[kept.key][version] = found  # noqa: SLF001  # `set` would change the version before
        elif kept.path and (not kept.version or found.is_current):
            store.set(kept.key, found)
        return found

    def _restored(self, kept: KeptObject) -> Any:  # noqa: ANN401  # LocalStack's
        if kept.path:
            return RestoredObject(kept, KeptFile(self._path(kept.path)))
        marker = S3DeleteMarker.__new__(S3DeleteMarker)
        vars(marker).update(codec.loads(kept.facts))
        return marker

    def _path(self, name: str) -> Path:
        return Path(f"{self._folder}/{name[:2]}/{name}")


def create_service(folder: Path) -> Service:
    """Return the service as LocalStack's plugin loader wants it."""
    return Service.for_provider(S3Provider(KeptObjectStore(folder)))


def _bucket(name: str) -> Any:  # noqa: ANN401  # LocalStack's
    """Return a bucket, whosoever's it is; None where there is none."""
    for _, _, store in s3_stores.iter_stores():
        if name in store.buckets:
            return store.buckets[name]
    return None


def _state(found: Any) -> State:  # noqa: ANN401  # LocalStack's
    if isinstance(found, S3DeleteMarker):
        return (found.is_current,)
    if isinstance(found, RestoredObject) and found.is_untouched():
        return None
    return tuple(getattr(found, name) for name in STATE)
