"""Upload tickets, from the request for one to the image, with the store's side of it played by the test."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.container import override_container
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.intake.tickets import SETTLING
from chalicelib.errors import UnavailableError
from chalicelib.services.ports import Blob
from tests.support.fakes.blobs import FakeBlobStore
from tests.support.fakes.world import ADMIN, SETTINGS, World
from tests.support.gateway import Answer, call
from tests.support.notifications import deliver
from tests.support.tiny_images import gif

ITEM = "0123456789abcdef0123456789abcdef"
OWNER = OwnerKey.item(ITEM)
PRIMARY = f"/Items/{ITEM}/Images/Primary"
BACKDROP = f"/Items/{ITEM}/Images/Backdrop"


@pytest.fixture(autouse=True)
def item(world: World) -> None:
    world.add_item(ITEM)


def ask(url: str = PRIMARY, query: str = "") -> Answer:
    return call("POST", f"{url}/Upload{query}", headers=ADMIN)


def ticket(url: str = PRIMARY, query: str = "") -> dict[str, Any]:
    answer = ask(url, query)
    assert answer.status == 201
    issued: dict[str, Any] = answer.json()
    return issued


def status(issued: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = call("GET", issued["StatusUrl"], headers=ADMIN).json()
    return found


def send(world: World, issued: dict[str, Any], data: bytes) -> str:
    """Do what S3 does with a form: store the file under the form's key."""
    key: str = issued["Fields"]["key"]
    world.originals_store.put(key, Blob(data, issued["Fields"]["Content-Type"]))
    return key


def left_over(world: World) -> list[str]:
    return [key for key in world.blobs_of_originals.keys if not key.startswith("originals/")]


def tags(world: World, image_type: ImageType = ImageType.PRIMARY) -> list[str]:
    return [image.tag for image in world.images.finder.list(OWNER).of_type(image_type)]


def test_a_file_sent_by_ticket_becomes_the_image(world: World) -> None:
    issued = ticket()
    assert status(issued)["State"] == "Waiting"
    key = send(world, issued, gif(1))
    assert deliver(key) == []
    done = status(issued)
    assert (done["State"], done["ImageTag"]) == ("Done", tags(world)[0])
    assert call("GET", PRIMARY).body == gif(1)
    assert left_over(world) == []


def test_a_ticket_says_where_and_how_the_file_is_sent() -> None:
    answer = ask(query="?size=1234&contentType=image/png")
    issued = answer.json()
    assert answer.headers["location"] == f"Upload/{issued['Id']}"
    assert issued["Url"] == "https://blobs.test/"
    assert issued["Fields"] == {
        "key": f"uploads/{issued['Id']}",
        "Content-Type": "image/png",
        "sizes": "1234-1234",
        "seconds": "3600",
    }
    assert issued["MaxBytes"] == 1234
    assert issued["Expires"] == "2026-11-22T13:00:00.0000000Z"


def test_a_body_may_say_the_same_as_the_query() -> None:
    body = {"Size": 5, "ContentType": "image/webp"}
    fields = call("POST", f"{PRIMARY}/Upload", body=body, headers=ADMIN).json()["Fields"]
    assert (fields["sizes"], fields["Content-Type"]) == ("5-5", "image/webp")


def test_without_a_size_or_type_the_limit_counts_and_the_bytes_decide() -> None:
    issued = ticket()
    assert issued["MaxBytes"] == 100_000_000
    assert issued["Fields"]["sizes"] == "1-100000000"
    assert issued["Fields"]["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?size=100000001", "size"),
        ("?size=0", "size"),
        ("?size=many", "size"),
        ("?contentType=text/html", "contentType"),
        ("?imageIndex=x", "imageIndex"),
    ],
)
def test_a_wrong_wish_is_named(query: str, field: str) -> None:
    answer = ask(query=query)
    assert answer.status == 400
    assert list(answer.json()["errors"]) == [field]


def test_there_is_no_ticket_for_what_does_not_exist() -> None:
    assert ask(f"/Items/{'f' * 32}/Images/Primary").status == 404
    assert ask(f"/Items/{ITEM}/Images/Nonsense").status == 400


def test_tickets_are_for_administrators() -> None:
    assert call("POST", f"{PRIMARY}/Upload").status == 401
    assert call("GET", ticket()["StatusUrl"]).status == 401


