"""Many writers of one item's images at once."""

import random
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest

from tests.support.deployed_service import Http, photo

WRITERS, WRITES = 12, 200


@pytest.mark.timeout(300)
def test_mixed_writes_leave_a_list_without_gaps_losses_or_doubles(admin: Http, item: str) -> None:
    backdrops = f"/Items/{item}/Images/Backdrop"
    chance = random.Random(20_261_122)  # noqa: S311  # a repeatable mix, no secret
    verbs = chance.choices(["upload", "delete", "swap"], weights=[5, 2, 3], k=WRITES)
    pictures = [photo(40, 30) for _ in verbs]
    places = [(chance.randrange(12), chance.randrange(12)) for _ in verbs]

    def write(number: int) -> int:
        first, second = places[number]
        match verbs[number]:
            case "upload":
                return admin.upload(backdrops, pictures[number]).status_code
            case "delete":
                return admin.call("DELETE", f"{backdrops}/{first}").status_code
            case _:
                return admin.call("POST", f"{backdrops}/{first}/Index?newIndex={second}").status_code

    with ThreadPoolExecutor(WRITERS) as pool:
        assert set(pool.map(write, range(WRITES))) == {204}

    infos = admin.get(f"/Items/{item}/Images").json()
    uploaded = {
        sha256(picture).hexdigest()[:32]: picture
        for verb, picture in zip(verbs, pictures, strict=True)
        if verb == "upload"
    }
    tags = [info["ImageTag"] for info in infos]
    assert [info["ImageIndex"] for info in infos] == list(range(len(infos)))
    assert len(set(tags)) == len(tags)
    assert set(tags) <= set(uploaded)
    assert len(uploaded) - len(tags) <= verbs.count("delete")
    for index, tag in enumerate(tags):
        assert admin.get(f"{backdrops}/{index}").content == uploaded[tag]
