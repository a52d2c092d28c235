"""What caches may do with an image that was fetched by leave."""

import pytest
from chalice.app import Response

from chalicelib.domain.images.grants import Leave
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.errors import NotFoundError
from chalicelib.web.images.permits import Permit

LEAVE = Leave(OwnerKey.item("a" * 32), ImageType.PRIMARY, "f" * 32, 0)
KEPT = "public, max-age=31536000, immutable"


def caching(permit: Permit, said: str) -> object:
    return permit.on(Response(b"", {"Cache-Control": said}, 200)).headers["Cache-Control"]


@pytest.mark.parametrize("said", [KEPT, "public", "no-store", "private, max-age=60"])
def test_what_anybody_may_fetch_is_cached_as_ever(said: str) -> None:
    assert caching(Permit(), said) == said


@pytest.mark.parametrize(
    ("said", "expected"), [(KEPT, "private, max-age=31536000, immutable"), ("public", "private")]
)
def test_what_a_token_fetches_is_for_its_sender_alone(said: str, expected: str) -> None:
    assert caching(Permit(by_token=True), said) == expected


@pytest.mark.parametrize("said", [KEPT, "public"])
def test_what_leave_fetches_is_kept_until_the_leave_ends(said: str) -> None:
    assert caching(Permit(LEAVE, 60), said) == "public, max-age=60, immutable"
    assert caching(Permit(LEAVE, 10**9), said) == KEPT


@pytest.mark.parametrize(("seconds", "expected"), [(60, 60), (7200, 3600)])
def test_leave_makes_nothing_immutable_that_is_to_be_kept_for_a_while(seconds: int, expected: int) -> None:
    assert caching(Permit(LEAVE, seconds), "public, max-age=3600") == f"public, max-age={expected}"


@pytest.mark.parametrize("permit", [Permit(LEAVE, 60), Permit(by_token=True)])
@pytest.mark.parametrize("said", ["no-store", "private, max-age=60", "no-cache, no-store, must-revalidate"])
def test_what_is_not_to_be_shared_stays_so(permit: Permit, said: str) -> None:
    assert caching(permit, said) == said


def test_leave_is_for_the_image_of_its_tag() -> None:
    Permit(LEAVE, 60).check(LEAVE.tag)
    Permit().check("e" * 32)
    with pytest.raises(NotFoundError):
        Permit(LEAVE, 60).check("e" * 32)
