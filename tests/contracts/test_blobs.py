"""What the services rely on in any store of blobs, the fake one and S3 alike; the bucket keeps versions."""

import uuid
from collections.abc import Iterator

import pytest
import requests
from botocore.session import get_session

from chalicelib.services.ports import Blob, BlobStore
from infra.local.service import Service
from tests.support import aws
from tests.support.fakes.blobs import FakeBlobStore

ONE, TWO = Blob(b"one", "image/png"), Blob(b"two!", "image/gif")
KEYS = ("a", "a/b", "Amélie & Co + 1 %41 = 日本/x y.jpg", 'quote\'s "and" <more>')


@pytest.fixture(params=["fake", pytest.param("s3", marks=pytest.mark.emulator)])
def store(request: pytest.FixtureRequest) -> BlobStore:
    if request.param == "fake":
        return FakeBlobStore()
    from chalicelib.adapters.aws.clients import s3_client  # noqa: PLC0415  # only where it is there
    from chalicelib.adapters.aws.s3 import S3BlobStore  # noqa: PLC0415

    return S3BlobStore(s3_client(get_session()), request.getfixturevalue("bucket"))


@pytest.fixture
def bucket(service: Service) -> Iterator[str]:
    """Make a bucket of one test's own, and remove it with all that is in it."""
    name = f"contract-{uuid.uuid4().hex}"
    made = aws.resource("s3", endpoint_url=service.endpoint_url).create_bucket(Bucket=name)
    made.Versioning().enable()
    yield name
    made.object_versions.delete()
    made.delete()


def read(store: BlobStore, key: str) -> Blob | None:
    found = store.open(key)
    return Blob(found.read(), found.content_type) if found else None


@pytest.mark.parametrize("key", KEYS)
def test_a_blob_comes_back_as_it_was_stored(store: BlobStore, key: str) -> None:
    assert store.open(key) is None
    assert store.info(key) is None
    assert store.put(key, ONE)
    assert read(store, key) == ONE
    info = store.info(key)
    assert info
    assert (info.key, info.size) == (key, 3)


def test_a_later_write_replaces_an_earlier_one(store: BlobStore) -> None:
    store.put("k", ONE)
    store.put("k", TWO)
    assert read(store, "k") == TWO


def test_a_taken_key_may_be_left_as_it_is(store: BlobStore) -> None:
    assert store.put("k", ONE, only_if_absent=True)
    assert not store.put("k", TWO, only_if_absent=True)
    assert read(store, "k") == ONE


def test_removed_blobs_are_gone_and_a_free_key_is_no_error(store: BlobStore) -> None:
    for key in KEYS:
        store.put(key, ONE)
    store.delete([*KEYS[1:], "free"])
    assert [info.key for info in store.list("")] == [KEYS[0]]
    assert store.open(KEYS[1]) is None


def test_a_listing_is_of_one_prefix_in_order_and_may_begin_behind_a_key(store: BlobStore) -> None:
    for key in ("b/2", "b/1", "b/3", "c/1"):
        store.put(key, ONE)
    assert [info.key for info in store.list("b/")] == ["b/1", "b/2", "b/3"]
    assert [info.key for info in store.list("b/", after="b/1")] == ["b/2", "b/3"]


def test_writes_of_a_key_are_told_apart_and_removed_one_by_one(store: BlobStore) -> None:
    store.put("k", ONE)
    store.put("k/other", ONE)
    older = store.versions("k")
    store.put("k", TWO)
    found = store.open("k")
    assert found
    assert found.version in store.versions("k") - older
    found.close()
    store.delete_versions("k", older)
    assert read(store, "k") == TWO
    store.delete_versions("k", store.versions("k"))
    assert (store.open("k"), store.versions("k")) == (None, frozenset())
    assert store.open("k/other")


@pytest.mark.parametrize("key", KEYS)
def test_a_copy_keeps_bytes_and_type(store: BlobStore, key: str) -> None:
    store.put(key, ONE)
    store.copy(key, f"refused/{key}", {"field": "file", "reason": "kein Bild: é\n, 100 %"})
    assert read(store, f"refused/{key}") == read(store, key) == ONE


def test_a_copy_of_nothing_is_no_error(store: BlobStore) -> None:
    store.copy("free", "target", {})
    assert store.open("target") is None


def test_a_form_names_its_key_and_type(store: BlobStore) -> None:
    form = store.upload_form("uploads/1", content_type="image/png", sizes=range(1, 11), seconds=60)
    assert form.url.startswith("http")
    assert (form.fields["key"], form.fields["Content-Type"]) == ("uploads/1", "image/png")


@pytest.mark.emulator
@pytest.mark.parametrize("store", ["s3"], indirect=True)
def test_anybody_can_read_by_a_url_and_send_by_a_form(store: BlobStore) -> None:
    form = store.upload_form("k", content_type="image/png", sizes=range(3, 5), seconds=60)
    for data, is_taken in ((b"12", False), (b"12345", False), (b"1234", True)):
        answer = requests.post(form.url, dict(form.fields), files={"file": data}, timeout=30)
        assert answer.ok is is_taken
    assert read(store, "k") == Blob(b"1234", "image/png")
    answer = requests.get(store.presigned_url("k", seconds=60), timeout=30)
    assert (answer.content, answer.headers["Content-Type"]) == (b"1234", "image/png")
