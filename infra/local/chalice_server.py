"""`chalice local` against the emulated cloud of the running service: the code as it is, without a deployment."""

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import boto3

from infra.deployment.cloud import use_cloud
from infra.errors import SettingError
from infra.local.service import Service
from infra.places import IS_CHECKOUT, PROJECT, run_folder

API = "APIHandler"
"""The API's function, by its name in the template."""


def serve(options: argparse.Namespace) -> None:
    """Become `chalice local`, with the settings that the deployed function has."""
    if not IS_CHECKOUT:
        raise SettingError("chalice local serves a checkout of the source. Run it there.")
    if (service := Service.read(run_folder(os.environ))) is None:
        raise SettingError("No service runs here. Start it first: make up")
    use_cloud(service.endpoint_url)
    environment = os.environ | variables(service.stack)
    print(f"The code of this folder: http://127.0.0.1:{options.port} (Ctrl-C ends it)", flush=True)
    chalice = str(Path(sys.executable).with_name("chalice"))
    command = [chalice, "--project-dir", str(PROJECT), "local", "--port", str(options.port)]
    os.execve(chalice, command, environment)  # noqa: S606  # our own program


def variables(stack: str) -> Mapping[str, str]:
    """Return the environment variables of a stack's API function; its AWS clients lead where ours do."""
    found = boto3.client("cloudformation").describe_stack_resource(StackName=stack, LogicalResourceId=API)
    name = found["StackResourceDetail"]["PhysicalResourceId"]
    configured = boto3.client("lambda").get_function_configuration(FunctionName=name)
    return configured["Environment"]["Variables"]
