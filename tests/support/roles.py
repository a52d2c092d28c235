"""The roles of the deployed functions, taken by a test."""

import boto3

from infra.local.service import Service

ROLES = {"APIHandler": "ApiHandlerRole", "Originals": "OriginalsRole", "Sweep": "SweepRole"}
"""The roles' names in the template, which are Chalice's, by function."""


def role_name(stack: str, function: str) -> str:
    """Return the full name of a function's role."""
    found = boto3.client("cloudformation").describe_stack_resource(
        StackName=stack, LogicalResourceId=ROLES[function]
    )
    return found["StackResourceDetail"]["PhysicalResourceId"]


def role_credentials(service: Service, function: str) -> dict[str, str]:
    """Take a function's role and return its credentials, as variables of the environment."""
    arn = boto3.client("iam").get_role(RoleName=role_name(service.stack, function))["Role"]["Arn"]
    keys = boto3.client("sts").assume_role(RoleArn=arn, RoleSessionName="test")["Credentials"]
    return {
        "AWS_ACCESS_KEY_ID": keys["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"],
        "AWS_SESSION_TOKEN": keys["SessionToken"],
    }
