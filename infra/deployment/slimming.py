"""Cut what the functions' dependencies bring down to what the functions use, since each cold start pays for it."""

import gzip
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

OPERATIONS: Mapping[str, AbstractSet[str]] = {
    "dynamodb": frozenset(
        {
            "BatchGetItem",
            "BatchWriteItem",
            "DeleteItem",
            "DescribeEndpoints",
            "DescribeTable",
            "GetItem",
            "PutItem",
            "Query",
            "Scan",
            "TransactGetItems",
            "TransactWriteItems",
            "UpdateItem",
        }
    ),
    "s3": frozenset(
        {
            "AbortMultipartUpload",
            "CompleteMultipartUpload",
            "CopyObject",
            # botocore writes the policies of forms with its URL.
            "CreateBucket",
            "CreateMultipartUpload",
            "DeleteObject",
            "DeleteObjects",
            "GetObject",
            "GetObjectAnnotation",
            "GetObjectTagging",
            # botocore looks with it for the region of a bucket that was moved.
            "HeadBucket",
            "HeadObject",
            "ListObjectAnnotations",
            "ListObjectVersions",
            "ListObjectsV2",
            "PutObject",
            "PutObjectAnnotation",
            "PutObjectTagging",
            "UploadPartCopy",
        }
    ),
    "sqs": frozenset({"ChangeMessageVisibilityBatch", "GetQueueAttributes", "SendMessageBatch"}),
    "sts": frozenset({"AssumeRole", "AssumeRoleWithWebIdentity"}),
}
"""What the functions call, by service; botocore's descriptions of all else are removed."""

STAND_INS: Mapping[str, str] = {
    # The real ones import a parser of HTML, to write help that nobody reads in a function.
    "botocore/docs/__init__.py": '''\
"""Documentation that is never written."""

DEPRECATED_SERVICE_NAMES = frozenset()
''',
    "botocore/docs/docstring.py": '''\
"""Documentation that is never written."""


class LazyLoadedDocstring(str):
    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        return super().__new__(cls)


class ClientMethodDocstring(LazyLoadedDocstring):
    __slots__ = ()


class WaiterDocstring(LazyLoadedDocstring):
    __slots__ = ()


class PaginatorDocstring(LazyLoadedDocstring):
    __slots__ = ()
''',
    # The real one imports the metadata of packages, to see whether there is one that speaks HTTP/2.
    "urllib3/http2/__init__.py": '"""HTTP/2, which nobody switches on."""\n',
}
"""Modules of dependencies that are replaced, because they import much and are not used."""


def slim(folder: Path) -> None:
    """Cut down the dependencies that lie in a folder."""
    shutil.rmtree(folder / "bin", ignore_errors=True)
    for data in (folder / "botocore" / "data", folder / "boto3" / "data"):
        for service in data.iterdir():
            if service.is_dir() and service.name not in OPERATIONS:
                shutil.rmtree(service)
    slim_descriptions(folder / "botocore" / "data")
    put_stand_ins(folder)


def put_stand_ins(folder: Path) -> None:
    """Replace modules of the dependencies in a folder; raises FileNotFoundError where one has moved."""
    for name, text in STAND_INS.items():
        replaced = folder / name
        if not replaced.is_file():
            raise FileNotFoundError(f"{name} is no longer there to be replaced: see {__name__}.STAND_INS.")
        replaced.write_text(text)


def slim_descriptions(data: Path) -> None:
    """Cut botocore's descriptions of services down to what a process needs, for each cold start reads them.

    Of the endpoints (1.2 MB, read for any client) those of our services are kept, of a service the operations that
    are called. Documentation is emptied rather than left out, since some readers insist on it.
    """
    endpoints = json.loads((data / "endpoints.json").read_bytes())
    for partition in endpoints["partitions"]:
        partition["services"] = {
            name: where for name, where in partition["services"].items() if name in OPERATIONS
        }
    write_json(data / "endpoints.json", endpoints)
    for packed in data.rglob("*.json.gz"):
        described = json.loads(gzip.decompress(packed.read_bytes()), object_hook=_undocumented)
        if packed.name == "service-2.json.gz":
            described = reduced(described, OPERATIONS[packed.parents[1].name])
        write_json(packed.with_suffix(""), described)
        packed.unlink()


def reduced(description: Mapping[str, Any], operations: Iterable[str]) -> dict[str, Any]:
    """Return a description of a service with some operations, and the shapes that they and exceptions reach."""
    kept = {name: description["operations"][name] for name in sorted(operations)}
    shapes: Mapping[str, Mapping[str, Any]] = description["shapes"]
    wanted = [name for name, shape in shapes.items() if shape.get("exception")]
    wanted += _named_shapes(kept)
    reached: set[str] = set()
    while wanted:
        if (name := wanted.pop()) not in reached:
            reached.add(name)
            wanted += _named_shapes(shapes[name])
    return {
        **description,
        "operations": kept,
        "shapes": {name: shape for name, shape in shapes.items() if name in reached},
    }


def _named_shapes(part: Any) -> Iterator[str]:  # noqa: ANN401  # any part of a description
    """Yield the names of shapes to which a part of a description refers."""
    match part:
        case {"shape": str(name)}:
            yield name
    for below in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _named_shapes(below)


def _undocumented(entry: dict[str, Any]) -> dict[str, Any]:
    return entry | {"documentation": ""} if isinstance(entry.get("documentation"), str) else entry


def write_json(path: Path, content: Any) -> None:  # noqa: ANN401  # any JSON value
    """Write a value as JSON without blanks."""
    path.write_text(json.dumps(content, separators=(",", ":")))
