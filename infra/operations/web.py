"""Bring a built web client, such as jellyfin-web's: its files are served at `/web/` in the place of the page.

They lie in the bucket of variants, below a prefix that its lifecycle rules leave alone. Text is kept compressed,
since the function that serves it has little room in an answer.
"""

from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import md5
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
from rich.console import Console

from chalicelib.web.pages.media_types import is_compressible, media_type
from chalicelib.web.pages.responses import CLIENT, INDEX, is_file_name
from infra.errors import SettingError
from infra.operations.deployment import Deployment

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from mypy_boto3_s3 import S3Client

MOST_BYTES = 4_400_000
"""Bytes of a file as it is kept: what an answer of the function has room for."""

_WORKERS = 8
_MOST_KEYS = 1_000


@dataclass(frozen=True, slots=True)
class ClientFile:
    """A file as it is kept: its key, its bytes, compressed where that makes it smaller, and its media type."""

    key: str
    data: bytes
    content_type: str
    encoding: str

    @classmethod
    def read(cls, folder: Path, name: str) -> ClientFile:
        """Read a file of a folder; equal files are packed into equal bytes."""
        data = (folder / name).read_bytes()
        if is_compressible(name):
            packed = gzip.compress(data, 9, mtime=0)
            return cls(f"{CLIENT}{name}.gz", packed, media_type(name), "gzip")
        return cls(f"{CLIENT}{name}", data, media_type(name), "")

    @property
    def etag(self) -> str:
        """Return the entity tag that S3 gives what is put in one piece."""
        return f'"{md5(self.data, usedforsecurity=False).hexdigest()}"'


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of the files: how many were sent, were there already, were removed; and those left out."""

    sent: int
    unchanged: int
    removed: int
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WebClients:
    """The place of a web client in a bucket."""

    client: S3Client
    bucket: str

    def bring(self, folder: Path) -> Brought:
        """Put a folder's files in the place of what is there; raises SettingError for a folder without a client.

        The document comes last and what is old goes after it, so a browser never misses a file of the document
        that it has.
        """
        names = sorted(client_files(folder), key=lambda name: (name == INDEX, name))
        if INDEX not in names:
            raise SettingError(
                f"{folder} has no {INDEX}. Name the folder of a built web client, such as jellyfin-web's dist."
            )
        there = self._there()
        with ThreadPoolExecutor(_WORKERS) as pool:
            found = [*pool.map(lambda name: self._keep(folder, name, there), names[:-1])]
        found.append(self._keep(folder, INDEX, there))
        kept = {key for key, _ in found if key}
        left_out = tuple(name for name, (key, _) in zip(names, found, strict=True) if not key)
        removed = self._delete(there.keys() - kept)
        sent = sum(is_sent for _, is_sent in found)
        return Brought(sent, len(kept) - sent, removed, left_out)

    def remove(self) -> int:
        """Take the web client away, its document first; return how many files there were."""
        keys = self._there().keys()
        return self._delete(sorted(keys, key=lambda key: (not key.startswith(f"{CLIENT}{INDEX}"), key)))

    def _keep(self, folder: Path, name: str, there: dict[str, str]) -> tuple[str, bool]:
        """Return the key of a file, and whether it was sent; "" for one that is too large to be served."""
        file = ClientFile.read(folder, name)
        if len(file.data) > MOST_BYTES:
            return "", False
        if there.get(file.key) == file.etag:
            return file.key, False
        self.client.put_object(
            Bucket=self.bucket,
            Key=file.key,
            Body=file.data,
            ContentType=file.content_type,
            **({"ContentEncoding": file.encoding} if file.encoding else {}),  # type: ignore[arg-type]  # this or nothing
        )
        return file.key, True

    def _there(self) -> dict[str, str]:
        """Return the entity tags of the files by their keys."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=CLIENT)
        return {entry["Key"]: entry["ETag"] for page in pages for entry in page.get("Contents", ())}

    def _delete(self, keys: Iterable[str]) -> int:
        count = 0
        for some in batched(keys, _MOST_KEYS, strict=False):
            self.client.delete_objects(
                Bucket=self.bucket, Delete={"Objects": [{"Key": key} for key in some], "Quiet": True}
            )
            count += len(some)
        return count


def client_files(folder: Path) -> Iterator[str]:
    """Yield the names of a folder's files, below it with slashes; hidden ones are none of a client's."""
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
            if not is_file_name(name):
                raise SettingError(
                    f"{name[:100]!r} is not a name that can be served. Rename or remove the file."
                )
            yield name


def bring_web_client(options: argparse.Namespace) -> int:
    """Bring the files of a folder, or remove those that are there; returns 1 when some were left out."""
    if bool(options.folder) is options.remove:
        raise SettingError("Name the folder of a built web client, or give --remove, not both.")
    deployment, console = Deployment.of_stage(options.stage), Console()
    clients = WebClients(boto3.client("s3"), deployment.variants_bucket)
    if options.remove:
        console.print(f"{clients.remove():,} files removed. /web/ is the service's own page.")
        return 0
    brought = clients.bring(Path(options.folder))
    console.print(
        f"{brought.sent:,} files sent, {brought.unchanged:,} unchanged, {brought.removed:,} removed."
    )
    for name in brought.left_out:
        line = f"Left out: {name} has more than {MOST_BYTES:,} bytes, which the function cannot answer."
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    return 1 if brought.left_out else 0
