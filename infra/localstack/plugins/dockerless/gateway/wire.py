"""Let requests and answers of REST APIs cross LocalStack's server as they cross API Gateway's.

Its server decodes bodies, forgets which proxies a request came through, tidies the headers of answers, and takes
a request to an API that is not there yet for one to S3, which has been known to answer 200.
"""

import json
from collections.abc import Callable
from typing import Any

from localstack.aws import handlers
from localstack.aws.api import RequestContext
from localstack.aws.chain import HandlerChain
from localstack.aws.handlers.codec import ContentDecoder
from localstack.aws.handlers.cors import is_execute_api_call
from localstack.constants import AWS_REGION_US_EAST_1, DEFAULT_AWS_ACCOUNT_ID
from localstack.http import Request, Response
from localstack.services.apigateway.models import apigateway_stores
from localstack.services.apigateway.next_gen.execute_api.handlers.integration_request import (
    IntegrationRequestHandler,
)
from localstack.utils.patch import patch
from rolo.response import Response as RoloResponse
from werkzeug.datastructures import Headers

from .problems import PROBLEM_TYPE, problem

PATH_STYLE = "/_aws/execute-api/"
RETRY_SECONDS = "1"


def apply_patches() -> None:
    """Change classes and handlers in place, once per process."""
    handlers.preprocess_request.append(_refuse_for_apis_that_are_not_there)
    _pass_encoded_bodies_on()
    _append_to_forwarded_for()
    _keep_headers_of_answers()


def _refuse_for_apis_that_are_not_there(
    chain: HandlerChain, context: RequestContext, response: Response
) -> None:
    """Answer 503 while no such API is deployed: nothing that is sent to it may pass for done."""
    if not context.request.path.startswith(PATH_STYLE):
        return
    api, _, rest = context.request.path.removeprefix(PATH_STYLE).partition("/")
    stages = apigateway_stores[DEFAULT_AWS_ACCOUNT_ID][AWS_REGION_US_EAST_1].active_deployments
    if rest.partition("/")[0] in stages.get(api.lower(), {}):
        return
    response.status_code = 503
    response.headers.update({"Content-Type": PROBLEM_TYPE, "Retry-After": RETRY_SECONDS})
    response.data = json.dumps(problem(503, "The API is not deployed yet; try again in a moment.")).encode()
    chain.stop()


def _pass_encoded_bodies_on() -> None:
    """Leave a body as it was sent: API Gateway decodes none unless compression is switched on."""

    @patch(target=ContentDecoder.__call__)
    def decode(
        original: Callable[..., None],
        decoder: ContentDecoder,
        chain: HandlerChain,
        context: RequestContext,
        response: Response,
    ) -> None:
        if not is_execute_api_call(context):
            original(decoder, chain, context, response)


def _append_to_forwarded_for() -> None:
    original = IntegrationRequestHandler._set_proxy_headers  # noqa: SLF001  # there is no public name

    def set_proxy_headers(headers: Headers, request: Request) -> None:
        before = headers.getlist("X-Forwarded-For")
        original(headers, request)
        headers.set("X-Forwarded-For", ", ".join([*before, request.remote_addr]))

    IntegrationRequestHandler._set_proxy_headers = staticmethod(set_proxy_headers)  # noqa: SLF001


def _keep_headers_of_answers() -> None:
    """Keep what Werkzeug takes out of a 304, and leave out the length that it adds to the answer of a HEAD."""

    @patch(target=RoloResponse.get_wsgi_headers)
    def get_wsgi_headers(
        original: Callable[..., Headers], response: RoloResponse, environ: dict[str, Any]
    ) -> Headers:
        headers = original(response, environ)
        if not environ.get("PATH_INFO", "").startswith(PATH_STYLE):
            return headers
        if response.status_code == 304:  # noqa: PLR2004  # HTTP's own
            headers = Headers([(name, value) for name, value in response.headers if name != "Content-Length"])
        if environ["REQUEST_METHOD"] == "HEAD" and headers.get("Content-Length") == "0":
            headers.remove("Content-Length")
        return headers
