"""User images over HTTP."""

import base64
from io import BytesIO

import pytest
from PIL import Image

from chalicelib.domain.accounts.accounts import Policy, User
from tests.support.fakes.world import ADMIN, ADMINISTRATOR, World
from tests.support.gateway import Answer, call

pytestmark = pytest.mark.usefixtures("world")

NOBODY = "c" * 32
WRITES = ["POST", "DELETE"]


def picture(colour: str = "teal", fmt: str = "PNG") -> bytes:
    stream = BytesIO()
    Image.new("RGB", (64, 48), colour).save(stream, fmt)
    return stream.getvalue()


@pytest.fixture
def ann(world: World) -> User:
    return world.add_user("Ann")


@pytest.fixture
def bob(world: World) -> User:
    return world.add_user("Bob")


@pytest.fixture
def token(world: World, ann: User) -> dict[str, str]:
    return world.token_of(ann)


def upload(url: str, token: dict[str, str], data: bytes | None = None) -> Answer:
    body = picture() if data is None else data
    return call("POST", url, body=body, headers=token | {"Content-Type": "image/png"})


def paths(user: User) -> list[str]:
    legacy = f"/Users/{user.id}/Images"
    return [
        f"/UserImage?userId={user.id}",
        f"{legacy}/Primary",
        f"{legacy}/Profile/0",
        f"{legacy}/backdrop/7",
    ]


@pytest.mark.parametrize("number", range(4))
def test_every_path_leads_to_the_one_image(ann: User, token: dict[str, str], number: int) -> None:
    assert upload(paths(ann)[number], token).status == 204
    for path in paths(ann):
        answer = call("GET", path)
        assert (answer.status, answer.body, answer.headers["content-type"]) == (200, picture(), "image/png")
        head = call("HEAD", path)
        assert (head.status, head.body, head.headers["etag"]) == (200, b"", answer.headers["etag"])
    assert call("DELETE", paths(ann)[number], headers=token).status == 204
    assert {call("GET", path).status for path in paths(ann)} == {404}


def test_without_a_user_the_caller_is_meant(ann: User, token: dict[str, str]) -> None:
    assert upload("/UserImage", token).status == 204
    assert call("GET", "/UserImage", headers=token).body == picture()
    assert call("GET", paths(ann)[0]).status == 200
    assert call("DELETE", "/UserImage", headers=token).status == 204
    assert call("GET", paths(ann)[0]).status == 404


def test_the_wrong_name_of_the_python_client_means_the_caller(
    ann: User, bob: User, token: dict[str, str]
) -> None:
    assert upload(f"/UserImage?user_id={bob.id}", token).status == 204
    assert call("GET", paths(ann)[0]).status == 200
    assert call("GET", paths(bob)[0]).status == 404


def test_an_upload_replaces_the_image_and_shows_in_the_user(token: dict[str, str]) -> None:
    upload("/UserImage", token)
    first = call("GET", "/Users/Me", headers=token).json()["PrimaryImageTag"]
    upload("/UserImage", token, picture("red"))
    second = call("GET", "/Users/Me", headers=token).json()["PrimaryImageTag"]
    assert first != second
    assert call("GET", "/UserImage", headers=token).body == picture("red")


def test_base64_is_taken_as_the_web_client_sends_it(ann: User, token: dict[str, str]) -> None:
    assert upload(f"/Users/{ann.id}/Images/Primary", token, base64.b64encode(picture())).status == 204
    assert call("GET", paths(ann)[1]).body == picture()


def test_sizes_are_ignored_and_formats_heeded(ann: User, token: dict[str, str]) -> None:
    upload("/UserImage", token)
    for path in (paths(ann)[0] + "&", paths(ann)[1] + "?"):
        assert call("GET", path + "width=10&fillHeight=5&quality=10&blur=3").body == picture()
        assert call("GET", path + "format=Jpg&width=10").headers["content-type"] == "image/jpeg"


