"""What is looked for in the expanded template besides cfn-lint's rules."""

from infra.deployment.lint import public_stages


def test_every_stage_of_the_api_is_found() -> None:
    stages = {
        name: {"Type": "AWS::ApiGateway::Stage", "Properties": {"StageName": name}}
        for name in ("api", "Stage")
    }
    assert public_stages({"Resources": {**stages, "Table": {"Type": "AWS::DynamoDB::Table"}}}) == [
        "api",
        "Stage",
    ]
