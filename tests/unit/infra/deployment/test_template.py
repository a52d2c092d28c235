"""Rules over whatever routes and functions a merged template has."""

from copy import deepcopy
from typing import Any

from chalicelib.api.paths import PATHS
from infra.deployment.blob_paths import blob_paths
from infra.deployment.template import ANY, CAUGHT, finish, functions, shape

S3 = "https://s3.test"
CODE = {"Bucket": "artifacts", "Key": "abc.zip"}


def method(verb: str) -> dict[str, Any]:
    return {"consumes": ["a"], "responses": {"200": {}}, "x-amazon-apigateway-integration": {"uri": verb}}


def merged() -> dict[str, Any]:
    queue = {"Fn::Sub": "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:originals"}
    paths = {"/Items": {"get": method("get")}, "/": {"get": method("get"), "head": method("head")}}
    worker = {
        "CodeUri": "./deployment.zip",
        "Events": {"Arrivals": {"Type": "SQS", "Properties": {"Queue": queue, "BatchSize": 5}}},
    }
    return {
        "Outputs": {"Table": {"Value": "t"}},
        "Resources": {
            "RestAPI": {"Type": "AWS::Serverless::Api", "Properties": {"DefinitionBody": {"paths": paths}}},
            "APIHandler": {
                "Type": "AWS::Serverless::Function",
                "Properties": {"CodeUri": "./deployment.zip"},
            },
            "Originals": {"Type": "AWS::Serverless::Function", "Properties": worker},
            "Table": {"Type": "AWS::DynamoDB::Table", "Properties": {}},
        },
    }


def test_every_verb_of_every_path_reaches_the_function() -> None:
    paths = finish(merged(), CODE, "c", S3)["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    assert set(paths) - dict(blob_paths(S3)).keys() == {"/Items", "/", "/{proxy+}"}
    for methods in paths.values():
        assert methods[ANY] == {"responses": {"200": {}}, "x-amazon-apigateway-integration": {"uri": "get"}}
    assert set(paths["/"]) == {"get", "head", ANY}


def test_what_nobody_measures_by_itself_goes_by_the_catch_all() -> None:
    template = merged()
    template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]["/LiveTv/Info"] = {
        "get": method("get")
    }
    paths = finish(template, CODE, "c", S3)["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    assert set(paths) - dict(blob_paths(S3)).keys() == {"/Items", "/", "/{proxy+}"}


def test_an_api_has_no_more_resources_than_api_gateway_lets_it() -> None:
    routed = (path for paths in PATHS.values() for path in paths if path not in CAUGHT)
    parts = (path.split("/") for path in routed)
    resources = {"/".join(segments[:length]) for segments in parts for length in range(1, len(segments) + 1)}
    assert len(resources) < 250


def test_every_function_runs_the_uploaded_archive() -> None:
    assert [function["CodeUri"] for function in functions(finish(merged(), CODE, "c", S3))] == [CODE, CODE]


def test_a_queue_of_the_code_is_the_queue_of_the_stack() -> None:
    worker = finish(merged(), CODE, "c", S3)["Resources"]["Originals"]["Properties"]
    event = worker["Events"]["Arrivals"]["Properties"]
    assert event["Queue"] == {"Fn::GetAtt": ["OriginalsQueue", "Arn"]}
    assert event["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert event["BatchSize"] == 5


def test_the_next_deployment_can_tell_what_this_one_was() -> None:
    outputs = finish(merged(), CODE, "content", S3)["Outputs"]
    assert outputs["Content"] == {"Value": "content"}
    assert outputs["Shape"] == {"Value": shape(merged())}
    assert outputs["Table"] == {"Value": "t"}


def test_a_change_of_resources_changes_the_shape() -> None:
    other = merged()
    other["Resources"]["Table"]["Properties"]["BillingMode"] = "PROVISIONED"
    assert shape(other) != shape(merged()) == shape(merged())


def test_the_merged_template_stays_as_it_was() -> None:
    template = merged()
    before = deepcopy(template)
    finish(template, CODE, "c", S3)
    assert template == before
