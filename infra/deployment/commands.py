"""The verb that deploys."""

import argparse

from infra.deployment.deploy import deploy


def deploy_stage(options: argparse.Namespace) -> None:
    """Deploy a stage and print the outputs of its stack."""
    outputs = deploy(options.stage)
    for name, value in sorted(outputs.items()):
        print(f"{name:20} {value}")
