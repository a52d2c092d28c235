"""The least that IAM must allow for each verb that works on a deployed stage.

`tests/e2e/test_operator_policies.py` and `test_deployment_policy.py` run the verbs by their policies alone, and
without each action.
"""

import argparse
import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import boto3

from infra.deployment.deploy import artifacts_bucket_name
from infra.operations.deployment import Deployment

type Grants = dict[str, tuple[str, ...]]

_STACK: Grants = {"stack": ("cloudformation:DescribeStacks",)}
_LOGS: Grants = _STACK | {"log groups": ("logs:DescribeLogGroups",), "logs": ("logs:FilterLogEvents",)}

POLICIES: Mapping[str, Grants] = MappingProxyType(
    {
        "bootstrap": _STACK | {"table": ("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem")},
        "logs": _LOGS,
        "popular": _LOGS,
        "queue": _STACK | {"queue": ("sqs:GetQueueAttributes",), "dead letters": ("sqs:GetQueueAttributes",)},
        "dead-letters": _STACK | {"dead letters": ("sqs:ReceiveMessage", "sqs:ChangeMessageVisibility")},
        "redrive": _STACK
        | {
            "dead letters": (
                "sqs:GetQueueAttributes",
                "sqs:StartMessageMoveTask",
                "sqs:ListMessageMoveTasks",
                "sqs:ReceiveMessage",
                "sqs:DeleteMessage",
            ),
            "queue": ("sqs:GetQueueAttributes", "sqs:SendMessage"),
        },
        "report": _LOGS
        | {
            "table": ("dynamodb:Scan", "dynamodb:DescribeTable", "dynamodb:BatchGetItem"),
            "originals": ("s3:ListBucket",),
            "variants": ("s3:ListBucket",),
        },
        "purge": _STACK
        | {
            "table": ("dynamodb:GetItem", "dynamodb:Query", "dynamodb:BatchWriteItem"),
            "variants": ("s3:ListBucket",),
            "objects of variants": ("s3:DeleteObject",),
        },
        "web": _STACK
        | {"variants": ("s3:ListBucket",), "objects of variants": ("s3:DeleteObject", "s3:PutObject")},
        "sweep": _STACK
        | {
            "table": (
                "dynamodb:BatchGetItem",
                "dynamodb:BatchWriteItem",
                "dynamodb:DeleteItem",
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:Query",
                "dynamodb:Scan",
                "dynamodb:UpdateItem",
            ),
            "originals": ("s3:ListBucket", "s3:ListBucketVersions"),
            "objects of originals": ("s3:DeleteObjectVersion", "s3:GetObject"),
            "variants": ("s3:ListBucket",),
            "objects of variants": ("s3:DeleteObject", "s3:GetObject"),
            "queue": ("sqs:SendMessage",),
        },
        "deploy": {
            "stack": (
                "cloudformation:CreateStack",
                "cloudformation:DeleteStack",
                "cloudformation:DescribeStackEvents",
                "cloudformation:DescribeStacks",
                "cloudformation:UpdateStack",
            ),
            "artifacts": ("s3:CreateBucket", "s3:ListBucket"),
            "objects of artifacts": ("s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"),
        },
    }
)
"""Actions by the resource that they are for, by verb.

What a deployment makes, CloudFormation makes by the caller's rights or by a role of its own; those are not here.
"""


def policy(verbs: Iterable[str], resources: Mapping[str, str]) -> dict[str, Any]:
    """Write the policy document for some verbs; `resources` has the ARNs by what they are."""
    actions: dict[str, set[str]] = {}
    for verb in verbs:
        for resource, some in POLICIES[verb].items():
            actions.setdefault(resource, set()).update(some)
    statements = [
        {"Sid": _sid(name), "Effect": "Allow", "Action": sorted(some), "Resource": resources[name]}
        for name, some in actions.items()
    ]
    return {"Version": "2012-10-17", "Statement": statements}


def resources_of(deployment: Deployment, account: str, region: str, partition: str = "aws") -> dict[str, str]:
    """Return the ARNs of a deployment's resources."""

    def arn(service: str, rest: str) -> str:
        return f"arn:{partition}:{service}:{region}:{account}:{rest}"

    buckets = {
        "originals": deployment.originals_bucket,
        "variants": deployment.variants_bucket,
        "artifacts": artifacts_bucket_name(account, region),
    }
    s3 = {kind: f"arn:{partition}:s3:::{name}" for kind, name in buckets.items()}
    return {
        "stack": arn("cloudformation", f"stack/{deployment.stack}/*"),
        "table": arn("dynamodb", f"table/{deployment.table}"),
        "queue": arn("sqs", deployment.queue_url.rpartition("/")[2]),
        "dead letters": arn("sqs", deployment.dead_letter_queue_url.rpartition("/")[2]),
        "log groups": arn("logs", "log-group:*"),
        "logs": arn("logs", f"log-group:/aws/lambda/{deployment.stack}-*"),
        **s3,
        **{f"objects of {kind}": f"{bucket}/*" for kind, bucket in s3.items()},
    }


def show_policy(options: argparse.Namespace) -> None:
    """Print the policy for the verbs of the command line, or for all of them."""
    identity = boto3.client("sts").get_caller_identity()
    partition, region = identity["Arn"].split(":")[1], boto3.client("s3").meta.region_name
    resources = resources_of(Deployment.of_stage(options.stage), identity["Account"], region, partition)
    print(json.dumps(policy(options.verbs or POLICIES, resources), indent=2))


def _sid(name: str) -> str:
    return "".join(word.capitalize() for word in name.split())
