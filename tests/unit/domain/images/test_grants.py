"""A grant to fetch one image for a time."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.images.grants import Grant, GrantSigner, SignedTag
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import OwnerKey

OLD, NEW = b"o" * 32, b"n" * 32
GRANT = Grant(OwnerKey.item("a" * 32), ImageType.PRIMARY, "f" * 32, 1_800_000_000)
GRANTS = st.builds(
    Grant,
    owner=st.builds(OwnerKey.item, st.text("0123456789abcdef", min_size=32, max_size=32)),
    image_type=st.sampled_from(ImageType),
    tag=st.text("0123456789abcdef", min_size=32, max_size=32),
    expires=st.integers(0, 2**47),
)


def parsed(text: str) -> SignedTag:
    signed = SignedTag.parse(text)
    assert signed is not None
    return signed


@given(GRANTS)
def test_what_is_signed_is_genuine(grant: Grant) -> None:
    signer = GrantSigner((NEW,))
    signed = parsed(signer.signed_tag(grant))
    assert (signed.tag, signed.expires) == (grant.tag, grant.expires)
    assert signer.is_genuine(grant, signed.signature)


@pytest.mark.parametrize(
    "other",
    [
        replace(GRANT, owner=OwnerKey.item("b" * 32)),
        replace(GRANT, owner=OwnerKey.user("a" * 32)),
        replace(GRANT, image_type=ImageType.BACKDROP),
        replace(GRANT, tag="e" * 32),
        replace(GRANT, expires=GRANT.expires + 1),
    ],
    ids=["item", "kind of owner", "type", "tag", "expiry"],
)
def test_a_signature_is_good_for_nothing_else(other: Grant) -> None:
    signer = GrantSigner((NEW,))
    assert not signer.is_genuine(other, parsed(signer.signed_tag(GRANT)).signature)


def test_keys_can_be_exchanged() -> None:
    old, both, new = GrantSigner((OLD,)), GrantSigner((NEW, OLD)), GrantSigner((NEW,))
    assert both.is_genuine(GRANT, parsed(old.signed_tag(GRANT)).signature)
    assert both.signed_tag(GRANT) == new.signed_tag(GRANT)
    assert not new.is_genuine(GRANT, parsed(old.signed_tag(GRANT)).signature)


def test_without_a_key_nothing_is_genuine() -> None:
    assert not GrantSigner(()).is_genuine(GRANT, "A" * 43)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "f" * 32,
        f"{'f' * 32}.1.{'A' * 42}",
        f"{'F' * 32}.1.{'A' * 43}",
        f"{'f' * 32}.-1.{'A' * 43}",
        f"{'f' * 32}.{'9' * 13}.{'A' * 43}",
        f"{'f' * 32}.1.{'A' * 42}é",
        f"{'f' * 32}.1.{'A' * 43}\n",
        f"{'f' * 32}.\u0661.{'A' * 43}",
    ],
)
def test_anything_else_is_a_bare_tag(text: str) -> None:
    assert SignedTag.parse(text) is None


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    signed = SignedTag.parse(text)
    assert signed is None or len(signed.signature) == 43


@pytest.mark.parametrize("zeros", ["0", "0000"])
def test_an_expiry_has_one_spelling(zeros: str) -> None:
    tag, expires, signature = GrantSigner((NEW,)).signed_tag(GRANT).split(".")
    assert SignedTag.parse(f"{tag}.{zeros}{expires}.{signature}") is None
    assert SignedTag.parse(f"{tag}.{expires.upper()}.{signature}") is None
