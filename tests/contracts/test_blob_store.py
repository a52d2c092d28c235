"""What the services rely on in any store of blobs, the fake one and S3 alike."""

import uuid
from collections.abc import Iterator

import pytest
from botocore.session import get_session

from chalicelib.services.ports import Blob, BlobStore
from tests.support import aws
from tests.support.fakes.blobs import FakeBlobStore

BLOB, OTHER = Blob(b"one", "image/gif"), Blob(b"other", "image/png")


@pytest.fixture
def bucket() -> Iterator[str]:
    """Make a versioned bucket and remove it afterwards."""
    s3, name = aws.resource("s3"), f"contract-{uuid.uuid4().hex}"
    made = s3.create_bucket(Bucket=name)
    made.Versioning().enable()
    yield name
    made.object_versions.delete()
    made.delete()


@pytest.fixture(params=["fake", pytest.param("s3", marks=pytest.mark.emulator)])
def store(request: pytest.FixtureRequest) -> BlobStore:
    if request.param == "fake":
        return FakeBlobStore()
    from chalicelib.adapters.aws.clients import s3_client  # noqa: PLC0415
    from chalicelib.adapters.aws.s3 import S3BlobStore  # noqa: PLC0415

    return S3BlobStore(s3_client(get_session()), request.getfixturevalue("bucket"))


def _data(store: BlobStore, key: str) -> bytes | None:
    found = store.open(key)
    return found.read() if found else None


def test_a_blob_comes_back(store: BlobStore) -> None:
    assert store.put("a/b", BLOB)
    found = store.open("a/b")
    assert found
    assert (found.size, found.content_type, found.read()) == (3, "image/gif", b"one")
    info = store.info("a/b")
    assert info
    assert (info.key, info.size) == ("a/b", 3)


def test_what_is_not_there_is_none(store: BlobStore) -> None:
    assert store.open("a") is None
    assert store.info("a") is None
    assert store.versions("a") == frozenset()
    store.delete(["a"])


def test_the_first_writer_wins_where_it_is_asked_to(store: BlobStore) -> None:
    assert store.put("a", BLOB, only_if_absent=True)
    assert not store.put("a", OTHER, only_if_absent=True)
    assert _data(store, "a") == b"one"
    assert store.put("a", OTHER)
    assert _data(store, "a") == b"other"


def test_a_listing_is_in_order_and_goes_on_after_a_key(store: BlobStore) -> None:
    for key in ("b/2", "b/1", "a", "b/3", "c"):
        store.put(key, BLOB)
    assert [info.key for info in store.list("b/")] == ["b/1", "b/2", "b/3"]
    assert [info.key for info in store.list("b/", "b/1")] == ["b/2", "b/3"]
    assert [info.size for info in store.list("a")] == [3]


def test_only_the_versions_that_are_named_are_removed(store: BlobStore) -> None:
    store.put("a", BLOB)
    before = store.versions("a")
    store.put("a", OTHER)
    store.put("ab", BLOB)
    assert len(store.versions("a")) == 2
    store.delete_versions("a", before)
    assert _data(store, "a") == b"other"
    store.delete_versions("a", store.versions("a"))
    assert store.open("a") is None
    assert _data(store, "ab") == b"one"


def test_many_blobs_are_deleted_at_once(store: BlobStore) -> None:
    keys = [f"a/{number}" for number in range(20)]
    for key in keys:
        store.put(key, BLOB)
    store.delete(keys)
    assert list(store.list("a/")) == []
