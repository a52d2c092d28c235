"""In front of a Jellyfin server: which requests it sees, and what is answered when."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import pytest

from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.sweep.report import Progress
from infra.demo.jellyfin.server import KEY, JellyfinServer, Trouble
from infra.demo.jellyfin.shelf import USER, ShelfItem
from tests.support.fakes.accounts import NOON
from tests.support.fakes.world import ADMIN, World
from tests.support.gateway import Answer, call
from tests.support.hostile_urls import HOSTILE
from tests.support.media_tree import picture
from tests.support.upstream import FRESH_SECONDS, standing_before

MEMBER = {"X-Emby-Token": KEY}


@dataclass
class Setting:
    """The application, the server behind it, and a film with a poster there."""

    world: World
    server: JellyfinServer
    film: ShelfItem

    @property
    def path(self) -> str:
        return f"/Items/{self.film.id}/Images/Primary"

    @property
    def tag(self) -> str:
        return self.film.images["Primary"][0].tag

    @property
    def fetches(self) -> int:
        return self.server.pictures_asked

    def replace(self, number: int, image_type: str = "Primary") -> None:
        self.server.shelf.put(self.film, image_type, picture(number))
        # Jellyfin's dates are whole seconds: two pictures of one second would be one to whoever asks by date.
        self.server.shelf.date(self.film, image_type, number)

    def get(self, query: str = "", **headers: str) -> Answer:
        return call("GET", self.path + query, headers=headers)


@pytest.fixture
def setting() -> Iterator[Setting]:
    with standing_before() as (world, server):
        made = Setting(world, server, server.shelf.add("Movie", "Dune"))
        made.replace(1)
        yield made


def test_a_picture_is_asked_for_once_and_then_answered_from_here(setting: Setting) -> None:
    first = setting.get(f"?tag={setting.tag}")
    assert (first.status, first.body) == (200, picture(1))
    assert first.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert setting.get(f"?tag={setting.tag}").body == picture(1)
    small = setting.get(f"?tag={setting.tag}&maxWidth=12")
    assert (small.status, small.headers["content-type"]) == (200, "image/jpeg")
    assert call("HEAD", setting.path).status == 200
    assert setting.fetches == 1


def test_a_hit_is_one_read_and_no_other_call(setting: Setting) -> None:
    setting.get(f"?tag={setting.tag}")
    before = setting.world.rows.reads
    assert setting.get(f"?tag={setting.tag}").status == 200
    assert setting.world.rows.reads == before + 1
    assert setting.world.asked.leases == {}


def test_without_a_tag_a_replaced_picture_is_shown_after_the_fresh_time(setting: Setting) -> None:
    answer = setting.get()
    assert answer.headers["cache-control"] == f"public, max-age={FRESH_SECONDS}"
    setting.replace(2)
    setting.world.time.advance(seconds=FRESH_SECONDS - 1)
    kept = setting.get()
    assert (kept.body, kept.headers["cache-control"]) == (picture(1), "public, max-age=1")
    setting.world.time.advance(seconds=1)
    assert setting.get().body == picture(2)
    assert setting.fetches == 2


def test_by_its_new_tag_a_replaced_picture_is_shown_at_once(setting: Setting) -> None:
    setting.get(f"?tag={setting.tag}")
    for number in (2, 3, 4):
        setting.replace(number)
        assert setting.get(f"?tag={setting.tag}").body == picture(number)
    assert setting.fetches == 4


def test_what_has_not_changed_is_not_sent_again(setting: Setting) -> None:
    setting.get()
    setting.world.time.advance(seconds=FRESH_SECONDS)
    assert setting.get().body == picture(1)
    assert setting.get().headers["cache-control"] == f"public, max-age={FRESH_SECONDS}"
    assert setting.fetches == 2
    assert len(setting.world.blobs_of_originals.kept) == 1


def test_an_older_file_in_its_place_is_seen_too(setting: Setting) -> None:
    setting.replace(9)
    setting.get()
    setting.replace(3)
    setting.world.time.advance(seconds=FRESH_SECONDS)
    assert setting.get().body == picture(3)


def test_backdrops_that_change_places_are_seen_whatever_their_dates(setting: Setting) -> None:
    shelf, path = setting.server.shelf, f"/Items/{setting.film.id}/Images/Backdrop"
    for number in (5, 6):
        shelf.put(setting.film, "Backdrop", picture(number), index=9)
        shelf.date(setting.film, "Backdrop", 7, len(setting.film.images["Backdrop"]) - 1)
    assert [call("GET", f"{path}/{place}").body for place in (1, 0)] == [picture(6), picture(5)]
    shelf.swap(setting.film, "Backdrop", 0, 1)
    setting.world.time.advance(seconds=FRESH_SECONDS)
    assert [call("GET", f"{path}/{place}").body for place in (0, 1)] == [picture(6), picture(5)]


def test_made_up_tags_cause_one_check_in_ten_seconds(setting: Setting) -> None:
    setting.get(f"?tag={setting.tag}")
    for number in range(40):
        answer = setting.get(f"?tag={number}")
        assert (answer.status, answer.body) == (200, picture(1))
        setting.world.time.advance(seconds=0.5)
    assert setting.fetches == 1 + 2
    setting.get("?tag=one")
    assert setting.get("?tag=other").headers["cache-control"] == "public, max-age=10"


def test_made_up_ids_and_places_cause_a_bounded_number_of_requests() -> None:
    with standing_before(unknown=20) as (world, server):
        film = server.shelf.add("Movie", "Dune")
        server.shelf.put(film, "Primary", picture(1))
        for number in range(100):
            assert call("GET", f"/Items/{number:032x}/Images/Primary").status == 404
            assert call("GET", f"/Items/{film.id}/Images/Backdrop/{number}").status == 404
            assert call("GET", f"/Persons/Nobody {number}/Images/Primary").status == 404
        assert server.pictures_asked == 20
        refused = call("GET", f"/Items/{film.id}/Images/Primary")
        assert (refused.status, refused.headers["cache-control"]) == (404, "public, max-age=10")
        world.time.advance(seconds=60)
        assert call("GET", f"/Items/{film.id}/Images/Primary").status == 200


def test_what_is_there_does_not_count_as_unknown() -> None:
    with standing_before(unknown=2) as (_, server):
        for number in range(10):
            film = server.shelf.add("Movie", f"Film {number}")
            server.shelf.put(film, "Primary", picture(number))
            assert call("GET", f"/Items/{film.id}/Images/Primary").body == picture(number)


def test_no_image_is_remembered_for_a_minute(setting: Setting) -> None:
    path = f"/Items/{setting.film.id}/Images/Logo"
    for _ in range(3):
        assert call("GET", path).status == 404
    assert setting.fetches == 1
    setting.replace(2, "Logo")
    assert call("GET", path).status == 404
    setting.world.time.advance(seconds=60)
    assert call("GET", path).body == picture(2)


def test_an_image_that_is_gone_is_a_404_and_comes_back(setting: Setting) -> None:
    setting.get()
    setting.server.shelf.remove(setting.film, "Primary")
    setting.world.time.advance(seconds=FRESH_SECONDS)
    assert [setting.get().status for _ in range(3)] == [404, 404, 404]
    assert setting.fetches == 2
    setting.replace(2)
    setting.world.time.advance(seconds=60)
    assert setting.get().body == picture(2)


def test_a_server_that_fails_leaves_what_is_stored_marked_stale(setting: Setting) -> None:
    setting.get(f"?tag={setting.tag}")
    setting.server.trouble = Trouble.DOWN
    setting.world.time.advance(seconds=FRESH_SECONDS)
    for query in ("", "?tag=new"):
        stale = setting.get(query)
        assert (stale.status, stale.body) == (200, picture(1))
        assert stale.headers["warning"] == '110 - "Response is Stale"'
        assert stale.headers["cache-control"] == "public, max-age=10"
    assert "warning" not in setting.get(f"?tag={setting.tag}").headers
    missing = call("GET", f"/Items/{setting.film.id}/Images/Logo")
    assert (missing.status, missing.headers["retry-after"]) == (502, "5")
    assert missing.json()["detail"] == "The Jellyfin server answered with 503."


def test_a_server_that_failed_is_left_alone_and_asked_again_later(setting: Setting) -> None:
    setting.get()
    setting.server.trouble = Trouble.SILENT
    setting.world.time.advance(seconds=FRESH_SECONDS)
    for _ in range(50):
        assert setting.get().body == picture(1)
    broken = setting.fetches
    assert broken < 8
    resting = call("GET", f"/Items/{setting.film.id}/Images/Logo")
    assert (resting.status, resting.headers["retry-after"]) == (502, "30")
    setting.world.time.advance(seconds=30)
    for _ in range(20):
        assert "warning" in setting.get().headers
    assert setting.fetches == broken + 1
    setting.server.trouble = Trouble.NONE
    setting.replace(2)
    setting.world.time.advance(seconds=30)
    fresh = setting.get()
    assert (fresh.body, "warning" in fresh.headers) == (picture(2), False)


def test_a_slow_server_is_a_504_where_nothing_is_stored(setting: Setting) -> None:
    setting.server.trouble, setting.server.slow_seconds = Trouble.SLOW, 30
    answer = setting.get()
    assert (answer.status, answer.headers["retry-after"]) == (504, "5")


def test_named_items_and_users_are_asked_for_by_their_paths(setting: Setting) -> None:
    shelf = setting.server.shelf
    person, user = shelf.add("Person", "Ada / Byron?"), shelf.add(USER, "ada")
    shelf.put(person, "Primary", picture(7))
    shelf.put(user, "Primary", picture(8), "image/jpeg")
    assert call("GET", "/Persons/Ada%20%2F%20Byron%3F/Images/Primary").body == picture(7)
    assert call("GET", f"/UserImage?userId={user.id}").body == picture(8)
    assert call("GET", f"/Users/{user.id}/Images/Primary").body == picture(8)
    assert setting.fetches == 2


@pytest.mark.parametrize("prefix", ["", "/emby", "/MediaBrowser"])
def test_every_spelling_of_a_path_is_one_picture(setting: Setting, prefix: str) -> None:
    for path in (setting.path, setting.path.lower(), setting.path + "/0"):
        assert call("GET", prefix + path).body == picture(1)
    assert call("GET", f"{prefix}{setting.path}/0/x/Jpg/12/12/0/0").status == 200


def test_everything_else_is_passed_through(setting: Setting) -> None:
    images = f"/Items/{setting.film.id}/Images"
    assert call("GET", images).status == 401
    listed = call("GET", images, headers=MEMBER)
    assert [image["ImageTag"] for image in listed.json()] == [setting.tag]
    assert call("GET", f"{images}?api_key={KEY}").json() == listed.json()
    assert call("DELETE", f"{images}/Primary", headers={"X-Emby-Token": "administrator-key"}).status == 401
    assert (setting.world.rows.rows, setting.fetches) == ({}, 0)


def test_an_answer_that_no_function_can_give_is_told_and_is_no_failure_of_the_server() -> None:
    with standing_before(max_inline_bytes=2_000) as (_, server):
        film = server.shelf.add("Movie", "Dune")
        for number in range(30):
            server.shelf.put(film, "Backdrop", picture(number), index=99)
        for _ in range(5):
            refused = call("GET", f"/Items/{film.id}/Images", headers=MEMBER)
            assert (refused.status, refused.headers["content-type"]) == (502, "application/problem+json")
            assert "larger than 2,000 bytes" in refused.json()["detail"]
        assert call("GET", f"/Items/{film.id}/Images/Backdrop").body == picture(0)


def test_what_passes_through_is_seen_at_the_next_request(setting: Setting) -> None:
    assert (setting.get().body, call("GET", setting.path.replace("Primary", "Logo")).status) == (
        picture(1),
        404,
    )
    for image_type in ("Primary", "Logo"):
        sent = call(
            "POST",
            f"/Items/{setting.film.id}/Images/{image_type}",
            body=b64encode(picture(2)),
            headers={**MEMBER, "Content-Type": "image/jpeg"},
        )
        assert sent.status == 204
        assert call("GET", f"/Items/{setting.film.id}/Images/{image_type}").body == picture(2)
    assert call("DELETE", setting.path, headers=MEMBER).status == 204
    assert setting.get().status == 404


def test_a_change_in_the_same_second_is_seen_when_it_passes_through(setting: Setting) -> None:
    shelf, headers = setting.server.shelf, {**MEMBER, "Content-Type": "image/jpeg"}
    shelf.date(setting.film, "Primary", 7)
    setting.get()
    assert call("POST", setting.path, body=b64encode(picture(2)), headers=headers).status == 204
    shelf.date(setting.film, "Primary", 7)
    assert setting.get().body == picture(2)


def test_order_that_changes_is_seen_at_once(setting: Setting) -> None:
    path = f"/Items/{setting.film.id}/Images/Backdrop"
    for number in (5, 6):
        setting.server.shelf.put(setting.film, "Backdrop", picture(number), index=9)
    assert [call("GET", f"{path}/{place}").body for place in (0, 1)] == [picture(5), picture(6)]
    assert call("POST", f"{path}/0/Index?newIndex=1", headers=MEMBER).status == 204
    assert [call("GET", f"{path}/{place}").body for place in (0, 1)] == [picture(6), picture(5)]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def test_a_picture_that_cannot_be_read_is_shown_as_it_is(setting: Setting) -> None:
    setting.server.shelf.put(setting.film, "Logo", SVG, "image/svg+xml")
    path = f"/Items/{setting.film.id}/Images/Logo"
    for query in ("", "?tag=x&maxWidth=10&format=Png"):
        shown = call("GET", path + query)
        assert (shown.status, shown.body) == (200, SVG)
        assert shown.headers["content-type"] == "image/svg+xml"
        assert "sandbox" in shown.headers["content-security-policy"]
        assert shown.headers["x-content-type-options"] == "nosniff"
        assert shown.headers["x-image-upstream"] == "verbatim"
    assert shown.headers["cache-control"] == "public, max-age=10"
    head = call("HEAD", path)
    assert (head.status, head.headers["content-length"]) == (200, str(len(SVG)))
    assert call("GET", path, headers={"If-None-Match": head.headers["etag"]}).status == 304
    assert setting.fetches == 1


def test_what_cannot_be_read_is_asked_for_again_and_shown_while_the_server_is_down(setting: Setting) -> None:
    setting.replace(2, "Logo")
    path = f"/Items/{setting.film.id}/Images/Logo"
    assert call("GET", path).body == picture(2)
    setting.server.shelf.put(setting.film, "Logo", SVG, "image/svg+xml")
    setting.world.time.advance(seconds=FRESH_SECONDS)
    assert [call("GET", path).body for _ in range(3)] == [SVG] * 3
    assert setting.fetches == 2
    setting.server.trouble = Trouble.DOWN
    setting.world.time.advance(seconds=FRESH_SECONDS)
    assert [call("GET", path).body for _ in range(5)] == [SVG] * 5
    setting.server.trouble = Trouble.NONE
    setting.replace(3, "Logo")
    setting.world.time.advance(seconds=60)
    assert call("GET", path).body == picture(3)


def test_a_change_that_is_passed_on_replaces_what_cannot_be_read(setting: Setting) -> None:
    setting.server.shelf.put(setting.film, "Logo", SVG, "image/svg+xml")
    path, headers = f"/Items/{setting.film.id}/Images/Logo", {**MEMBER, "Content-Type": "image/jpeg"}
    assert call("GET", path).body == SVG
    assert call("POST", path, body=b64encode(picture(2)), headers=headers).status == 204
    assert call("GET", path).body == picture(2)


@pytest.mark.parametrize("kind", ["", "application/octet-stream"])
def test_what_is_no_picture_at_all_is_a_404(setting: Setting, kind: str) -> None:
    setting.server.shelf.put(setting.film, "Logo", SVG, kind)
    answer = call("GET", f"/Items/{setting.film.id}/Images/Logo")
    assert answer.status == 404
    assert "cannot be shown" in answer.json()["detail"]
    assert call("GET", f"/Items/{setting.film.id}/Images/Logo").status == 404
    assert setting.fetches == 1


def test_a_picture_too_large_to_pass_on_is_a_404() -> None:
    with standing_before(max_inline_bytes=len(SVG) - 1) as (_, server):
        film = server.shelf.add("Movie", "Dune")
        server.shelf.put(film, "Logo", SVG, "image/svg+xml")
        assert call("GET", f"/Items/{film.id}/Images/Logo").status == 404


def test_the_page_learns_of_the_server_and_whether_it_answers(setting: Setting) -> None:
    def told() -> dict[str, object]:
        return dict(call("GET", "/System/Upstream", headers=ADMIN).json())

    bounds = {"InFront": True, "FreshSeconds": FRESH_SECONDS, "UnknownPerMinute": 300}
    assert told() == bounds | {"IsAnswering": True}
    setting.server.trouble = Trouble.DOWN
    for number in range(3):
        call("GET", f"/Items/{setting.film.id}/Images/Backdrop/{number}")
    rests = told()
    assert (rests["IsAnswering"], str(rests["RestsUntil"])[:4]) == (False, str(NOON.year))
    setting.world.time.advance(seconds=31)
    assert told() == bounds | {"IsAnswering": False}
    assert setting.fetches == 3


def test_our_own_library_is_not_asked(setting: Setting) -> None:
    owner = setting.world.add_item("a" * 32)
    assert call("GET", f"/Items/{owner.id}/Images/Primary").status == 404
    assert setting.fetches == 1


@pytest.mark.parametrize("path", ["RemoteImages/Download", "Images/Primary"])
def test_no_url_of_a_caller_is_fetched(setting: Setting, path: str) -> None:
    """What is to be downloaded is that server's to decide: nobody here asks for the URL."""
    for url in HOSTILE:
        target = f"/Items/{setting.film.id}/{path}?type=Primary&imageUrl={quote(url, safe='')}"
        setting.server.asked.clear()
        assert call("POST", target, headers={"X-Emby-Token": "wrong"}).status == 401
        (asked,) = setting.server.asked
        assert asked.startswith(f"POST /Items/{setting.film.id}/{path}?")
    assert setting.world.web.asked == []


