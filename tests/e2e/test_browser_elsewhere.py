"""What a page of another origin may do, as a browser decides it by preflights and answers."""

import gzip

import pytest

from tests.support.deployed_service import Http, photo

ORIGIN = "https://elsewhere.example"
HEADERS = "authorization, content-type, if-none-match, range, x-emby-token"


@pytest.mark.parametrize("path", ["/Items/{}/Images/Primary", "/emby/items/{}/images/primary/", "/UserImage"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_preflight_is_answered_by_the_service(anyone: Http, item: str, path: str, method: str) -> None:
    asked = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": HEADERS,
    }
    answer = anyone.call("OPTIONS", path.format(item), headers=asked)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert method in answer.headers["Access-Control-Allow-Methods"].split(", ")
    assert answer.headers["Access-Control-Allow-Headers"] == HEADERS
    assert answer.headers["Vary"] == "Access-Control-Request-Headers"


def test_an_answer_can_be_read_and_varies_by_what_it_depends_on(admin: Http, anyone: Http, item: str) -> None:
    path = f"/Items/{item}/Images/Primary"
    assert admin.upload(path, photo()).status_code == 204
    sized = f"{path}?maxWidth=100"
    here, elsewhere = anyone.get(sized), anyone.get(sized, origin=ORIGIN)
    for answer in (here, elsewhere):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in answer.headers["Access-Control-Expose-Headers"].split(", ")
        assert "Origin" not in answer.headers.get("Vary", "")
    assert elsewhere.headers["Vary"] == here.headers["Vary"]
    assert "Accept" in here.headers["Vary"]
    known = anyone.get(sized, origin=ORIGIN, if_none_match=here.headers["ETag"])
    assert known.status_code == 304
    for name in ("ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin"):
        assert known.headers[name] == here.headers[name]


def test_a_refusal_can_be_read_too(anyone: Http) -> None:
    answer = anyone.call("POST", "/Items", headers={"Origin": ORIGIN})
    assert answer.status_code == 401
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_packed_body_is_refused_in_words(admin: Http, item: str) -> None:
    headers = {"Content-Type": "image/jpeg", "Content-Encoding": "gzip"}
    path = f"/Items/{item}/Images/Primary"
    answer = admin.call("POST", path, data=gzip.compress(photo()), headers=headers)
    assert answer.status_code == 415
    assert list(answer.json()["errors"]) == ["Content-Encoding"]
    assert admin.get(path).status_code == 404
