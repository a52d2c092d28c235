"""Data outlives the emulator: an orderly end, a kill at any moment, and a stack that is made anew."""

import hashlib
import json
import os
import signal
import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, HTTPClientError

from infra.localstack import data, emulator
from infra.localstack.daemon import StartError
from infra.localstack.plugins.dockerless.persistence.archive import FILE, Archive
from infra.localstack.settings import Settings
from tests.localstack.cloud import Cloud, eventually, private_settings

pytestmark = [pytest.mark.emulator, pytest.mark.timeout(600)]

PLAIN, VERSIONED, TABLE, INDEX = "plain", "versioned", "table", "by-kind"
PAGE = 100


@dataclass
class Instance:
    """An emulator with two buckets, a table and a queue, which can be started again and again."""

    cloud: Cloud

    def start(self) -> None:
        """Start, make the resources anew, and let the data be put back."""
        emulator.start(self.cloud.settings)
        for bucket in (PLAIN, VERSIONED):
            where: Any = {"LocationConstraint": self.s3.meta.region_name}
            self.s3.create_bucket(Bucket=bucket, CreateBucketConfiguration=where)
        self.s3.put_bucket_versioning(Bucket=VERSIONED, VersioningConfiguration={"Status": "Enabled"})
        self.dynamodb.create_table(
            TableName=TABLE,
            KeySchema=[
                {"AttributeName": "pk", "KeyType": "HASH"},
                {"AttributeName": "sk", "KeyType": "RANGE"},
            ],
            AttributeDefinitions=[
                {"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk", "kind")
            ],
            GlobalSecondaryIndexes=[
                {
                    "IndexName": INDEX,
                    "KeySchema": [{"AttributeName": "kind", "KeyType": "HASH"}],
                    "Projection": {"ProjectionType": "ALL"},
                }
            ],
            BillingMode="PAY_PER_REQUEST",
        )
        # The queue has another name each time, as CloudFormation gives it.
        self.queue = self.sqs.create_queue(QueueName=f"events-{uuid.uuid4().hex}")["QueueUrl"]
        queues = {"events": self.queue.rpartition("/")[2]}
        data.restore(self.cloud.settings, data.Resources([PLAIN, VERSIONED], [TABLE], queues))

    def kill(self) -> None:
        """End it as a crash does."""
        os.kill(self._pid, signal.SIGKILL)

    def end(self) -> None:
        """End it as a system that shuts down does, and wait."""
        os.kill(self._pid, signal.SIGTERM)
        eventually(lambda: not emulator.is_alive(self.cloud.settings), 60)
        emulator.stop(self.cloud.settings)

    @property
    def _pid(self) -> int:
        return int((self.cloud.settings.run_dir / "localstack.pid").read_text().split()[0])

    @property
    def s3(self) -> Any:  # noqa: ANN401  # a client
        return self._client("s3")

    @property
    def dynamodb(self) -> Any:  # noqa: ANN401  # a client
        return self._client("dynamodb")

    @property
    def sqs(self) -> Any:  # noqa: ANN401  # a client
        return self._client("sqs")

    def _client(self, service: str) -> Any:  # noqa: ANN401  # a client
        client: Any = self.cloud.session.client  # one method for all services has no type of its own
        return client(service, endpoint_url=self.cloud.url)

    def get(self, bucket: str, key: str, **options: str) -> bytes:
        """Read an object."""
        body: bytes = self.s3.get_object(Bucket=bucket, Key=key, **options)["Body"].read()
        return body

    def row(self, key: str) -> dict[str, Any] | None:
        """Read a row."""
        found: dict[str, Any] | None = self.dynamodb.get_item(
            TableName=TABLE, Key={"pk": {"S": key}, "sk": {"S": "x"}}
        ).get("Item")
        return found

    def keys(self, bucket: str) -> set[str]:
        """List a bucket."""
        options = {"PageSize": PAGE}
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, PaginationConfig=options)
        return {entry["Key"] for page in pages for entry in page.get("Contents", [])}


def new_instance(folder: Path, **passed_on: str) -> Instance:
    return Instance(Cloud(private_settings(folder, **passed_on)))


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """Return one that takes a snapshot when it is told to."""
    made = new_instance(tmp_path_factory.mktemp("instance"), SNAPSHOT_SECONDS="3600")
    made.start()
    yield made
    emulator.stop(made.cloud.settings)


@pytest.fixture(scope="module")
def hurried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """Return one that takes a snapshot every half second."""
    made = new_instance(tmp_path_factory.mktemp("hurried"), SNAPSHOT_SECONDS="0.5")
    made.start()
    yield made
    emulator.stop(made.cloud.settings)


def restart(instance: Instance) -> None:
    """Save, end and start anew, as `down` and `up` do."""
    assert data.save(instance.cloud.settings)
    emulator.stop(instance.cloud.settings)
    instance.start()