@pytest.mark.parametrize(
    "path",
    [
        "/Items/@evil.example/Images/Primary",
        "/Items/..%2f..%2fSystem/Images/Primary",
        "/Users/%0d%0aX:%20y/Images/Primary",
    ],
)
def test_an_id_that_is_none_asks_nothing(setting: Setting, path: str) -> None:
    assert call("GET", path).status == 400
    assert call("POST", path, headers=MEMBER).status == 400
    assert setting.server.asked == []


def sweep(setting: Setting) -> None:
    assert setting.world.container.sweep.run(Progress(), NO_DEADLINE)


def test_what_is_gone_there_goes_here_after_the_grace(setting: Setting) -> None:
    setting.get()
    setting.server.shelf.remove(setting.film, "Primary")
    for day in range(20):
        setting.world.time.advance(days=1)
        sweep(setting)
        # Nobody asks: the first sweep after seven days finds that it is gone, seven days later it goes.
        assert bool(setting.world.rows.rows) is (day < 13)
    assert setting.world.rows.claimed == {}
    assert setting.world.messages.messages
    assert setting.fetches == 2


def test_what_is_still_there_stays_and_is_asked_for_once_in_the_grace(setting: Setting) -> None:
    setting.get(f"?tag={setting.tag}")
    for _ in range(20):
        setting.world.time.advance(days=1)
        sweep(setting)
    assert setting.fetches == 1 + 2
    assert setting.get(f"?tag={setting.tag}").headers["x-image-upstream"] == "stored"
    setting.server.trouble = Trouble.DOWN
    setting.world.time.advance(days=30)
    sweep(setting)
    assert setting.get(f"?tag={setting.tag}").body == picture(1)


def test_each_line_of_the_log_says_what_the_server_was_spared(
    setting: Setting, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    setting.get(f"?tag={setting.tag}")
    setting.get(f"?tag={setting.tag}")
    setting.server.trouble = Trouble.DOWN
    setting.get("?tag=other")
    lines = [record.fields for record in caplog.records if record.msg == "request"]  # type: ignore[attr-defined]  # ours
    size = len(picture(1))
    names = ("UpstreamRequests", "UpstreamBytesSaved", "UpstreamFailures", "StaleAnswers")
    assert [tuple(line.get(name) for name in names) for line in lines] == [
        (1, None, None, None),
        (None, size, None, None),
        (1, size, 1, 1),
    ]
