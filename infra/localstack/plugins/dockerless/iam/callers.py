"""Find who makes a call, and by which policies: a function's role, or a user; anybody else may do everything."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from moto.iam.exceptions import NotFoundException as IAMNotFoundException
from moto.iam.models import IAMBackend, Role, User, iam_backends
from moto.sts.models import AssumedRole, sts_backends

from .policies import Document, parsed

PARTITION = "aws"


@dataclass(frozen=True)
class Caller:
    """A principal; `name` is that of its role or user, `arn` what AWS's refusals call it."""

    name: str
    arn: str
    documents: Sequence[Document]


def caller(account: str, access_key: str) -> Caller | None:
    """Return whose key it is; None for keys that stand for the account itself."""
    if session := _session(account, access_key):
        return _of_role(session)
    return _of_user(account, access_key)


def secret_of(account: str, access_key: str) -> str | None:
    """Return the secret that belongs to a key; None for a key that nobody made."""
    if session := _session(account, access_key):
        return str(session.secret_access_key)
    key = _iam(account).access_keys.get(access_key)
    return str(key.secret_access_key) if key else None


def token_of(account: str, access_key: str) -> str | None:
    """Return the session token that belongs to a key of a role."""
    session = _session(account, access_key)
    return str(session.session_token) if session else None


def _iam(account: str) -> IAMBackend:
    return iam_backends[account][PARTITION]


_SESSIONS: defaultdict[str, dict[str, AssumedRole]] = defaultdict(dict)
"""The sessions seen so far, by account and key: moto keeps a list, and looks through it."""


def _session(account: str, access_key: str) -> AssumedRole | None:
    known = _SESSIONS[account]
    if access_key not in known:
        roles = sts_backends[account][PARTITION].assumed_roles
        known.update((role.access_key_id, role) for role in roles[len(known) :])
    return known.get(access_key)


def _of_role(session: AssumedRole) -> Caller:
    try:
        role = _iam(session.account_id).get_role_by_arn(session.role_arn)
    except IAMNotFoundException:
        return Caller(session.role_arn.rpartition("/")[2], session.arn, [])
    return Caller(role.name, session.arn, _documents(role))


def _of_user(account: str, access_key: str) -> Caller | None:
    key = _iam(account).access_keys.get(access_key)
    if key is None:
        return None
    user = _iam(account).get_user(key.user_name)
    return Caller(user.name, user.arn, _documents(user))


def _documents(principal: Role | User) -> list[Document]:
    """Return the policies in line and the attached ones, each in its default version."""
    attached = [
        version.document
        for policy in principal.managed_policies.values()
        for version in policy.versions
        if version.is_default
    ]
    return [parsed(text) for text in (*principal.policies.values(), *attached)]