ITEM: dict[str, Any] = {
    "pk": {"S": "a"},
    "sk": {"S": "x"},
    "number": {"N": "12.5"},
    "bytes": {"B": b"\x00\xff"},
    "map": {"M": {"list": {"L": [{"S": "é"}, {"NULL": True}, {"M": {"deep": {"BOOL": False}}}]}}},
    "set": {"SS": ["one", "two"]},
    "numbers": {"NS": ["1", "2"]},
    "empty": {"M": {}},
}


def objects_rows_and_messages(instance: Instance) -> Iterator[None]:
    instance.s3.put_object(
        Bucket=PLAIN, Key="a/é.jpg", Body=b"one", ContentType="image/jpeg", Metadata={"origin": "test"}
    )
    versions = [
        instance.s3.put_object(Bucket=VERSIONED, Key="b", Body=body)["VersionId"] for body in (b"1", b"2")
    ]
    instance.s3.delete_object(Bucket=VERSIONED, Key="c")
    before = instance.s3.head_object(Bucket=PLAIN, Key="a/é.jpg")
    instance.dynamodb.put_item(TableName=TABLE, Item=ITEM)
    instance.sqs.send_message(QueueUrl=instance.queue, MessageBody="hello")
    instance.sqs.send_message(QueueUrl=instance.queue, MessageBody="later", DelaySeconds=900)
    taken = instance.sqs.receive_message(QueueUrl=instance.queue)["Messages"]
    yield
    after = instance.s3.head_object(Bucket=PLAIN, Key="a/é.jpg")
    for name in ("ContentLength", "ETag", "ContentType", "Metadata", "LastModified"):
        assert after[name] == before[name], name
    assert instance.get(PLAIN, "a/é.jpg") == b"one"
    assert instance.get(VERSIONED, "b") == b"2"
    assert [instance.get(VERSIONED, "b", VersionId=version) for version in versions] == [b"1", b"2"]
    listed = instance.s3.list_object_versions(Bucket=VERSIONED)
    assert [marker["Key"] for marker in listed["DeleteMarkers"]] == ["c"]
    row = instance.row("a")
    assert row is not None
    assert {name: sorted(v["SS"]) if "SS" in v else v for name, v in row.items()} == ITEM | {
        "set": ["one", "two"]
    }
    (message,) = instance.sqs.receive_message(QueueUrl=instance.queue)["Messages"]
    assert (message["Body"], message["MessageId"]) == ("hello", taken[0]["MessageId"])
    counts = instance.sqs.get_queue_attributes(QueueUrl=instance.queue, AttributeNames=["All"])["Attributes"]
    assert counts["ApproximateNumberOfMessagesDelayed"] == "1"


def rows_by_every_way_to_write_one(instance: Instance) -> Iterator[None]:
    key = {name: {"pk": {"S": name}, "sk": {"S": "x"}} for name in ("update", "batch", "transact", "gone")}
    instance.dynamodb.put_item(TableName=TABLE, Item=key["gone"])
    instance.dynamodb.update_item(
        TableName=TABLE,
        Key=key["update"],
        UpdateExpression="SET n = :n",
        ExpressionAttributeValues={":n": {"N": "1"}},
    )
    instance.dynamodb.batch_write_item(RequestItems={TABLE: [{"PutRequest": {"Item": key["batch"]}}]})
    instance.dynamodb.transact_write_items(
        TransactItems=[
            {"Put": {"TableName": TABLE, "Item": key["transact"]}},
            {"Delete": {"TableName": TABLE, "Key": key["gone"]}},
        ]
    )
    yield
    assert instance.row("update") == key["update"] | {"n": {"N": "1"}}
    assert [instance.row(name) for name in ("batch", "transact", "gone")] == [
        key["batch"],
        key["transact"],
        None,
    ]


def rows_of_an_index(instance: Instance) -> Iterator[None]:
    kinds = {"first": "film", "second": "film", "third": "track", "fourth": None}
    for name, kind in kinds.items():
        more: dict[str, Any] = {"kind": {"S": kind}} if kind else {"name": {"S": "kind"}}
        instance.dynamodb.put_item(TableName=TABLE, Item={"pk": {"S": name}, "sk": {"S": "x"}, **more})
    yield
    found = instance.dynamodb.query(
        TableName=TABLE,
        IndexName=INDEX,
        KeyConditionExpression="kind = :kind",
        ExpressionAttributeValues={":kind": {"S": "film"}},
    )["Items"]
    assert {item["pk"]["S"] for item in found} == {"first", "second"}


