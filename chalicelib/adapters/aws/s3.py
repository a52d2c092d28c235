"""Blobs in S3."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, batched
from typing import TYPE_CHECKING
from urllib.parse import quote

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.errors import BusyError, ConflictError
from chalicelib.services.ports import Blob, BlobInfo, UploadForm
from chalicelib.services.retries import retry_on_conflict

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef, ObjectIdentifierTypeDef

_MOST_KEYS = 1000
_PUTS = 3
_MOST_METADATA = 1_900
"""Bytes of the values of an object's metadata; S3 takes 2 KB with their names."""
_READABLE = " ,;:.!?'()/[]{}+="
_MISSING = frozenset({"NoSuchKey", "404"})


class S3Blob:
    """StoredBlob over an answer of GetObject whose body is still to be read."""

    def __init__(self, answer: "GetObjectOutputTypeDef") -> None:
        self._body = answer["Body"]
        self.size = answer["ContentLength"]
        self.content_type = answer["ContentType"]
        self.version = answer.get("VersionId", "null")

    def read(self) -> bytes:
        """Return all bytes; raises BusyError when they stop coming."""
        try:
            return self._body.read()
        except BotoCoreError as error:
            raise BusyError(f"A blob was not read to its end: {type(error).__name__}.") from error

    def close(self) -> None:
        """Drop the connection rather than read on."""
        self._body.close()


class S3BlobStore:
    """BlobStore over one bucket; the caller may list it, or a missing key would look forbidden."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, key: str, blob: Blob, *, only_if_absent: bool = False) -> bool:
        """Store a blob by one PutObject; 412 means that the key is taken, 409 that another put is under way."""
        condition = {"IfNoneMatch": "*"} if only_if_absent else {}
        try:
            return retry_on_conflict(lambda: self._put(key, blob, condition), attempts=_PUTS)
        except ConflictError as error:
            raise BusyError(str(error)) from error

    def open(self, key: str) -> S3Blob | None:
        """Find a blob by GetObject; its body is still to be read."""
        try:
            return S3Blob(self._client.get_object(Bucket=self._bucket, Key=key))
        except ClientError as error:
            if _code(error) == "NoSuchKey":
                return None
            raise

    def delete(self, keys: Iterable[str]) -> None:
        """Remove blobs, a thousand a call."""
        self._delete({"Key": key} for key in keys)

    def versions(self, key: str) -> frozenset[str]:
        """Return the ids of all versions and delete markers of a key."""
        pages = self._client.get_paginator("list_object_versions").paginate(Bucket=self._bucket, Prefix=key)
        return frozenset(
            entry["VersionId"]
            for page in pages
            for entry in (*page.get("Versions", ()), *page.get("DeleteMarkers", ()))
            if entry["Key"] == key
        )

    def delete_versions(self, key: str, versions: Iterable[str]) -> None:
        """Remove versions for good."""
        self._delete({"Key": key, "VersionId": version} for version in versions)

    def info(self, key: str) -> BlobInfo | None:
        """Describe a blob by HeadObject, whose errors have no body and so no code but the status."""
        try:
            head = self._client.head_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if _code(error) == "404":
                return None
            raise
        return BlobInfo(key, head["ContentLength"], head["LastModified"])

    def list(self, prefix: str, after: str = "") -> Iterator[BlobInfo]:
        """Yield what lies under a prefix, page by page."""
        for page in self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=prefix, StartAfter=after
        ):
            for entry in page.get("Contents", ()):
                yield BlobInfo(entry["Key"], entry["Size"], entry["LastModified"])

    def copy(self, key: str, target: str, notes: Mapping[str, str]) -> None:
        """Let S3 copy, in parts when it is large.

        New metadata replaces the media type too, so that is read before and given again.
        """
        from boto3.s3.inject import copy  # noqa: PLC0415  # boto3 takes long to import, and few processes ever copy

        metadata = metadata_of(notes)
        try:
            kind = self._client.head_object(Bucket=self._bucket, Key=key)["ContentType"]
            changes = {"Metadata": metadata, "MetadataDirective": "REPLACE", "ContentType": kind}
            copy(self._client, {"Bucket": self._bucket, "Key": key}, self._bucket, target, ExtraArgs=changes)
        except ClientError as error:
            if _code(error) not in _MISSING:
                raise

    def presigned_url(self, key: str, *, seconds: int) -> str:
        """Sign a GET."""
        return self._client.generate_presigned_url(
            "get_object",
            Params={"Bucket": self._bucket, "Key": key, "ResponseContentDisposition": "inline"},
            ExpiresIn=seconds,
        )

    def upload_form(self, key: str, *, content_type: str, sizes: range, seconds: int) -> UploadForm:
        """Sign a POST policy."""
        fields = {"Content-Type": content_type}
        form = self._client.generate_presigned_post(
            self._bucket,
            key,
            Fields=dict(fields),
            Conditions=[fields, ["content-length-range", sizes[0], sizes[-1]]],
            ExpiresIn=seconds,
        )
        return UploadForm(form["url"], form["fields"])

    def _put(self, key: str, blob: Blob, condition: dict[str, str]) -> bool:
        try:
            self._client.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=blob.data,
                ContentType=blob.content_type,
                **condition,  # type: ignore[arg-type]  # either nothing or IfNoneMatch
            )
        except ClientError as error:
            if _code(error) == "PreconditionFailed":
                return False
            if _code(error) == "ConditionalRequestConflict":
                raise ConflictError(f"{key} stayed busy with other writes.") from error
            raise
        return True

    def _delete(self, identifiers: "Iterable[ObjectIdentifierTypeDef]") -> None:
        for some in batched(identifiers, _MOST_KEYS, strict=False):
            answer = self._client.delete_objects(
                Bucket=self._bucket, Delete={"Objects": list(some), "Quiet": True}
            )
            if failed := answer.get("Errors"):
                raise BusyError(f"{len(failed)} blobs were not deleted: {failed[0].get('Code')}.")


def metadata_of(notes: Mapping[str, str]) -> dict[str, str]:
    """Return notes as metadata, which must be ASCII: percent-encoded, each cut to its share of the room."""
    share = _MOST_METADATA // max(len(notes), 1)
    return {name: _encoded(text, share) for name, text in notes.items()}


def _encoded(text: str, most: int) -> str:
    """Encode as many of the first characters as fit, each of them whole."""
    pieces = [quote(character, safe=_READABLE) for character in text[:most]]
    return "".join(
        piece for piece, end in zip(pieces, accumulate(map(len, pieces)), strict=True) if end <= most
    )


def _code(error: ClientError) -> str:
    return error.response["Error"]["Code"]
