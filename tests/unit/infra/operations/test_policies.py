"""The policies of operators name actions on resources, and no more than the verbs asked for."""

import pytest

from infra.operations.deployment import Deployment
from infra.operations.policies import POLICIES, policy, resources_of
from infra.verbs import OPERATION, STAGE, VERBS
from tests.tools.permissions.roles import FILES, permissions_of

QUEUE = "https://sqs.eu-central-1.amazonaws.com/123456789012"
DEPLOYMENT = Deployment("s-prod", "table", "originals", "variants", f"{QUEUE}/events", f"{QUEUE}/dead")
RESOURCES = resources_of(DEPLOYMENT, "123456789012", "eu-central-1")


@pytest.mark.parametrize("verb", POLICIES)
def test_a_policy_allows_named_actions_on_named_resources(verb: str) -> None:
    document = policy([verb], RESOURCES)
    for statement in document["Statement"]:
        assert statement["Effect"] == "Allow"
        assert statement["Resource"].startswith("arn:aws:")
        assert statement["Action"]
        assert not any("*" in action for action in statement["Action"])


def test_policies_of_several_verbs_are_one() -> None:
    document = policy(["queue", "dead-letters"], RESOURCES)
    (dead,) = [each for each in document["Statement"] if each["Resource"].endswith(":dead")]
    assert dead["Action"] == ["sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]


def test_every_verb_that_works_on_a_stage_has_a_policy() -> None:
    working = {verb.name for verb in VERBS if verb.group == OPERATION or STAGE in verb.arguments} - {"policy"}
    assert set(POLICIES) == working


def test_a_sweep_by_hand_takes_what_the_function_may() -> None:
    """The role of the function is proven by taking each of its permissions away."""
    kinds = {
        "OriginalsBucket": "originals",
        "OriginalsBucket/*": "objects of originals",
        "OriginalsQueue": "queue",
        "Table": "table",
        "VariantsBucket": "variants",
        "VariantsBucket/*": "objects of variants",
        "VariantsBucket/steps/*": "objects of variants",
    }
    given = {
        (kinds[each.resource], each.action)
        for each in permissions_of("Sweep", FILES["Sweep"])
        if each.sid != "WriteLogs"
    }
    by_hand = {(kind, action) for kind, actions in POLICIES["sweep"].items() for action in actions}
    assert by_hand - given == {("stack", "cloudformation:DescribeStacks")}
    assert given <= by_hand
