"""The policies of operators name actions on resources, and no more than the verbs asked for."""

import pytest

from infra.operations.deployment import Deployment
from infra.operations.policies import POLICIES, policy, resources_of
from infra.verbs import OPERATION, VERBS

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
    working = {verb.name for verb in VERBS if verb.group == OPERATION} - {"policy"}
    assert set(POLICIES) == working