@pytest.mark.parametrize("url", [BACKDROP, f"/Items/{'f' * 32}/Images/Primary"])
def test_a_ticket_is_read_at_its_own_image_alone(url: str) -> None:
    issued = ticket()
    assert call("GET", f"{url}/Upload/{issued['Id']}", headers=ADMIN).status == 404


def test_what_is_no_picture_is_refused_with_its_reason(world: World) -> None:
    issued = ticket()
    key = send(world, issued, b"<html>")
    assert deliver(key) == []
    refused = status(issued)
    assert (refused["State"], refused["Field"]) == ("Refused", "body")
    assert "Unsupported picture format" in refused["Reason"]
    assert tags(world) == []
    assert left_over(world) == []


def test_an_item_deleted_meanwhile_refuses_the_file(world: World) -> None:
    issued = ticket()
    key = send(world, issued, gif(1))
    world.rows.remove(world.images.finder.list(OWNER))
    assert deliver(key) == []
    assert (status(issued)["State"], status(issued)["Field"]) == ("Refused", "itemId")
    assert world.blobs_of_originals.keys == []


def test_a_picture_above_the_limit_is_refused() -> None:
    small = World(replace(SETTINGS, max_ticket_upload_bytes=10))
    small.add_item(ITEM)
    with override_container(small.container):
        issued = ticket()
        deliver(send(small, issued, gif(1)))
        assert "the limit is 10" in status(issued)["Reason"]


def test_an_index_that_exists_is_replaced(world: World) -> None:
    for number in (1, 2):
        world.images.editing.upload(OWNER, ImageType.BACKDROP, gif(number))
    before = tags(world, ImageType.BACKDROP)
    deliver(send(world, ticket(BACKDROP, "?imageIndex=0"), gif(3)))
    after = tags(world, ImageType.BACKDROP)
    assert after[1] == before[1]
    assert after[0] not in before


def test_a_repeated_event_changes_nothing(world: World) -> None:
    issued = ticket(BACKDROP)
    key = send(world, issued, gif(1))
    assert deliver(key, key, key) == []
    assert deliver(key) == []
    assert len(tags(world, ImageType.BACKDROP)) == 1


def test_a_ticket_is_good_for_one_file(world: World) -> None:
    issued = ticket()
    deliver(send(world, issued, gif(1)))
    deliver(send(world, issued, gif(2)))
    assert call("GET", PRIMARY).body == gif(1)
    assert left_over(world) == []


def test_a_late_repetition_does_not_bring_back_what_was_replaced(world: World) -> None:
    issued = ticket()
    key = send(world, issued, gif(1))
    deliver(key)
    world.images.editing.upload(OWNER, ImageType.PRIMARY, gif(2))
    send(world, issued, gif(1))
    deliver(key)
    assert call("GET", PRIMARY).body == gif(2)


class BreaksOff(FakeBlobStore):
    """A store in which nothing can be deleted, so that a handler stops after the ticket is settled."""

    breaks = True

    def delete_versions(self, key: str, versions: Iterable[str]) -> None:
        if self.breaks:
            raise UnavailableError(key)
        super().delete_versions(key, versions)


def test_a_handler_that_stops_before_tidying_up_is_repeated_without_effect(world: World) -> None:
    store = BreaksOff()
    world.blobs_of_originals = world.originals_store = store
    issued = ticket(BACKDROP)
    key = send(world, issued, gif(1))
    assert deliver(key) == [key]
    assert status(issued)["State"] == "Done"
    store.breaks = False
    assert deliver(key) == []
    assert len(tags(world, ImageType.BACKDROP)) == 1
    assert left_over(world) == []


def test_an_object_without_a_ticket_is_removed(world: World) -> None:
    world.originals_store.put("uploads/nobodys", Blob(gif(1), "image/gif"))
    assert deliver("uploads/nobodys") == []
    assert world.blobs_of_originals.keys == []


def test_an_unused_ticket_ends_some_time_after_it_expired(world: World) -> None:
    issued = ticket()
    world.time.advance(seconds=3600)
    assert status(issued)["State"] == "Waiting"
    world.time.advance(seconds=(SETTLING + timedelta(seconds=1)).total_seconds())
    assert status(issued)["State"] == "Expired"
