"""Many who want one variant at once, and one who wants many, at the deployed stack."""

from concurrent.futures import ThreadPoolExecutor

from chalicelib.domain.variants.keys import PIPELINE_VERSION
from tests.support.deployed_service import Http, Stores, photo


def test_many_first_requests_at_once_store_one_variant(
    admin: Http, anyone: Http, item: str, stores: Stores
) -> None:
    path = f"/Items/{item}/Images/Primary"
    assert admin.upload(path, photo(800, 1200)).status_code == 204
    tag = str(admin.get(f"/Items/{item}/Images").json()[0]["ImageTag"])
    with ThreadPoolExecutor(24) as pool:
        answers = list(pool.map(lambda _: anyone.get(f"{path}?maxWidth=123"), range(24)))
    assert [answer.status_code for answer in answers] == [200] * 24
    assert len({answer.content for answer in answers}) == 1
    assert [answer.headers["X-Image-Cache"] for answer in answers].count("miss") == 1
    assert len([key for key in stores.variants(tag) if f"v{PIPELINE_VERSION}-123x" in key]) == 1
