"""Finish a merged template where merging cannot: rules over whatever routes and functions there are."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from chalicelib.api.paths import PATHS
from chalicelib.domain.status.prices import Prices
from infra.deployment.blob_paths import blob_paths
from infra.deployment.dashboard import dashboard

ANY = "x-amazon-apigateway-any-method"
CATCH_ALL = ("/", "/{proxy+}")
CAUGHT_RESOURCES = (
    "server.absent",
    "library.editor",
    "library.related",
    "library.shows",
    "library.user_data",
)
CAUGHT = frozenset(path for resource in CAUGHT_RESOURCES for path in PATHS[resource])
"""Paths that need no resource of the API's own."""

CONCURRENCY = {"Ref": "WorkerConcurrency"}
"""Workers at once; rendering steps is work of one vCPU each, and nobody waits for it."""

type Template = dict[str, Any]


def finish(template: Mapping[str, Any], code: Mapping[str, str], content: str, s3_endpoint: str) -> Template:
    """Return the template to deploy.

    `code` is `Bucket` and `Key` of the archive, `s3_endpoint` the URL of S3. `content`, a digest of everything
    deployed, and the shape become outputs, by which the next deployment knows what there is to do.
    """
    finished = deepcopy(dict(template))
    finished["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"].update(blob_paths(s3_endpoint))
    route_everything(finished)
    for function in functions(finished):
        connect_queues(function)
    finished["Resources"]["Dashboard"] = dashboard(Prices())
    finished["Outputs"] |= {"Content": {"Value": content}, "Shape": {"Value": shape(template)}}
    for function in functions(finished):
        function["CodeUri"] = dict(code)
    return finished


def shape(template: Mapping[str, Any]) -> str:
    """Digest a merged template: all that a deployment holds besides the code itself."""
    return hashlib.sha256(json.dumps(template, sort_keys=True).encode()).hexdigest()[:32]


def functions(template: Template) -> Iterator[dict[str, Any]]:
    """Yield the properties of each function."""
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            yield resource["Properties"]


def route_everything(template: Template) -> None:
    """Lead every verb of every path to the API's function, which answers 404 and 405 in its own words.

    An API has 300 resources at most. What nobody measures by itself goes by the catch-all, which the function
    tells apart.
    """
    paths = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    method = any_method(next(iter(next(iter(paths.values())).values())))
    for path in CAUGHT:
        paths.pop(path, None)
    for path in (*paths, *CATCH_ALL):
        paths.setdefault(path, {})[ANY] = deepcopy(method)


def any_method(method: Mapping[str, Any]) -> dict[str, Any]:
    """Reduce one of Chalice's methods to what holds for every verb."""
    return {key: method[key] for key in ("responses", "x-amazon-apigateway-integration")}


def connect_queues(function: Mapping[str, Any]) -> None:
    """Point a function's queue at the stack's own, and let a batch fail in parts.

    Chalice knows a queue by a name that is fixed in the code; here `@on_sqs_message(queue="originals")` means
    the resource `OriginalsQueue`, so that two stages can live in one account.
    """
    for event in function.get("Events", {}).values():
        if event["Type"] == "SQS":
            name = event["Properties"]["Queue"]["Fn::Sub"].rsplit(":", 1)[1]
            event["Properties"] |= {
                "Queue": {"Fn::GetAtt": [f"{name.capitalize()}Queue", "Arn"]},
                "FunctionResponseTypes": ["ReportBatchItemFailures"],
                "ScalingConfig": {"MaximumConcurrency": CONCURRENCY},
            }
