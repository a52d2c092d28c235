"""Policies decide as AWS's do."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.localstack.plugins.dockerless.iam.policies import (
    Access,
    Decision,
    UnsupportedPolicyError,
    decide,
    matches,
    parsed,
)

READ = Access("s3:GetObject", "arn:aws:s3:::films/originals/ab/abcd")
CONTEXT = {"aws:securetransport": "true"}


def document(**statement: Any) -> dict[str, Any]:  # noqa: ANN401  # any JSON value
    basis = {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
    made = {name: value for name, value in (basis | statement).items() if value is not None}
    return {"Version": "2012-10-17", "Statement": [made]}


@pytest.mark.parametrize(
    "statement",
    [
        {},
        {"Action": "s3:*"},
        {"Action": "S3:getobject"},
        {"Action": ["s3:PutObject", "s3:Get*"]},
        {"Action": "s3:GetObjec?"},
        {"Resource": "arn:aws:s3:::films/*"},
        {"Resource": ["arn:aws:s3:::other/*", "arn:aws:s3:::films/originals/??/*"]},
        {"Action": None, "NotAction": "s3:PutObject"},
        {"Resource": None, "NotResource": "arn:aws:s3:::other/*"},
        {"Condition": {"Bool": {"aws:SecureTransport": "true"}}},
        {"Condition": {"StringEqualsIfExists": {"aws:Nowhere": "x"}}},
        {"Condition": {"StringNotEquals": {"aws:Nowhere": "x"}}},
    ],
)
def test_an_access_that_a_statement_names_is_allowed(statement: dict[str, Any]) -> None:
    assert decide([document(**statement)], READ, CONTEXT) == Decision(is_allowed=True, sid="Read")


@pytest.mark.parametrize(
    "statement",
    [
        {"Action": "s3:GetObjectVersion"},
        {"Action": "s3:Get"},
        {"Resource": "arn:aws:s3:::films"},
        {"Resource": "arn:aws:s3:::FILMS/*"},
        {"Resource": "arn:aws:s3:::films/originals/?/*"},
        {"Action": None, "NotAction": "s3:*"},
        {"Resource": None, "NotResource": "arn:aws:s3:::films/*"},
        {"Condition": {"Bool": {"aws:SecureTransport": "false"}}},
        {"Condition": {"StringLike": {"aws:Nowhere": "*"}}},
        {"Condition": {"StringNotLike": {"aws:SecureTransport": "t*"}}},
    ],
)
def test_any_other_access_is_denied(statement: dict[str, Any]) -> None:
    assert decide([document(**statement)], READ, CONTEXT) == Decision(is_allowed=False)


def test_a_denial_wins_whatever_allows() -> None:
    denial = document(Sid="Never", Effect="Deny", Action="s3:Get*")
    for documents in ([document(), denial], [denial, document()]):
        assert decide(documents, READ, CONTEXT) == Decision(is_allowed=False, sid="Never", is_explicit=True)


def test_without_policies_nothing_is_allowed() -> None:
    assert not decide([], READ, CONTEXT).is_allowed


@pytest.mark.parametrize("statement", [{"Principal": "*"}, {"Conditions": {}}])
def test_what_is_not_known_is_no_permission(statement: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedPolicyError):
        parsed(json.dumps(document(**statement)))


def test_an_unknown_condition_is_no_permission() -> None:
    with pytest.raises(UnsupportedPolicyError):
        decide([document(Condition={"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}})], READ, CONTEXT)


@given(st.text())
def test_a_star_matches_anything_and_a_text_without_wildcards_itself(text: str) -> None:
    assert matches("*", text)
    if not set(text) & set("*?"):
        assert matches(text, text)
        assert not matches(text, text + "x")
