"""A deployment works by its documented policy alone, and no step of it without each action that it takes."""

import json
import uuid
from collections.abc import Callable, Iterator

import boto3
import pytest
from botocore.exceptions import ClientError

from infra.deployment.cloud import REGION
from infra.deployment.deploy import artifacts_bucket
from infra.deployment.stack import DeploymentFailedError, Stack
from infra.local.service import Service
from infra.operations.deployment import Deployment
from infra.operations.policies import POLICIES, policy, resources_of
from tests.support.operating import Operator

ACCOUNT = "000000000000"
ELSEWHERE = "eu-west-1"
"""A region without a bucket for artifacts."""
BY_CLOUDFORMATION = {"s3:GetObject", "s3:AbortMultipartUpload"}
"""What AWS reads by the caller's rights, and what only a broken upload does: nothing here evaluates either."""


class Deploying:
    """The calls of a deployment, one after the other, on a small stack of the test's own."""

    def __init__(self, operator: Operator, service: Service) -> None:
        self.operator = operator
        name = f"jellyfin-images-{uuid.uuid4().hex[:8]}"
        self.resources = resources_of(Deployment.of(service), ACCOUNT, ELSEWHERE)
        self.resources["stack"] = f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{name}/*"
        self.stack = Stack(operator.session.client("cloudformation"), name)
        self.s3 = operator.session.client("s3", region_name=ELSEWHERE, endpoint_url=service.endpoint_url)
        self.proven: set[str] = set()

    def allow(self, *, but: str = "") -> None:
        """Allow the verb, but for one action."""
        document = policy(["deploy"], self.resources)
        for statement in document["Statement"]:
            statement["Action"] = [action for action in statement["Action"] if action != but]
        self.operator.allow(document)

    def upload(self, kind: str, **properties: object) -> str:
        """Upload a template of one resource."""
        bucket = artifacts_bucket(self.s3)
        template = {"Resources": {"Only": {"Type": kind, "Properties": properties}}}
        self.s3.put_object(Bucket=bucket, Key="t.json", Body=json.dumps(template))
        return f"{self.s3.meta.endpoint_url}/{bucket}/t.json"

    def deploy(self, seconds: int) -> None:
        """Create or update the stack: a queue that hides messages for so long."""
        self.stack.deploy(self.upload("AWS::SQS::Queue", VisibilityTimeout=seconds), {})

    def fail(self) -> None:
        """Create the stack from what cannot be made: a function of which there is no code."""
        code = {"S3Bucket": artifacts_bucket(self.s3), "S3Key": "absent.zip"}
        role = f"arn:aws:iam::{ACCOUNT}:role/absent"
        rest = {"Runtime": "python3.13", "Handler": "app.app", "Role": role}
        self.stack.deploy(self.upload("AWS::Lambda::Function", Code=code, **rest), {})

    def needs(self, action: str, do: Callable[[], object]) -> None:
        """See a step fail without an action."""
        self.allow(but=action)
        # S3 answers a HEAD without a body, and so without a word of the action.
        told = "Forbidden" if action == "s3:ListBucket" else f"perform: {action} "
        with pytest.raises(ClientError, match=told):
            do()
        self.allow()
        self.proven.add(action)


@pytest.fixture
def deploying(service: Service) -> Iterator[Deploying]:
    with Operator.hired() as operator:
        made = Deploying(operator, service)
        made.allow()
        yield made
        made.stack.delete()
        root = boto3.client("s3", region_name=ELSEWHERE)  # the tests' own client knows one region
        bucket = artifacts_bucket(root)
        root.delete_object(Bucket=bucket, Key="t.json")
        root.delete_bucket(Bucket=bucket)


def test_a_deployment_works_by_its_policy_and_by_nothing_less(deploying: Deploying) -> None:
    for action in ("s3:ListBucket", "s3:CreateBucket", "s3:PutObject"):
        deploying.needs(action, lambda: deploying.deploy(1))
    for action in ("cloudformation:CreateStack", "cloudformation:DescribeStacks"):
        deploying.needs(action, lambda: deploying.deploy(1))
    deploying.needs("cloudformation:DescribeStackEvents", deploying.fail)
    deploying.needs("cloudformation:DeleteStack", deploying.stack.discard_failed)
    deploying.stack.discard_failed()
    with pytest.raises(DeploymentFailedError):
        deploying.fail()
    deploying.stack.discard_failed()
    deploying.deploy(1)
    deploying.needs("cloudformation:UpdateStack", lambda: deploying.deploy(2))
    deploying.deploy(2)
    every = {action for actions in POLICIES["deploy"].values() for action in actions}
    assert every - deploying.proven == BY_CLOUDFORMATION
