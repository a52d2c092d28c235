"""What caches may do with an image that was fetched by a grant."""

import pytest

from chalicelib.domain.images.grants import Grant
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.errors import NotFoundError
from chalicelib.web.images.access import AccessDecision
from chalicelib.web.protocol.caching import KEPT, NEVER_STORED, REFRESHED, REVALIDATED, CachePolicy

GRANT = Grant(OwnerKey.item("a" * 32), ImageType.PRIMARY, "f" * 32, 0)
POLICIES = [KEPT, REVALIDATED, NEVER_STORED, REFRESHED, CachePolicy(seconds=60, is_private=True)]


def caching(access: AccessDecision, policy: CachePolicy) -> str:
    return access.limit(policy).headers["Cache-Control"]


@pytest.mark.parametrize("policy", POLICIES)
def test_what_anybody_may_fetch_is_cached_as_ever(policy: CachePolicy) -> None:
    assert AccessDecision().limit(policy) == policy


@pytest.mark.parametrize(
    ("policy", "expected"), [(KEPT, "private, max-age=31536000, immutable"), (REVALIDATED, "private")]
)
def test_what_a_token_fetches_is_for_its_sender_alone(policy: CachePolicy, expected: str) -> None:
    assert caching(AccessDecision(by_token=True), policy) == expected


def test_what_a_grant_fetches_is_kept_until_the_grant_ends() -> None:
    assert caching(AccessDecision(GRANT, 60), KEPT) == "public, max-age=60, immutable"
    assert caching(AccessDecision(GRANT, 10**9), KEPT) == "public, max-age=31536000, immutable"
    assert caching(AccessDecision(GRANT, 60), REVALIDATED) == "public, max-age=60"


@pytest.mark.parametrize(("seconds", "expected"), [(60, 60), (7200, 3600)])
def test_a_grant_prolongs_nothing(seconds: int, expected: int) -> None:
    policy = CachePolicy(seconds=3600)
    assert caching(AccessDecision(GRANT, seconds), policy) == f"public, max-age={expected}"


@pytest.mark.parametrize("access", [AccessDecision(GRANT, 60), AccessDecision(by_token=True)])
@pytest.mark.parametrize("policy", [NEVER_STORED, REFRESHED, CachePolicy(seconds=60, is_private=True)])
def test_what_is_not_to_be_shared_stays_so(access: AccessDecision, policy: CachePolicy) -> None:
    assert access.limit(policy).headers == policy.headers


def test_a_grant_is_for_the_image_of_its_tag() -> None:
    AccessDecision(GRANT, 60).check(GRANT.tag)
    AccessDecision().check("e" * 32)
    with pytest.raises(NotFoundError):
        AccessDecision(GRANT, 60).check("e" * 32)
