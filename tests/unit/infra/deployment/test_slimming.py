"""What the archive leaves out of the functions' dependencies."""

import gzip
import inspect
import json
import re
from pathlib import Path
from typing import Any

import boto3
import botocore.session
import pytest
import urllib3
from botocore.docs import docstring

from infra.deployment.slimming import OPERATIONS, STAND_INS, reduced, slim, slim_descriptions
from infra.places import PROJECT

CALLS = re.compile(r"client\s*\.(?:get_paginator\(\"(\w+)\"|([a-z_]+)\()")
NO_OPERATIONS = {"generate_presigned_url", "generate_presigned_post", "_make_api_call", "get_paginator"}

DESCRIPTION = {
    "metadata": {"protocol": "json"},
    "operations": {
        "Get": {"name": "Get", "input": {"shape": "Key"}, "errors": [{"shape": "Gone"}]},
        "Put": {"name": "Put", "input": {"shape": "Row"}},
    },
    "shapes": {
        "Key": {"type": "structure", "members": {"shape": {"shape": "Text"}}},
        "Text": {"type": "string", "enum": ["a"]},
        "Row": {"type": "list", "member": {"shape": "Text"}},
        "Gone": {"type": "structure", "exception": True, "members": {"why": {"shape": "Reason"}}},
        "Reason": {"type": "string"},
    },
}


def test_descriptions_of_services_keep_what_is_called_and_lose_what_is_only_read(tmp_path: Path) -> None:
    services: dict[str, object] = {"s3": {"endpoints": {"eu-west-1": {}}}, "ec2": {}}
    endpoints = tmp_path / "endpoints.json"
    endpoints.write_text(json.dumps({"partitions": [{"partition": "aws", "services": services}]}))
    pages = {"Key": {"type": "string", "documentation": "<p>Long.</p>"}, "documentation": {"type": "map"}}
    packed = tmp_path / "s3" / "2006-03-01" / "paginators-1.json.gz"
    packed.parent.mkdir(parents=True)
    packed.write_bytes(gzip.compress(json.dumps({"pages": pages}).encode()))
    slim_descriptions(tmp_path)
    assert json.loads(endpoints.read_bytes()) == {
        "partitions": [{"partition": "aws", "services": {"s3": services["s3"]}}]
    }
    assert json.loads(packed.with_suffix("").read_bytes()) == {
        "pages": {"Key": {"type": "string", "documentation": ""}, "documentation": {"type": "map"}}
    }
    assert not packed.exists()


def test_an_operation_keeps_the_shapes_that_it_reaches_and_all_exceptions() -> None:
    left = reduced(DESCRIPTION, {"Get"})
    assert list(left["operations"]) == ["Get"]
    assert left["shapes"].keys() == {"Key", "Text", "Gone", "Reason"}
    assert left["metadata"] == DESCRIPTION["metadata"]


@pytest.mark.parametrize("service", OPERATIONS)
def test_every_operation_that_is_kept_is_one_of_its_service(service: str) -> None:
    described = botocore.session.get_session().get_service_model(service)
    assert set(described.operation_names) >= OPERATIONS[service]


@pytest.mark.parametrize(("adapter", "service"), [("s3.py", "s3"), ("sqs.py", "sqs")])
def test_every_call_of_an_adapter_is_kept(adapter: str, service: str) -> None:
    text = (PROJECT / "chalicelib" / "adapters" / "aws" / adapter).read_text()
    called = {paged or named for paged, named in CALLS.findall(text)} - NO_OPERATIONS
    assert called
    assert called <= {_snake(name) for name in OPERATIONS[service]}


def test_every_operation_that_a_function_may_call_of_the_table_is_kept() -> None:
    policies = "".join(path.read_text() for path in (PROJECT / ".chalice").glob("policy-*.json"))
    allowed = set(re.findall(r'"dynamodb:(\w+)"', policies)) - {
        "ConditionCheckItem"
    }  # a part of a transaction
    assert allowed
    assert allowed <= OPERATIONS["dynamodb"]


def test_nothing_but_a_module_of_its_own_is_imported_from_the_package_that_becomes_empty() -> None:
    assert "urllib3/http2/__init__.py" in STAND_INS
    package = Path(urllib3.__file__).parent
    users = (path.read_text() for path in package.rglob("*.py") if path.parent.name != "http2")
    assert {name for text in users for name in re.findall(r"\.http2 import (.+)", text)} == {
        "probe as http2_probe"
    }


def test_what_boto3_takes_of_the_documentation_is_there() -> None:
    stand_in: dict[str, Any] = {}
    exec(STAND_INS["botocore/docs/__init__.py"], stand_in)  # noqa: S102  # our own module
    users = Path(boto3.__file__).parent.rglob("*.py")
    taken = {
        name for path in users for name in re.findall(r"from botocore\.docs import (.+)", path.read_text())
    }
    assert taken
    assert taken <= stand_in.keys()


def test_documentation_is_taken_with_any_arguments_and_stays_unwritten() -> None:
    stand_in: dict[str, Any] = {}
    exec(STAND_INS["botocore/docs/docstring.py"], stand_in)  # noqa: S102  # our own module
    written = {
        n for n, c in inspect.getmembers(docstring, inspect.isclass) if c.__module__ == docstring.__name__
    }
    assert written <= stand_in.keys()
    for name in written:
        assert stand_in[name](operation_name="GetItem", event_emitter=None, include_signature=False) == ""


def test_a_module_that_is_no_longer_there_stops_the_build(tmp_path: Path) -> None:
    for package in ("boto3", "botocore"):
        (tmp_path / package / "data").mkdir(parents=True)
    (tmp_path / "botocore" / "data" / "endpoints.json").write_text('{"partitions": []}')
    with pytest.raises(FileNotFoundError, match="no longer there"):
        slim(tmp_path)


def _snake(operation: str) -> str:
    return botocore.xform_name(operation)
