"""What caches may do with an image that was fetched by a grant."""

import pytest
from chalice.app import Response

from chalicelib.domain.images.grants import Grant
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.errors import NotFoundError
from chalicelib.web.images.access import AccessDecision

GRANT = Grant(OwnerKey.item("a" * 32), ImageType.PRIMARY, "f" * 32, 0)
KEPT = "public, max-age=31536000, immutable"


def caching(decision: AccessDecision, said: str) -> object:
    return decision.on(Response(b"", {"Cache-Control": said}, 200)).headers["Cache-Control"]


@pytest.mark.parametrize("said", [KEPT, "public", "no-store", "private, max-age=60"])
def test_what_anybody_may_fetch_is_cached_as_ever(said: str) -> None:
    assert caching(AccessDecision(), said) == said


@pytest.mark.parametrize(
    ("said", "expected"), [(KEPT, "private, max-age=31536000, immutable"), ("public", "private")]
)
def test_what_a_token_fetches_is_for_its_sender_alone(said: str, expected: str) -> None:
    assert caching(AccessDecision(by_token=True), said) == expected


@pytest.mark.parametrize("said", [KEPT, "public"])
def test_what_a_grant_fetches_is_kept_until_the_grant_ends(said: str) -> None:
    assert caching(AccessDecision(GRANT, 60), said) == "public, max-age=60, immutable"
    assert caching(AccessDecision(GRANT, 10**9), said) == KEPT


@pytest.mark.parametrize(("seconds", "expected"), [(60, 60), (7200, 3600)])
def test_a_grant_makes_nothing_immutable_that_is_to_be_kept_for_a_while(seconds: int, expected: int) -> None:
    assert caching(AccessDecision(GRANT, seconds), "public, max-age=3600") == f"public, max-age={expected}"


@pytest.mark.parametrize("decision", [AccessDecision(GRANT, 60), AccessDecision(by_token=True)])
@pytest.mark.parametrize("said", ["no-store", "private, max-age=60", "no-cache, no-store, must-revalidate"])
def test_what_is_not_to_be_shared_stays_so(decision: AccessDecision, said: str) -> None:
    assert caching(decision, said) == said


def test_a_grant_is_for_the_image_of_its_tag() -> None:
    AccessDecision(GRANT, 60).check(GRANT.tag)
    AccessDecision().check("e" * 32)
    with pytest.raises(NotFoundError):
        AccessDecision(GRANT, 60).check("e" * 32)
