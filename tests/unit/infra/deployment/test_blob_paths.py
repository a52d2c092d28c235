"""Paths that API Gateway answers from S3."""

import re

from chalicelib.domain.images.originals import ORIGINALS
from chalicelib.domain.variants.keys import TRANSIENT, VARIANTS
from chalicelib.web.images import redirects
from infra.deployment.blob_paths import BLOBS, blob_paths

PATHS = dict(blob_paths("https://s3.test"))
INTEGRATIONS = {path: method["get"]["x-amazon-apigateway-integration"] for path, method in PATHS.items()}


def test_every_blob_that_a_redirect_may_lead_to_has_a_path_to_its_bucket_alone() -> None:
    assert f"/{redirects.BLOBS}" == BLOBS
    assert {path: integration["uri"]["Fn::Sub"] for path, integration in INTEGRATIONS.items()} == {
        f"{BLOBS}/{ORIGINALS}{{key+}}": f"https://s3.test/${{OriginalsBucket}}/{ORIGINALS}{{key}}",
        f"{BLOBS}/{VARIANTS}{{key+}}": f"https://s3.test/${{VariantsBucket}}/{VARIANTS}{{key}}",
        f"{BLOBS}/{TRANSIENT}{{key+}}": f"https://s3.test/${{VariantsBucket}}/{TRANSIENT}{{key}}",
    }


def test_no_header_is_passed_on() -> None:
    for integration in INTEGRATIONS.values():
        assert integration["type"] == "http"
        passed = {name.split(".")[2] for name in integration["requestParameters"]}
        assert passed == {"path", "querystring"}


def test_all_that_is_mapped_is_declared() -> None:
    for path, method in PATHS.items():
        declared = {(parameter["in"], parameter["name"]) for parameter in method["get"]["parameters"]}
        integration = INTEGRATIONS[path]
        mapped = {
            re.sub(r"^method\.request\.", "", source) for source in integration["requestParameters"].values()
        }
        kinds = {"path": "path", "query": "querystring"}
        assert mapped == {f"{kinds[kind]}.{name}" for kind, name in declared}
        for response in integration["responses"].values():
            headers = method["get"]["responses"][response["statusCode"]]["headers"]
            assert {name.rpartition(".")[2] for name in response["responseParameters"]} == set(headers)
