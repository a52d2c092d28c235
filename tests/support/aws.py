"""AWS clients of the tests, made by LocalStack's own package: they lead to the session's cloud and nowhere else.

Clients of other clouds than the session's (`tests/localstack`) are boto3's own: this package knows one a process.
"""

import os
from typing import TYPE_CHECKING

from localstack_client.session import Session

from infra.deployment.cloud import CREDENTIALS, REGION

if TYPE_CHECKING:
    from boto3 import client, resource  # the same calls, and their types, which localstack-client has not
else:

    def client(service: str, **options: object) -> object:
        """Return a client of one service."""
        return _session().client(service, **options)

    def resource(service: str, **options: object) -> object:
        """Return a resource of one service."""
        return _session().resource(service, **options)


__all__ = ["client", "resource"]


def _session() -> Session:
    if "AWS_ENDPOINT_URL" not in os.environ:
        raise RuntimeError("No cloud is known: the test needs the fixture `service`.")
    return Session(CREDENTIALS["AWS_ACCESS_KEY_ID"], CREDENTIALS["AWS_SECRET_ACCESS_KEY"], region_name=REGION)
