"""The verb that deploys."""

import argparse
import os

from infra.deployment.deploy import deploy
from infra.places import run_folder


def deploy_stage(options: argparse.Namespace) -> None:
    """Deploy a stage and print the outputs of its stack."""
    outputs = deploy(options.stage, run_folder(os.environ) / "build")
    for name, value in sorted(outputs.items()):
        print(f"{name:20} {value}")
