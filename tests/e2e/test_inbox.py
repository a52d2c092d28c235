"""The drop folder of the deployed stack."""

import uuid
from urllib.parse import unquote

import pytest
from botocore.exceptions import ClientError

from infra.local.service import Service
from tests.support import aws
from tests.support.deployed_service import Http, eventually, photo

BEHIND_OTHERS = 180
"""Seconds in which a drop is handled, behind all that other tests have the service do."""


@pytest.fixture
def name() -> str:
    """Return a name of all that keys have trouble with."""
    return f"Amélie & Co + 100% = 日本 {uuid.uuid4().hex}"


@pytest.fixture
def named_item(admin: Http, name: str) -> str:
    body = {"Name": name, "Type": "Movie", "ProductionYear": 2001}
    return str(admin.call("POST", "/Items", json=body).json()["Id"])


def drop(service: Service, key: str, data: bytes) -> None:
    aws.client("s3").put_object(Bucket=service.originals_bucket, Key=key, Body=data)


def types(admin: Http, item: str) -> list[str]:
    return sorted(image["ImageType"] for image in admin.get(f"/Items/{item}/Images").json())


def left_over(service: Service, folder: str) -> bool:
    listed = aws.client("s3").list_object_versions(Bucket=service.originals_bucket, Prefix=folder)
    return "Versions" in listed


def test_dropped_files_become_images_by_their_names(
    admin: Http, service: Service, name: str, named_item: str
) -> None:
    by_name, by_id = f"inbox/{name} (2001)", f"inbox/{named_item}"
    for key in (f"{by_name}/poster.jpg", f"{by_name}/extrafanart/a + b.jpg", f"{by_id}/logo.png"):
        drop(service, key, photo())
    expected = ["Backdrop", "Logo", "Primary"]
    assert eventually(lambda: types(admin, named_item) == expected, BEHIND_OTHERS)
    assert eventually(
        lambda: not left_over(service, by_name) and not left_over(service, by_id), BEHIND_OTHERS
    )


def test_what_cannot_be_taken_is_kept_aside_with_its_reason(
    admin: Http, service: Service, name: str, named_item: str
) -> None:
    drop(service, f"inbox/{name}/notes + more.txt", b"text")
    refused = f"refused/{name}/notes + more.txt"
    s3 = aws.client("s3")

    def notes() -> dict[str, str]:
        try:
            return s3.head_object(Bucket=service.originals_bucket, Key=refused)["Metadata"]
        except ClientError:
            return {}

    found = eventually(notes, 180)  # behind what other tests have sent
    assert found["field"] == "file"
    assert (
        unquote(found["reason"])
        == "The name 'notes + more.txt' does not match any image of the type Movie. Rename the file."
    )
    assert types(admin, named_item) == []
