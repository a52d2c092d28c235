"""Rules that the template's parts keep, whoever edits them."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from chalice.package import YAMLTemplateSerializer

from chalicelib.events.originals import pause_after
from chalicelib.settings import JellyfinSettings, RemoteSettings, Settings
from infra.local.lifecycle import IMAGE_PATHS as FRONT_DOOR_PATHS
from infra.places import PROJECT

TEMPLATE: dict[str, Any] = YAMLTemplateSerializer().load_template(
    (PROJECT / "infra" / "resources.yaml").read_text()
)
CONFIG: dict[str, Any] = json.loads((PROJECT / ".chalice" / "config.json").read_text())
POLICIES = sorted((PROJECT / ".chalice").glob("policy-*.json"))
DATA = {"AWS::S3::Bucket", "AWS::DynamoDB::Table"}


def of_type(*types: str) -> Iterator[dict[str, Any]]:
    return (resource for resource in TEMPLATE["Resources"].values() if resource.get("Type") in types)


def statements(policy: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(policy.read_text())["Statement"]
    return found


def test_what_holds_data_outlives_its_stack() -> None:
    found = list(of_type(*DATA))
    assert len(found) == 3
    for resource in found:
        assert resource["DeletionPolicy"] == "RetainExceptOnCreate"
        assert resource["UpdateReplacePolicy"] == "Retain"


def test_buckets_are_private_and_encrypted() -> None:
    for bucket in of_type("AWS::S3::Bucket"):
        properties = bucket["Properties"]
        assert set(properties["PublicAccessBlockConfiguration"].values()) == {True}
        assert properties["BucketEncryption"]
        assert properties["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]


def test_every_bucket_and_queue_with_a_policy_refuses_plain_http() -> None:
    policies = list(of_type("AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy"))
    assert len(policies) == 3
    for policy in policies:
        denied = [s for s in policy["Properties"]["PolicyDocument"]["Statement"] if s["Effect"] == "Deny"]
        assert denied[0]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_steps_of_the_ladder_do_not_expire_with_the_variants() -> None:
    rules = TEMPLATE["Resources"]["VariantsBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    assert [rule["Prefix"] for rule in rules if "ExpirationInDays" in rule] == ["variants/", "transient/"]


def test_a_message_stays_hidden_for_six_times_the_workers_time() -> None:
    queue = TEMPLATE["Resources"]["OriginalsQueue"]["Properties"]
    timeout = CONFIG["lambda_functions"]["originals"]["lambda_timeout"]
    assert queue["VisibilityTimeout"] >= 6 * timeout


def test_an_outage_of_three_quarters_of_an_hour_loses_no_message_to_the_dead_letters() -> None:
    receipts = TEMPLATE["Resources"]["OriginalsQueue"]["Properties"]["RedrivePolicy"]["maxReceiveCount"]
    assert sum(pause_after(receipt) for receipt in range(1, receipts)) >= 45 * 60


def test_the_api_answers_before_api_gateway_gives_up() -> None:
    assert CONFIG["lambda_timeout"] < 29


def test_every_function_has_a_policy_of_its_own() -> None:
    named = [function["iam_policy_file"] for function in CONFIG["lambda_functions"].values()]
    assert sorted(named) == [policy.name for policy in POLICIES]


@pytest.mark.parametrize("policy", POLICIES, ids=lambda path: path.stem)
def test_a_policy_allows_named_actions_on_named_resources(policy: Path) -> None:
    for statement in statements(policy):
        assert statement["Effect"] == "Allow"
        assert statement["Resource"] not in ("*", ["*"])
        assert not any("*" in action for action in statement["Action"])


def test_a_functions_environment_is_what_the_settings_read() -> None:
    names = {
        field.name.upper() for kind in (Settings, RemoteSettings, JellyfinSettings) for field in fields(kind)
    }
    shared = TEMPLATE["Globals"]["Function"]["Environment"]["Variables"]
    own = TEMPLATE["Resources"]["APIHandler"]["Properties"]["Environment"]["Variables"]
    assert (set(shared) | set(own)) <= names


def test_an_error_of_any_function_is_an_alarm() -> None:
    alarms = [alarm["Properties"] for alarm in of_type("AWS::CloudWatch::Alarm")]
    watched = {
        dimension["Value"]["Ref"]
        for alarm in alarms
        if (alarm.get("Namespace"), alarm.get("MetricName")) == ("AWS/Lambda", "Errors")
        for dimension in alarm["Dimensions"]
    }
    assert watched == {"APIHandler", "Originals", "Sweep"}
    assert len(watched) == len(CONFIG["lambda_functions"])


def test_every_alarm_tells_somebody() -> None:
    for alarm in of_type("AWS::CloudWatch::Alarm"):
        (action,) = alarm["Properties"]["AlarmActions"]
        assert action["Fn::If"][0] == "HasAlarmEmail"


RESPONSES: dict[str, Any] = TEMPLATE["Resources"]["RestAPI"]["Properties"]["GatewayResponses"]


@pytest.mark.parametrize("kind", RESPONSES)
def test_what_api_gateway_refuses_itself_is_a_problem_that_names_its_status(kind: str) -> None:
    response = RESPONSES[kind]
    text = response["ResponseTemplates"]["application/json"]
    body = json.loads(text.replace("$context.error.messageString", '"why"'))
    assert body["status"] == response["StatusCode"]
    assert all(body[member] for member in ("type", "title", "detail"))
    assert response["ResponseParameters"]["Headers"]["Access-Control-Allow-Origin"] == "'*'"


def test_the_cdn_keeps_no_error() -> None:
    config = TEMPLATE["Resources"]["Cdn"]["Properties"]["DistributionConfig"]
    kept = {entry["ErrorCode"]: entry["ErrorCachingMinTTL"] for entry in config["CustomErrorResponses"]}
    assert set(kept.values()) == {0}
    assert kept.keys() >= {404, 500, 502, 503, 504}


def test_every_parameter_that_holds_a_secret_is_hidden() -> None:
    for name, parameter in TEMPLATE["Parameters"].items():
        assert not name.endswith(("Key", "Secret")) or parameter["NoEcho"] is True


def test_access_logs_hold_nothing_that_a_caller_wrote() -> None:
    """Tokens and signatures are in queries, headers and paths; a path's template has none."""
    setting = TEMPLATE["Resources"]["RestAPI"]["Properties"]["AccessLogSetting"]["Fn::If"][1]
    assert set(re.findall(r"\$context\.([\w.]+)", setting["Format"])) == {
        "error.responseType",
        "httpMethod",
        "identity.sourceIp",
        "integrationErrorMessage",
        "requestId",
        "requestTime",
        "resourcePath",
        "responseLatency",
        "responseLength",
        "status",
    }


