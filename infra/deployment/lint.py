"""Check the finished template, expanded as AWS expands it: `python -m infra.deployment.lint`."""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import boto3
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

from infra.deployment.bundle import package
from infra.deployment.template import Template, finish
from infra.places import PROJECT

REGION = "us-east-1"
LARGEST_TEMPLATE = 1_000_000
MOST_RESOURCES = 500
"""CloudFormation's limits on a template in S3, in bytes, and on its resources."""
STAGE = "api"


def finished_template(folder: Path) -> Template:
    """Return the template as a deployment uploads it, but for the archive's place."""
    return finish(
        package(folder).template,
        {"Bucket": "artifacts", "Key": "functions.zip"},
        "0" * 32,
        f"https://s3.{REGION}.amazonaws.com",
    )


def expanded(template: Template) -> Template:
    """Return what CloudFormation makes of it: SAM's resources replaced by those of AWS."""
    session = boto3.Session(region_name=REGION)
    expansion: Template = Translator({}, Parser(), boto_session=session).translate(template, {})
    return expansion


def public_stages(template: Template) -> list[str]:
    """Return the stages of the API; SAM once added one of its own, at which nothing is throttled."""
    every = template["Resources"].values()
    return [each["Properties"]["StageName"] for each in every if each["Type"] == "AWS::ApiGateway::Stage"]


def main() -> int:
    """Print what is wrong with the template; return 1 when there is anything."""
    with TemporaryDirectory() as name:
        template = finished_template(Path(name))
        size = len(json.dumps(template))
        # SAM's own mistakes end the expansion; what it makes of the rest is all that CloudFormation reads.
        expansion = expanded(template)
        path = Path(name) / "expanded.json"
        path.write_text(json.dumps(expansion, indent=1))
        count = len(expansion["Resources"])
        print(f"{size:,} bytes of {LARGEST_TEMPLATE:,}, {count} resources of {MOST_RESOURCES}")
        linter = [str(Path(sys.executable).with_name("cfn-lint")), "--regions", REGION, "--", str(path)]
        found = subprocess.run(linter, cwd=PROJECT, check=False).returncode
    if (stages := public_stages(expansion)) != [STAGE]:
        print(f"The API has the stages {stages}; only {STAGE} is ours.")
        return 1
    return int(bool(found) or size > LARGEST_TEMPLATE or count > MOST_RESOURCES)


if __name__ == "__main__":
    sys.exit(main())
