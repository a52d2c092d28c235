"""Images for signed-in users and signed URLs only."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from chalicelib.container import override_container
from chalicelib.domain.accounts.accounts import Policy, User
from tests.support.fakes.world import ADMIN, SETTINGS, World
from tests.support.gateway import call

RESTRICTED = replace(SETTINGS, image_access="signed", image_url_key="k" * 43)
ITEM = "0123456789abcdef0123456789abcdef"
OTHER = "f" * 32
PRIMARY = f"/Items/{ITEM}/Images/Primary"
BACKDROP = f"/Items/{ITEM}/Images/Backdrop"


def picture(colour: str) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (64, 48), colour).save(stream, "PNG")
    return stream.getvalue()


def upload(url: str, colour: str) -> None:
    headers = ADMIN | {"Content-Type": "image/png"}
    assert call("POST", url, body=picture(colour), headers=headers).status == 204


@pytest.fixture
def world() -> Iterator[World]:
    made = World(RESTRICTED)
    with override_container(made.container):
        for item_id in (ITEM, OTHER):
            made.add_item(item_id)
        upload(PRIMARY, "teal")
        for colour in ("red", "green"):
            upload(BACKDROP, colour)
        yield made


@pytest.fixture(autouse=True)
def ann(world: World) -> User:
    return world.add_user("Ann", Policy(is_hidden=False))


def tags(path: str = f"/Items/{ITEM}/Images") -> list[str]:
    return [info["ImageTag"] for info in call("GET", path, headers=ADMIN).json()]


def urls() -> dict[str, Any]:
    answer: dict[str, Any] = call("GET", f"/Images/Urls?itemIds={ITEM}", headers=ADMIN).json()
    return answer


@pytest.mark.parametrize("tag", ["", "?tag=" + "f" * 32, "?tag=x.y.z"])
@pytest.mark.parametrize("verb", ["GET", "HEAD"])
def test_a_stranger_sees_nothing(verb: str, tag: str) -> None:
    for path in (PRIMARY, f"{BACKDROP}/1", f"{PRIMARY}/0/x/Jpg/10/10/0/0"):
        answer = call(verb, path + tag)
        assert (answer.status, answer.headers["cache-control"]) == (401, "no-store")


@pytest.mark.parametrize(("tag", "status"), [("", 401), (f"?tag={'f' * 32}.fffffffff.{'A' * 43}", 403)])
@pytest.mark.parametrize(
    "unknown", [f"/Items/{'1' * 32}", f"/Users/{'1' * 32}", "/Persons/Nobody", "/Genres/x"]
)
def test_a_stranger_does_not_learn_what_there_is(unknown: str, tag: str, status: int) -> None:
    assert call("GET", f"{unknown}/Images/Primary{tag}").status == status
    assert call("GET", PRIMARY + tag).status == status
    assert call("GET", f"{unknown}/Images/Primary{tag}", headers=ADMIN).status == 404


def test_a_token_opens_every_image_and_no_shared_cache_keeps_it(world: World, ann: User) -> None:
    for headers in (ADMIN, world.token_of(ann)):
        answer = call("GET", PRIMARY, headers=headers)
        assert (answer.status, answer.headers["cache-control"]) == (200, "private")
    tag = call("GET", PRIMARY, headers=ADMIN).headers["etag"][1:33]
    answer = call("GET", f"{PRIMARY}?tag={tag}&api_key={ADMIN['X-Emby-Token']}")
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"


def test_a_revoked_token_opens_nothing(world: World, ann: User) -> None:
    token = world.token_of(ann)
    call("POST", "/Sessions/Logout", headers=token)
    assert call("GET", PRIMARY, headers=token).status == 401


def test_a_tag_from_a_listing_opens_its_image_without_a_token() -> None:
    primary, first, second = tags()
    assert call("GET", f"{PRIMARY}?tag={primary}&maxWidth=32").status == 200
    assert call("GET", f"{BACKDROP}?tag={second}").body == picture("green")
    assert call("GET", f"{BACKDROP}/0?tag={first}").body == picture("red")
    assert call("HEAD", f"{BACKDROP}/1?tag={second}").status == 200
    assert call("GET", f"{PRIMARY}/0/{primary}/Png/64/48/0/0").status == 200


def test_a_tag_leads_to_its_image_after_the_order_has_changed() -> None:
    _, first, _ = tags()
    call("POST", f"{BACKDROP}/0/Index?newIndex=1", headers=ADMIN)
    assert call("GET", f"{BACKDROP}/0?tag={first}").body == picture("red")


def test_ready_urls_work_as_they_are() -> None:
    listed = urls()
    assert [call("GET", entry["Url"]).body for entry in listed["Items"]] == [
        picture(colour) for colour in ("teal", "red", "green")
    ]
    assert [entry.get("ImageIndex") for entry in listed["Items"]] == [None, 0, 1]
    assert listed["ExpiresAt"] == "2026-11-24T00:00:00.0000000Z"


def test_a_url_stays_the_same_for_the_day_and_then_expires(world: World) -> None:
    listed = urls()
    world.time.advance(hours=11, minutes=59)
    assert urls() == listed
    world.time.advance(hours=24)
    url = listed["Items"][0]["Url"]
    assert call("GET", url).headers["cache-control"] == "public, max-age=60, immutable"
    world.time.advance(seconds=60)
    answer = call("GET", url)
    assert (answer.status, answer.headers["cache-control"]) == (403, "no-store")
    assert call("GET", url, headers=ADMIN).status == 200


def test_a_copy_is_revalidated_by_a_signed_url_only() -> None:
    url = urls()["Items"][0]["Url"]
    etag = {"If-None-Match": call("GET", url).headers["etag"]}
    answer = call("GET", url, headers=etag)
    assert (answer.status, answer.headers["cache-control"]) == (304, "public, max-age=129600, immutable")
    assert call("GET", re.sub(r"\?.*", f"?tag={tags()[0][:32]}", url), headers=etag).status == 401


@pytest.mark.parametrize(
    "path",
    [
        f"/Items/{OTHER}/Images/Primary",
        f"{BACKDROP}/0",
        f"/UserImage?userId={ITEM}&",
        f"/Users/{ITEM}/Images/Primary",
    ],
)
def test_a_signed_tag_opens_nothing_else(path: str) -> None:
    separator = "" if path.endswith("&") else "?"
    assert call("GET", f"{path}{separator}tag={tags()[0]}").status == 403


@pytest.mark.parametrize("place", [0, 33, 40, -1])
def test_a_changed_tag_opens_nothing(place: int) -> None:
    tag = tags()[0]
    changed = list(tag)
    changed[place] = "0" if changed[place] != "0" else "1"
    assert call("GET", f"{PRIMARY}?tag={''.join(changed)}").status in {401, 403}


def test_a_replaced_image_is_not_shown_by_the_url_of_the_one_before() -> None:
    url = urls()["Items"][0]["Url"]
    upload(PRIMARY, "black")
    assert call("GET", url).status == 404


def test_a_key_can_be_exchanged_while_urls_are_in_use(world: World) -> None:
    url = urls()["Items"][0]["Url"]
    for previous, status in (("k" * 43, 200), ("", 403)):
        exchanged = World(replace(RESTRICTED, image_url_key="n" * 43, image_url_previous_key=previous))
        exchanged.rows = exchanged.catalog = world.rows
        exchanged.originals_store = world.blobs_of_originals
        with override_container(exchanged.container):
            assert call("GET", url).status == status


def test_a_users_image_is_shown_on_the_login_screen(ann: User) -> None:
    upload(f"/UserImage?userId={ann.id}", "blue")
    (shown,) = call("GET", "/Users/Public").json()
    tag = shown["PrimaryImageTag"]
    assert call("GET", f"/Users/{ann.id}/Images/Primary?tag={tag}").body == picture("blue")
    assert call("GET", f"/UserImage?userId={ann.id}&tag={tag}").body == picture("blue")
    assert call("GET", f"/UserImage?userId={ann.id}").status == 401


def test_a_user_sees_its_own_image_by_its_token(world: World, ann: User) -> None:
    upload(f"/UserImage?userId={ann.id}", "blue")
    ((name, token),) = world.token_of(ann).items()
    assert call("GET", "/UserImage", headers={name: token}).status == 200
    assert call("GET", f"/UserImage?userId={ann.id}&ApiKey={token}").status == 200


def test_tags_of_items_in_lists_open_their_images() -> None:
    made = call("POST", "/Items", headers=ADMIN, body={"Name": "Metropolis", "Type": "Movie"}).json()
    upload(f"/Items/{made['Id']}/Images/Primary", "teal")
    (item,) = call("GET", f"/Items?ids={made['Id']}", headers=ADMIN).json()["Items"]
    tag = item["ImageTags"]["Primary"]
    assert call("GET", f"/Items/{made['Id']}/Images/Primary?tag={tag}").status == 200


def test_without_restriction_urls_are_bare_and_never_expire(world: World) -> None:
    signed = urls()["Items"][0]["Url"]
    open_world = World(SETTINGS)
    open_world.rows = open_world.catalog = world.rows
    open_world.originals_store = world.blobs_of_originals
    with override_container(open_world.container):
        listed = urls()
        assert "ExpiresAt" not in listed
        assert listed["Items"][0]["Url"] == signed.partition(".")[0]
        assert call("GET", listed["Items"][0]["Url"]).status == 200
        assert call("GET", signed).status == 200


@pytest.mark.parametrize(
    ("query", "field"),
    [("itemIds=x", "itemIds"), ("userIds=" + "%2C".join(f"{n:032}" for n in range(101)), "itemIds")],
)
def test_ids_that_are_none_or_too_many_are_refused(query: str, field: str) -> None:
    answer = call("GET", f"/Images/Urls?{query}", headers=ADMIN)
    assert (answer.status, list(answer.json()["errors"])) == (400, [field])
