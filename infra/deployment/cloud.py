"""Which cloud the AWS clients of this process lead to."""

import os

REGION = "us-east-1"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


def use_cloud(endpoint_url: str) -> None:
    """Point the AWS clients of this process at an emulated cloud; ours takes any credentials, never real ones."""
    if os.environ.get("AWS_ENDPOINT_URL") != endpoint_url:
        os.environ.pop("AWS_PROFILE", None)
        os.environ |= {"AWS_ENDPOINT_URL": endpoint_url} | CREDENTIALS
    for name, value in (CREDENTIALS | {"AWS_DEFAULT_REGION": REGION}).items():
        os.environ.setdefault(name, value)
