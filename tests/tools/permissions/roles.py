"""The roles of a deployed stack, permission by permission: one action on one resource."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3

from infra.places import PROJECT
from tests.support.roles import role_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    type IAMClient = Any  # boto3's, whose types are not installed

FILES = {
    "APIHandler": "policy-api_handler.json",
    "Originals": "policy-originals.json",
    "Sweep": "policy-sweep.json",
}


@dataclass(frozen=True, order=True)
class Permission:
    """What a function may do; `resource` is as the policy file names it, `pattern` as the stack's role has it."""

    function: str
    sid: str
    action: str
    resource: str
    pattern: str

    @property
    def label(self) -> str:
        """Name it for people and files."""
        return f"{self.function} {self.action} {self.resource}"


@dataclass(frozen=True)
class Role:
    """A function's role: its name, its policy's name and text, and its permissions one by one."""

    name: str
    policy: str
    document: str
    permissions: tuple[Permission, ...]

    @contextmanager
    def without(self, removed: Permission, iam: IAMClient) -> Iterator[None]:
        """Take one permission away for as long as the block runs."""
        self._put(iam, _document(each for each in self.permissions if each != removed))
        try:
            yield
        finally:
            self._put(iam, self.document)

    def _put(self, iam: IAMClient, document: str) -> None:
        iam.put_role_policy(RoleName=self.name, PolicyName=self.policy, PolicyDocument=document)


def deployed_roles(stack: str) -> dict[str, Role]:
    """Read the roles of a stack, by function."""
    iam = boto3.client("iam")
    roles = {}
    for function, file in FILES.items():
        name = role_name(stack, function)
        (policy,) = iam.list_role_policies(RoleName=name)["PolicyNames"]
        document = iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"]
        permissions = tuple(permissions_of(function, file, document))
        roles[function] = Role(name, policy, json.dumps(document), permissions)
    return roles


def permissions_of(
    function: str, file: str, deployed: Mapping[str, Any] | None = None
) -> Iterator[Permission]:
    """Yield the permissions of a policy file; patterns are those of the deployed document, if there is one."""
    written = json.loads((PROJECT / ".chalice" / file).read_text())["Statement"]
    resolved = _listed(deployed["Statement"]) if deployed else written
    for statement, real in zip(written, resolved, strict=True):
        resources = zip(_listed(statement["Resource"]), _listed(real["Resource"]), strict=True)
        for resource, pattern in resources:
            for action in statement["Action"]:
                yield Permission(function, statement["Sid"], action, _shown(resource), str(pattern))


def _shown(resource: Any) -> str:  # noqa: ANN401  # a function of CloudFormation
    """Name a resource as people would: `OriginalsBucket/uploads/*`."""
    if "Fn::GetAtt" in resource:
        return str(resource["Fn::GetAtt"][0])
    text = str(resource["Fn::Sub"]).replace(".Arn", "")
    return (
        text.rpartition(":log-group:")[2]
        .replace("${AWS::StackName}", "stack")
        .replace("${", "")
        .replace("}", "")
    )


def _document(permissions: Iterable[Permission]) -> str:
    statements = [
        {"Effect": "Allow", "Action": each.action, "Resource": each.pattern} for each in permissions
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def _listed(value: Any) -> list[Any]:  # noqa: ANN401  # JSON
    return value if isinstance(value, list) else [value]