def a_multipart_upload_and_a_copy(instance: Instance) -> Iterator[None]:
    part, rest = os.urandom(5 * 1024 * 1024), b"rest"
    upload = instance.s3.create_multipart_upload(Bucket=PLAIN, Key="large")["UploadId"]
    parts = [
        {
            "PartNumber": number,
            "ETag": instance.s3.upload_part(
                Bucket=PLAIN, Key="large", UploadId=upload, PartNumber=number, Body=body
            )["ETag"],
        }
        for number, body in enumerate((part, rest), 1)
    ]
    instance.s3.complete_multipart_upload(
        Bucket=PLAIN, Key="large", UploadId=upload, MultipartUpload={"Parts": parts}
    )
    instance.s3.copy_object(Bucket=PLAIN, Key="copy", CopySource={"Bucket": PLAIN, "Key": "large"})
    instance.s3.copy_object(
        Bucket=PLAIN,
        Key="copy",
        CopySource={"Bucket": PLAIN, "Key": "copy"},
        MetadataDirective="REPLACE",
        Metadata={"a": "b"},
    )
    yield
    assert instance.get(PLAIN, "large") == instance.get(PLAIN, "copy") == part + rest
    assert instance.s3.head_object(Bucket=PLAIN, Key="copy")["Metadata"] == {"a": "b"}
    assert instance.get(PLAIN, "large", Range="bytes=5242879-5242881") == part[-1:] + rest[:2]


def more_objects_than_a_page_lists(instance: Instance) -> Iterator[None]:
    s3, body = instance.s3, json.dumps(list(range(100))).encode()
    names = {f"many/{number}" for number in range(2 * PAGE + 10)}
    for name in names:
        s3.put_object(Bucket=PLAIN, Key=name, Body=body)
    yield
    assert instance.keys(PLAIN) >= names
    assert instance.get(PLAIN, f"many/{2 * PAGE}") == body


@contextmanager
def writing(instance: Instance) -> Iterator[list[str]]:
    """Write one row after another until the emulator refuses or is gone; yield the keys that it acknowledged."""
    acknowledged: list[str] = []
    config = Config(retries={"total_max_attempts": 1})
    dynamodb = instance.cloud.session.client("dynamodb", endpoint_url=instance.cloud.url, config=config)

    def write() -> None:
        with suppress(ClientError, HTTPClientError):
            while True:
                key = f"late-{len(acknowledged)}"
                dynamodb.put_item(TableName=TABLE, Item={"pk": {"S": key}, "sk": {"S": "x"}})
                acknowledged.append(key)

    thread = Thread(target=write)
    thread.start()
    eventually(lambda: bool(acknowledged), 10)
    yield acknowledged
    thread.join()


def what_is_deleted(instance: Instance) -> Iterator[None]:
    for key in ("going", "staying"):
        instance.s3.put_object(Bucket=PLAIN, Key=key, Body=b"x")
        instance.dynamodb.put_item(TableName=TABLE, Item={"pk": {"S": key}, "sk": {"S": "x"}})
    assert data.save(instance.cloud.settings)
    instance.s3.delete_object(Bucket=PLAIN, Key="going")
    instance.dynamodb.delete_item(TableName=TABLE, Key={"pk": {"S": "going"}, "sk": {"S": "x"}})
    yield
    assert instance.keys(PLAIN) & {"going", "staying"} == {"staying"}
    assert (instance.row("going"), instance.row("staying")) == (
        None,
        {"pk": {"S": "staying"}, "sk": {"S": "x"}},
    )


def what_changes_after_it_was_put_back(instance: Instance) -> Iterator[None]:
    """Nothing of it was read in between: what is put back is only read when somebody asks."""
    first = instance.s3.put_object(Bucket=VERSIONED, Key="changing", Body=b"1")["VersionId"]
    for key in ("unread", "replaced"):
        instance.s3.put_object(Bucket=PLAIN, Key=key, Body=b"1")
    row = {"pk": {"S": "changing"}, "sk": {"S": "x"}}
    instance.dynamodb.put_item(TableName=TABLE, Item={**row, "n": {"N": "1"}})
    yield
    before = files(instance)
    instance.s3.put_object(Bucket=VERSIONED, Key="changing", Body=b"2")
    instance.s3.put_object(Bucket=PLAIN, Key="replaced", Body=b"2")
    instance.dynamodb.update_item(
        TableName=TABLE,
        Key=row,
        UpdateExpression="SET n = n + :n",
        ExpressionAttributeValues={":n": {"N": "1"}},
    )
    with writing(instance) as acknowledged:
        instance.end()
    instance.start()
    assert [key for key in acknowledged if instance.row(key) is None] == []
    versions = instance.s3.list_object_versions(Bucket=VERSIONED, Prefix="changing")["Versions"]
    assert [(one["VersionId"] == first, one["IsLatest"]) for one in versions] == [
        (False, True),
        (True, False),
    ]
    assert instance.get(VERSIONED, "changing", VersionId=first) == b"1"
    assert [instance.get(PLAIN, key) for key in ("unread", "replaced")] == [b"1", b"2"]
    assert instance.row("changing") == {**row, "n": {"N": "2"}}
    assert files(instance) == before + 1


