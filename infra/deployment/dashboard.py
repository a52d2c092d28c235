"""The CloudWatch dashboard of a stage: requests, hits, rendering, errors, the queue, and what it costs."""

from collections.abc import Iterator
from json import dumps
from typing import Any

from chalicelib.domain.status.prices import FUNCTION_GIGABYTES, MILLION, Prices

OURS = "JellyfinImages"
"""Namespace of the metrics that the functions write into their log lines."""
API = "${APIHandler}"
WORKER = "${Originals}"
_GATEWAY = ("ApiName", "${AWS::StackName}", "Stage", "api")
_COLUMNS, _WIDTH, _HEIGHT = 3, 8, 6

type Metric = list[Any]


def dashboard(prices: Prices) -> dict[str, Any]:
    """Return the resource; its body is text in which CloudFormation fills in names."""
    body = {"start": "-P1D", "periodOverride": "inherit", "widgets": list(_placed(_widgets(prices)))}
    return {
        "Type": "AWS::CloudWatch::Dashboard",
        "Condition": "HasDashboard",
        "Properties": {
            "DashboardName": {"Ref": "AWS::StackName"},
            "DashboardBody": {"Fn::Sub": dumps(body, separators=(",", ":"))},
        },
    }


def _widgets(prices: Prices) -> Iterator[dict[str, Any]]:
    yield _widget("Requests a minute", [_gateway("Count"), _gateway("4XXError"), _gateway("5XXError")])
    yield _widget(
        "Answered from the store, in a hundred",
        [
            [{"expression": "100 * hits / (hits + misses)", "label": "hit rate", "id": "rate"}],
            _ours("Hits", "Sum", id="hits", visible=False),
            _ours("Misses", "Sum", id="misses", visible=False),
        ],
        yAxis={"left": {"min": 0, "max": 100}},
    )
    yield _widget(
        "Milliseconds until the answer", [_gateway("Latency", stat=stat, label=stat) for stat in _PERCENTILES]
    )
    yield _widget(
        "Milliseconds of a render", [_ours("RenderTime", stat, label=stat) for stat in _PERCENTILES]
    )
    yield _widget(
        "Failures",
        [
            *(_function(name, "Errors", who) for name, who in _FUNCTIONS.items()),
            _function("API throttled", "Throttles", API),
            _ours("Refusals", "Sum"),
        ],
    )
    yield _widget(
        "Functions running at once",
        [_function(name, "ConcurrentExecutions", who, "Maximum") for name, who in _FUNCTIONS.items()],
    )
    yield _widget(
        "Queue", [_queue("OriginalsQueue", "waiting"), _queue("OriginalsDeadLetterQueue", "dead letters")]
    )
    yield _widget(
        "Seconds until an event is handled",
        [_ours("EventAge", stat, WORKER, label=stat) for stat in _PERCENTILES],
    )
    yield _widget(
        "The Jellyfin server behind: asked, failed, answered without it",
        [_ours("UpstreamRequests", "Sum"), _ours("UpstreamFailures", "Sum"), _ours("StaleAnswers", "Sum")],
    )
    yield _widget("Bytes that server did not send", [_ours("UpstreamBytesSaved", "Sum")])
    yield _widget("Dollars a day for requests", list(_cost(prices)), period=86_400)


_PERCENTILES = ("p50", "p95", "p99")
_FUNCTIONS = {"API": API, "worker": WORKER, "sweep": "${Sweep}"}


def _cost(prices: Prices) -> Iterator[Metric]:
    """Yield what API Gateway and Lambda ask for requests and time; storage and traffic are not in it."""
    call = (prices.gateway_million_calls + prices.lambda_million_calls) / MILLION
    millisecond = FUNCTION_GIGABYTES * prices.lambda_gigabyte_second / 1000
    spent = f"calls * {call:.10f} + (api + worker + sweep) * {millisecond:.14f}"
    yield [{"expression": spent, "label": "dollars", "id": "dollars"}]
    yield _gateway("Count", id="calls", visible=False)
    for name, who in _FUNCTIONS.items():
        yield _function(name, "Duration", who, id=name.lower(), visible=False)


def _gateway(name: str, stat: str = "Sum", **options: object) -> Metric:
    return ["AWS/ApiGateway", name, *_GATEWAY, {"stat": stat, **options}]


def _ours(name: str, stat: str, function: str = API, **options: object) -> Metric:
    return [OURS, name, "FunctionName", function, {"stat": stat, **options}]


def _function(label: str, name: str, function: str, stat: str = "Sum", **options: object) -> Metric:
    return ["AWS/Lambda", name, "FunctionName", function, {"stat": stat, "label": label, **options}]


def _queue(resource: str, label: str) -> Metric:
    name = f"${{{resource}.QueueName}}"
    return [
        "AWS/SQS",
        "ApproximateNumberOfMessagesVisible",
        "QueueName",
        name,
        {"stat": "Maximum", "label": label},
    ]


def _widget(title: str, metrics: list[Metric], period: int = 60, **options: object) -> dict[str, Any]:
    shown = {"title": title, "view": "timeSeries", "region": "${AWS::Region}", "period": period}
    return {"type": "metric", "properties": shown | {"metrics": metrics} | options}


def _placed(widgets: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for number, widget in enumerate(widgets):
        row, column = divmod(number, _COLUMNS)
        yield widget | {"x": column * _WIDTH, "y": row * _HEIGHT, "width": _WIDTH, "height": _HEIGHT}