def test_a_tag_makes_it_immutable(ann: User, token: dict[str, str]) -> None:
    upload("/UserImage", token)
    tag = call("GET", "/Users/Me", headers=token).json()["PrimaryImageTag"]
    answer = call("GET", f"/Users/{ann.id}/Images/Primary?tag={tag}")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    again = call("GET", paths(ann)[0], headers={"If-None-Match": answer.headers["etag"]})
    assert again.status == 304


def test_a_missing_image_is_no_error_to_delete(token: dict[str, str]) -> None:
    assert call("DELETE", "/UserImage", headers=token).status == 204


@pytest.mark.parametrize("verb", WRITES)
@pytest.mark.parametrize("number", range(4))
def test_nobody_changes_another_users_image(
    world: World, bob: User, token: dict[str, str], verb: str, number: int
) -> None:
    upload(paths(bob)[0], ADMIN)
    assert call(verb, paths(bob)[number], headers=token, body=picture("red")).status == 403
    assert call("GET", paths(bob)[0]).body == picture()
    assert len(world.blobs_of_originals.kept) == 1


@pytest.mark.parametrize("number", range(4))
def test_an_administrator_changes_anybodys_image(world: World, bob: User, number: int) -> None:
    root = world.token_of(world.add_user("Root", ADMINISTRATOR))
    for token in (root, ADMIN):
        assert upload(paths(bob)[number], token).status == 204
        assert call("DELETE", paths(bob)[number], headers=token).status == 204


@pytest.mark.parametrize("verb", WRITES)
def test_a_user_may_be_kept_from_changing_its_own_image(world: World, verb: str) -> None:
    token = world.token_of(world.add_user("Kid", Policy(enable_user_preference_access=False)))
    answer = call(verb, "/UserImage", headers=token, body=picture())
    assert answer.status == 403
    assert answer.json()["detail"].startswith("User is not allowed to")


@pytest.mark.parametrize("verb", WRITES)
def test_an_unknown_user_is_404_to_an_administrator_and_403_to_others(
    token: dict[str, str], verb: str
) -> None:
    url = f"/UserImage?userId={NOBODY}"
    assert call(verb, url, headers=ADMIN, body=picture()).status == 404
    assert call(verb, url, headers=token, body=picture()).status == 403


@pytest.mark.parametrize("verb", ["GET", *WRITES])
def test_an_api_key_has_no_image(verb: str) -> None:
    answer = call(verb, "/UserImage", headers=ADMIN, body=picture())
    assert (answer.status, list(answer.json()["errors"])) == (400, ["userId"])


@pytest.mark.parametrize("headers", [{}, {"X-Emby-Token": "revoked"}])
def test_a_stranger_must_say_whose_image(headers: dict[str, str]) -> None:
    answer = call("GET", "/UserImage", headers=headers)
    assert (answer.status, answer.json()["detail"]) == (400, "UserId is required if unauthenticated")


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/UserImage?userId=me", "userId"),
        ("/Users/me/Images/Primary", "userId"),
        ("/Users/{id}/Images/Poster", "imageType"),
        ("/Users/{id}/Images/Primary/first", "imageIndex"),
    ],
)
@pytest.mark.parametrize("verb", ["GET", *WRITES])
def test_a_malformed_path_is_refused_by_field(
    ann: User, token: dict[str, str], verb: str, path: str, field: str
) -> None:
    answer = call(verb, path.format(id=ann.id), headers=token, body=picture())
    assert (answer.status, list(answer.json()["errors"])) == (400, [field])


def test_what_is_no_picture_changes_nothing(token: dict[str, str]) -> None:
    upload("/UserImage", token)
    for body in (b"", b"no picture", picture()[:60]):
        assert upload("/UserImage", token, body).status == 400
    assert call("GET", "/UserImage", headers=token).body == picture()


def test_the_image_of_a_deleted_user_is_released(world: World, ann: User, token: dict[str, str]) -> None:
    upload("/UserImage", token)
    (original,) = world.blobs_of_originals.kept
    call("DELETE", f"/Users/{ann.id}", headers=ADMIN)
    assert world.messages.messages == [original]
    assert call("GET", paths(ann)[0]).status == 404