def test_what_costs_by_the_piece_is_asked_for_first() -> None:
    """Metrics of each method are custom metrics; a key of KMS costs for each use of the table."""
    (every_method,) = TEMPLATE["Resources"]["RestAPI"]["Properties"]["MethodSettings"]
    assert every_method["MetricsEnabled"] is False
    defaults = {name: parameter.get("Default") for name, parameter in TEMPLATE["Parameters"].items()}
    assert (defaults["TableEncryption"], defaults["AccessLogs"]) == ("default", "false")
    assert 2 * int(defaults["WorkerConcurrency"]) < 10  # of a new account, the API keeps more than half


IMAGE_PATHS = [
    *(
        "/Items/1/Images/Primary",
        "/items/1/images/primary/0",
        "/emby/Items/1/Images",
        "/mediabrowser/items/1/images/x",
    ),
    *("/Persons/Ada%20%2F/Images/Primary", "/artists/x/images/primary/0", "/MusicGenres/x/Images/Primary"),
    *(
        "/Genres/x/Images/Primary",
        "/Studios/x/Images/Thumb",
        "/Users/1/Images/Primary",
        "/UserImage",
        "/userimage",
    ),
]
OTHER_PATHS = [
    "/Items/1",
    "/Items/1/RemoteImages",
    "/Users/1",
    "/web/index.html",
    "/Videos/1/stream",
    "/Persons/x",
]


def behaviours() -> list[dict[str, Any]]:
    config = TEMPLATE["Resources"]["Cdn"]["Properties"]["DistributionConfig"]
    in_front: list[dict[str, Any]] = config["CacheBehaviors"]["Fn::If"][1]
    return in_front


@pytest.mark.parametrize("path", IMAGE_PATHS)
def test_cloudfront_leads_images_to_the_service(path: str) -> None:
    matching = [each for each in behaviours() if fnmatchcase(path, each["PathPattern"])]
    assert matching
    assert matching[0]["TargetOriginId"] == "api"
    assert re.match(FRONT_DOOR_PATHS, path, re.IGNORECASE)


@pytest.mark.parametrize("path", OTHER_PATHS)
def test_cloudfront_leads_all_else_to_jellyfin(path: str) -> None:
    assert not any(fnmatchcase(path, each["PathPattern"]) for each in behaviours())
    assert not re.match(FRONT_DOOR_PATHS, path, re.IGNORECASE)
    config = TEMPLATE["Resources"]["Cdn"]["Properties"]["DistributionConfig"]
    assert config["DefaultCacheBehavior"]["Fn::If"][1]["TargetOriginId"] == "jellyfin"
