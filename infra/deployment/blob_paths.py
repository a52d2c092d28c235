"""Paths of the API that API Gateway answers from S3 itself, without a function.

They take presigned URLs, whose signature S3 checks. Nothing else of the request is passed on, so a client may send
its Authorization along, which S3 would refuse beside a signature. What they reach is fixed: three prefixes of
the two buckets.
"""

from collections.abc import Iterator
from typing import Any

BLOBS = "/Blobs"
_BUCKETS = {"originals": "OriginalsBucket", "variants": "VariantsBucket", "transient": "VariantsBucket"}
_SIGNATURE = (
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-Security-Token",
    "X-Amz-Signature",
    "X-Amz-SignedHeaders",
    "response-content-disposition",
)
"""What a presigned URL has in its query."""
_PASSED_BACK = ("Content-Type", "Content-Disposition", "ETag", "Last-Modified")
_SAID = {"Access-Control-Allow-Origin": "'*'", "X-Content-Type-Options": "'nosniff'"}
_STATUSES = ("200", "403", "404")


def blob_paths(endpoint: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each path with its method, in OpenAPI 2; `endpoint` is the URL of S3."""
    for prefix, bucket in _BUCKETS.items():
        uri = {"Fn::Sub": f"{endpoint}/${{{bucket}}}/{prefix}/{{key}}"}
        yield f"{BLOBS}/{prefix}/{{key+}}", {"get": _method(uri)}


def _method(uri: dict[str, str]) -> dict[str, Any]:
    queries = [{"name": name, "in": "query", "required": False, "type": "string"} for name in _SIGNATURE]
    headers = {name: {"type": "string"} for name in (*_PASSED_BACK, *_SAID)}
    return {
        "parameters": [{"name": "key", "in": "path", "required": True, "type": "string"}, *queries],
        "responses": {status: {"description": "", "headers": headers} for status in _STATUSES},
        "x-amazon-apigateway-integration": {
            "type": "http",
            "httpMethod": "GET",
            "uri": uri,
            "requestParameters": {
                "integration.request.path.key": "method.request.path.key",
                **{
                    f"integration.request.querystring.{n}": f"method.request.querystring.{n}"
                    for n in _SIGNATURE
                },
            },
            "responses": {
                "default": _response("403"),
                **{status: _response(status) for status in _STATUSES},
            },
            "passthroughBehavior": "when_no_match",
        },
    }


def _response(status: str) -> dict[str, Any]:
    passed = {f"method.response.header.{n}": f"integration.response.header.{n}" for n in _PASSED_BACK}
    said = {f"method.response.header.{name}": text for name, text in _SAID.items()}
    return {"statusCode": status, "responseParameters": passed | said}