CASES = (
    what_changes_after_it_was_put_back,  # the first: later ones read, and list, what is there
    objects_rows_and_messages,
    rows_by_every_way_to_write_one,
    rows_of_an_index,
    a_multipart_upload_and_a_copy,
    more_objects_than_a_page_lists,
    what_is_deleted,
)
"""What is written before the emulator ends, and how it is found afterwards."""


@pytest.fixture(scope="module")
def written(instance: Instance) -> dict[str, Iterator[None]]:
    """Write what each case writes, and start the emulator anew, once for all of them."""
    begun = {case.__name__: case(instance) for case in CASES}
    for case in begun.values():
        next(case)
    restart(instance)
    return begun


@pytest.mark.parametrize("case", [case.__name__ for case in CASES])
def test_what_was_written_is_there_again(written: dict[str, Iterator[None]], case: str) -> None:
    with pytest.raises(StopIteration):
        next(written[case])


def test_a_kill_loses_what_came_after_the_last_snapshot_and_nothing_before(instance: Instance) -> None:
    assert data.save(instance.cloud.settings)
    others = files(instance)
    instance.s3.put_object(Bucket=PLAIN, Key="kept", Body=b"before")
    instance.s3.put_object(Bucket=PLAIN, Key="overwritten", Body=b"before")
    instance.s3.put_object(Bucket=PLAIN, Key="deleted", Body=b"before")
    assert data.save(instance.cloud.settings)
    instance.s3.put_object(Bucket=PLAIN, Key="overwritten", Body=b"after")
    instance.s3.delete_object(Bucket=PLAIN, Key="deleted")
    instance.s3.put_object(Bucket=PLAIN, Key="new", Body=b"after")
    instance.dynamodb.put_item(TableName=TABLE, Item={"pk": {"S": "new"}, "sk": {"S": "x"}})
    instance.kill()
    instance.start()
    kept = ("kept", "overwritten", "deleted")
    assert {key: instance.get(PLAIN, key) for key in kept} == dict.fromkeys(kept, b"before")
    assert "new" not in instance.keys(PLAIN)
    assert instance.row("new") is None
    assert files(instance) == others + len(kept)


def files(instance: Instance) -> int:
    """Count the files of the objects."""
    return sum(path.is_file() for path in (instance.cloud.settings.data / "objects").rglob("*"))


def test_files_go_with_their_objects(hurried: Instance) -> None:
    for _ in range(20):
        hurried.s3.put_object(Bucket=PLAIN, Key="same", Body=os.urandom(1000))
    eventually(lambda: files(hurried) == 1, 10)
    hurried.s3.delete_object(Bucket=PLAIN, Key="same")
    eventually(lambda: files(hurried) == 0, 10)


def test_a_kill_under_load_leaves_nothing_half(hurried: Instance) -> None:
    """Write objects, each with a row that names it afterwards, from four threads, and kill in the middle."""
    stop, acknowledged = Event(), dict[str, tuple[str, float]]()

    def write() -> None:
        s3, dynamodb = hurried.s3, hurried.dynamodb
        while not stop.is_set():
            body = os.urandom(20_000)
            key = hashlib.sha256(body).hexdigest()
            try:
                s3.put_object(Bucket=PLAIN, Key=key, Body=body)
                dynamodb.put_item(TableName=TABLE, Item={"pk": {"S": key}, "sk": {"S": "x"}})
            except Exception:  # noqa: BLE001  # the emulator was killed
                return
            acknowledged[key] = key, time.time()

    threads = [Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    eventually(lambda: len(acknowledged) > 100, 60)
    hurried.kill()
    stop.set()
    for thread in threads:
        thread.join()
    summary = data.summary(hurried.cloud.settings)
    assert summary is not None
    hurried.start()
    pages = hurried.dynamodb.get_paginator("scan").paginate(TableName=TABLE)
    rows = {item["pk"]["S"] for page in pages for item in page["Items"]}
    for key in rows:
        assert hashlib.sha256(hurried.get(PLAIN, key)).hexdigest() == key
    assert {key for key, (_, at) in acknowledged.items() if at < summary.taken} <= rows
    assert rows


def test_data_of_a_newer_version_is_refused_before_anything_starts(tmp_path: Path) -> None:
    settings = private_settings(tmp_path)
    with_newer_data(settings)
    with pytest.raises(StartError, match="of another version"):
        data.require_readable(settings)


def with_newer_data(settings: Settings) -> None:
    Archive.at(settings.data).close()
    with closing(sqlite3.connect(settings.data / FILE)) as connection:
        connection.execute("pragma user_version = 99")
