"""Large uploads through the deployed stack: ticket, form, event, image."""

from typing import Any
from urllib.parse import urljoin

import requests

from infra.local.service import Service
from tests.support import aws
from tests.support.deployed_service import SECONDS, Http, eventually, noise, opened, photo


def issued(admin: Http, item: str, **wishes: str | int) -> dict[str, Any]:
    answer = admin.call("POST", f"/Items/{item}/Images/Art/Upload", params=wishes)
    assert answer.status_code == requests.codes.created, answer.text
    ticket: dict[str, Any] = answer.json()
    return ticket


def send(ticket: dict[str, Any], data: bytes) -> requests.Response:
    return requests.post(ticket["Url"], ticket["Fields"], files={"file": data}, timeout=SECONDS)


def settled(admin: Http, ticket: dict[str, Any]) -> dict[str, Any]:
    def look() -> dict[str, Any] | None:
        found: dict[str, Any] = admin.get(ticket["StatusUrl"]).json()
        return None if found["State"] == "Waiting" else found

    found = eventually(look)
    assert found
    return found


def asked_with_authorization(url: str, admin: Http) -> requests.Response:
    """Follow a redirect with the very headers of the first request, as some clients do."""
    headers = {"Authorization": f'MediaBrowser Token="{admin.headers["X-Emby-Token"]}"'}
    answer = requests.get(url, headers=headers, allow_redirects=False, timeout=SECONDS)
    if answer.is_redirect:
        url = urljoin(url, answer.headers["Location"])
        answer = requests.get(url, headers=headers, allow_redirects=False, timeout=SECONDS)
    return answer


def test_a_picture_too_large_for_a_request_becomes_an_image_by_ticket(
    admin: Http, service: Service, item: str
) -> None:
    data = noise(1900, 1800)
    assert len(data) > 10_000_000
    ticket = issued(admin, item, size=len(data), contentType="image/png")
    assert send(ticket, data).ok
    done = settled(admin, ticket)
    (image,) = admin.get(f"/Items/{item}/Images").json()
    assert (done["State"], done["ImageTag"], image["Size"]) == ("Done", image["ImageTag"], len(data))
    assert opened(admin.get(f"/Items/{item}/Images/Art?maxWidth=100")).size == (100, 95)
    # API Gateway does not pass on so much, and S3 refuses a client that sends its Authorization along.
    shown = asked_with_authorization(f"{admin.base_url}/Items/{item}/Images/Art", admin)
    assert (shown.headers["Content-Type"], opened(shown).size) == ("image/jpeg", (1900, 1800))
    key = ticket["Fields"]["key"]
    left = aws.client("s3").list_object_versions(Bucket=service.originals_bucket, Prefix=key)
    assert [*left.get("Versions", ()), *left.get("DeleteMarkers", ())] == []


def test_the_store_takes_no_other_size_type_or_key(admin: Http, item: str) -> None:
    data = photo()
    ticket = issued(admin, item, size=len(data), contentType="image/jpeg")
    assert send(ticket, data + b"x").status_code == requests.codes.bad_request
    for field, value in {"Content-Type": "text/html", "key": "originals/mine"}.items():
        forged = {**ticket, "Fields": {**ticket["Fields"], field: value}}
        assert send(forged, data).status_code == requests.codes.forbidden
    assert admin.get(ticket["StatusUrl"]).json()["State"] == "Waiting"


def test_what_is_no_picture_is_refused_and_the_reason_can_be_read(admin: Http, item: str) -> None:
    ticket = issued(admin, item)
    assert send(ticket, b"<html>").ok
    refused = settled(admin, ticket)
    assert (refused["State"], refused["Field"]) == ("Refused", "body")
    assert "Unsupported picture format" in refused["Reason"]


def test_an_item_deleted_meanwhile_refuses_its_ticket(admin: Http, item: str) -> None:
    ticket = issued(admin, item)
    assert admin.call("DELETE", f"/Items/{item}").ok
    assert send(ticket, photo()).ok
    assert settled(admin, ticket)["Field"] == "itemId"
