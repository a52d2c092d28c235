"""Refuse signed requests to S3 as S3 refuses them: LocalStack leaves much of a signature unread.

Presigned URLs are checked by LocalStack itself (``S3_SKIP_SIGNATURE_VALIDATION=0``), once it knows the secrets of
functions' roles. Here are the rest: forms, and a request that is signed twice.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any

from localstack.aws.accounts import get_account_id_from_access_key_id
from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.api.s3 import AccessDenied, InvalidArgument
from localstack.aws.chain import HandlerChain
from localstack.http import Response
from localstack.services.s3 import presigned_url, provider
from localstack.services.s3.constants import DEFAULT_PRE_SIGNED_SECRET_ACCESS_KEY, S3_HOST_ID
from localstack.services.s3.presigned_url import (
    S3PreSignedURLRequestHandler,
    create_signature_does_not_match_sig_v2,
)
from localstack.services.s3.utils import is_presigned_url_request
from localstack.utils.patch import patch

from .iam.callers import secret_of, token_of

SIGNED_TWICE = (
    "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, "
    "Signature query string parameter or the Authorization header should be specified"
)
OUTSIDE_OF_POLICIES = frozenset({"file", "policy", "x-amz-signature", "signature", "awsaccesskeyid"})


def apply_patches() -> None:
    """Change modules and classes in place, once per process."""
    presigned_url.get_secret_access_key_from_access_key_id = _secret
    _refuse_two_signatures()
    _check_forms()


def _secret(access_key: str, _region: str) -> str | None:
    return secret_of(get_account_id_from_access_key_id(access_key), access_key)


def _refuse_two_signatures() -> None:
    @patch(target=S3PreSignedURLRequestHandler.__call__)
    def check(
        original: Callable[..., None],
        handler: S3PreSignedURLRequestHandler,
        chain: HandlerChain,
        context: RequestContext,
        response: Response,
    ) -> None:
        is_s3 = context.service is not None and context.service.service_name == "s3"
        given = context.request.headers.get("Authorization")
        if is_s3 and given and is_presigned_url_request(context):
            context.operation = context.service.operation_model(
                "GetObject"
            )  # any: it names no shape of an error
            raise InvalidArgument(
                SIGNED_TWICE, ArgumentName="Authorization", ArgumentValue=given, HostId=S3_HOST_ID
            )
        original(handler, chain, context, response)


def _check_forms() -> None:
    original = provider.validate_post_policy

    def validate(form: Mapping[str, str], metadata: Mapping[str, Any]) -> None:
        original(form, metadata)
        fields = {name.lower(): value for name, value in form.items()}
        _check_signature(fields)
        _check_fields(fields)

    provider.validate_post_policy = validate


def _check_signature(fields: Mapping[str, str]) -> None:
    key, date, region, service, _ = (fields["x-amz-credential"].split("/") + [""] * 5)[:5]
    account = get_account_id_from_access_key_id(key)
    token = token_of(account, key)
    if token and not hmac.compare_digest(token, fields.get("x-amz-security-token", "")):
        raise CommonServiceException(
            "InvalidToken", "The provided token is malformed or otherwise invalid.", 400, sender_fault=True
        )
    secret = secret_of(account, key) or DEFAULT_PRE_SIGNED_SECRET_ACCESS_KEY
    if not hmac.compare_digest(
        form_signature(secret, date, region, service, fields["policy"]), fields["x-amz-signature"]
    ):
        raise create_signature_does_not_match_sig_v2(fields["x-amz-signature"], fields["policy"], key)


def form_signature(secret: str, date: str, region: str, service: str, policy: str) -> str:
    """Sign a form's policy: "Calculating a signature" for browser-based uploads, Signature Version 4."""
    signing = f"AWS4{secret}".encode()
    for part in (date, region, service, "aws4_request"):
        signing = hmac.digest(signing, part.encode(), hashlib.sha256)
    return hmac.new(signing, policy.encode(), hashlib.sha256).hexdigest()


def _check_fields(fields: Mapping[str, str]) -> None:
    """Refuse fields that no condition of the policy names."""
    conditions = json.loads(base64.b64decode(fields["policy"])).get("conditions", [])
    named = {name.lower() for each in conditions if isinstance(each, dict) for name in each}
    named |= {str(each[1]).removeprefix("$").lower() for each in conditions if isinstance(each, list)}
    extra = [name for name in fields if name not in named | OUTSIDE_OF_POLICIES]
    if extra := [name for name in extra if not name.startswith("x-ignore-")]:
        raise AccessDenied(
            f"Invalid according to Policy: Extra input fields: {', '.join(extra)}", HostId=S3_HOST_ID
        )
