"""Ids in paths, in every route there is: a text that is none is a 400 that names it, and changes nothing."""

import copy
import re

import pytest

from app import app
from chalicelib.domain.accounts.accounts import User
from tests.support.fakes.world import ADMINISTRATOR, World
from tests.support.gateway import call
from tests.support.tiny_images import gif

SOMEBODY = "0123456789abcdef0123456789abcdef"
NAMES = {"item_id": "itemId", "user_id": "userId", "series_id": "seriesId"}
OTHERS = {
    "image_type": "Primary",
    **dict.fromkeys(("image_index", "percent_played", "unplayed_count"), "0"),
    **dict.fromkeys(("max_width", "max_height"), "10"),
    "format": "Png",
    "tag": "tag",
    "kind": "Movie",
    "language": "eng",
    "ticket_id": SOMEBODY,
}
NO_IDS = ("none", "0123", "%00", "x" * 200)
CASES = [
    pytest.param(verb, path, segment, id=f"{verb} {path} {segment}")
    for path, verbs in sorted(app.routes.items())
    for verb in sorted(verbs)
    for segment in re.findall(r"\{(\w+)\}", path)
    if segment in NAMES
]


QUERY = "?newIndex=0&positionTicks=1&type=Primary&imageUrl=https://example.org/x.jpg"
BODY = {"Name": "Metropolis", "Type": "Movie", "Size": "1"}


@pytest.fixture
def caller(world: World) -> User:
    """Return an administrator, whom paths without a user are about too."""
    return world.add_user("Ann", ADMINISTRATOR)


@pytest.mark.parametrize(("verb", "path", "segment"), CASES)
def test_a_text_that_is_no_id_is_named(
    world: World, caller: User, verb: str, path: str, segment: str
) -> None:
    headers, before = world.token_of(caller), copy.deepcopy((world.rows.rows, world.books.kept))
    ids = {"item_id": SOMEBODY, "series_id": SOMEBODY, "user_id": caller.id}
    body = (
        (gif(1) if "/Images" in path and "/Upload" not in path else BODY) if verb in {"POST", "PUT"} else b""
    )
    for text in NO_IDS:
        url = path.format(**ids | OTHERS | {segment: text}) + QUERY
        answer = call(verb, url, headers=headers, body=body)
        assert answer.status == 400, (text, answer.body)
        if verb != "HEAD":
            assert NAMES[segment] in answer.json()["errors"], text
        assert (world.rows.rows, world.books.kept) == before, text
