"""What a role's or a user's policies do not allow is refused in AWS's words; what nobody signed, too."""

import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import boto3
import pytest
import requests
from botocore.exceptions import ClientError

from infra.localstack import emulator
from tests.localstack.cloud import REGION, Cloud, private_settings
from tests.localstack.stack import Stack, create_stack

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

pytestmark = pytest.mark.emulator

ACCOUNT = "000000000000"


@dataclass(frozen=True)
class Principal:
    """A role that a test has taken, and what it may call."""

    cloud: Cloud
    name: str
    session: boto3.Session

    def client(self, service: str) -> Any:  # noqa: ANN401  # of any service
        return self.session.client(service, endpoint_url=self.cloud.url)  # type: ignore[call-overload]  # a literal by way of a parameter

    def allow(self, *actions: str, resource: str = "*", effect: str = "Allow") -> None:
        """Replace what the role may do."""
        statement = {"Effect": effect, "Action": list(actions), "Resource": resource}
        always = {"Effect": "Allow", "Action": "*", "Resource": "*"}
        document = {
            "Version": "2012-10-17",
            "Statement": [statement, *([always] if effect == "Deny" else [])],
        }
        iam = self.cloud.session.client("iam", endpoint_url=self.cloud.url)
        iam.put_role_policy(RoleName=self.name, PolicyName="p", PolicyDocument=json.dumps(document))


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """Run an emulator that enforces IAM and signatures."""
    settings = private_settings(tmp_path_factory.mktemp("iam"))
    emulator.start(settings)
    yield Cloud(settings)
    emulator.stop(settings)


@pytest.fixture(scope="module")
def stack(cloud: Cloud, tmp_path_factory: pytest.TempPathFactory) -> Stack:
    return create_stack(cloud, tmp_path_factory.mktemp("records"))


@pytest.fixture
def role(cloud: Cloud) -> Principal:
    """Take a role of this test's own, which may do nothing."""
    name = f"role-{uuid.uuid4().hex[:8]}"
    trust = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}],
    }
    iam = cloud.session.client("iam", endpoint_url=cloud.url)
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    sts = cloud.session.client("sts", endpoint_url=cloud.url)
    keys = sts.assume_role(RoleArn=arn, RoleSessionName="session")["Credentials"]
    session = boto3.Session(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], REGION)
    return Principal(cloud, name, session)


@pytest.fixture(scope="module")
def s3(cloud: Cloud) -> "S3Client":
    return cloud.session.client("s3", endpoint_url=cloud.url)


@pytest.fixture
def stored(s3: "S3Client", stack: Stack) -> tuple[str, str]:
    """Store an object and return its bucket and key."""
    bucket, key = stack.outputs["Originals"], f"some/{uuid.uuid4().hex}"
    s3.put_object(Bucket=bucket, Key=key, Body=b"picture")
    return bucket, key


def refusal(call: Callable[..., object], **parameters: object) -> tuple[int, str, str]:
    """Call and return status, code and message of the error that comes."""
    with pytest.raises(ClientError) as refused:
        call(**parameters)
    response = refused.value.response
    error = response["Error"]
    return response["ResponseMetadata"]["HTTPStatusCode"], error["Code"], error["Message"]


def test_s3_refuses_in_its_words(role: Principal, stored: tuple[str, str]) -> None:
    bucket, key = stored
    client = role.client("s3")
    status, code, message = refusal(client.get_object, Bucket=bucket, Key=key)
    assert (status, code) == (403, "AccessDenied")
    assert message == (
        f"User: arn:aws:sts::{ACCOUNT}:assumed-role/{role.name}/session is not authorized to perform: "
        f"s3:GetObject on resource: arn:aws:s3:::{bucket}/{key} "
        "because no identity-based policy allows the s3:GetObject action"
    )
    role.allow("s3:GetObject", resource=f"arn:aws:s3:::{bucket}/some/*")
    assert client.get_object(Bucket=bucket, Key=key)["Body"].read() == b"picture"
    assert refusal(client.put_object, Bucket=bucket, Key=key, Body=b"")[:2] == (403, "AccessDenied")


def test_only_who_may_list_a_bucket_learns_that_a_key_is_free(
    role: Principal, stored: tuple[str, str]
) -> None:
    missing = {"Bucket": stored[0], "Key": "some/where/else"}
    role.allow("s3:GetObject")
    assert refusal(role.client("s3").get_object, **missing)[:2] == (403, "AccessDenied")
    assert refusal(role.client("s3").head_object, **missing)[0] == 403
    role.allow("s3:GetObject", "s3:ListBucket")
    assert refusal(role.client("s3").get_object, **missing)[:2] == (404, "NoSuchKey")
    assert refusal(role.client("s3").head_object, **missing)[0] == 404


def test_dynamodb_sqs_and_logs_refuse_in_theirs(role: Principal, stack: Stack) -> None:
    read = refusal(role.client("dynamodb").get_item, TableName=stack.outputs["Table"], Key={"pk": {"S": "a"}})
    assert read[:2] == (400, "AccessDeniedException")
    sent = refusal(role.client("sqs").send_message, QueueUrl=stack.outputs["Queue"], MessageBody="x")
    assert sent[:2] == (403, "AccessDenied")
    logged = refusal(role.client("logs").create_log_group, logGroupName="/mine")
    assert logged[:2] == (400, "AccessDeniedException")


def test_a_transaction_needs_the_action_of_each_part(role: Principal, stack: Stack) -> None:
    table = stack.outputs["Table"]
    put = {"Put": {"TableName": table, "Item": {"pk": {"S": uuid.uuid4().hex}}}}
    delete = {"Delete": {"TableName": table, "Key": {"pk": {"S": uuid.uuid4().hex}}}}
    client = role.client("dynamodb")
    role.allow("dynamodb:PutItem")
    client.transact_write_items(TransactItems=[put])
    assert "dynamodb:DeleteItem" in refusal(client.transact_write_items, TransactItems=[put, delete])[2]


def test_a_denial_wins(role: Principal, stored: tuple[str, str]) -> None:
    bucket, key = stored
    role.allow("s3:Get*", effect="Deny")
    assert role.client("s3").head_bucket(Bucket=bucket)
    assert refusal(role.client("s3").get_object, Bucket=bucket, Key=key)[1] == "AccessDenied"


def test_a_user_is_held_to_its_policies_too(cloud: Cloud, stored: tuple[str, str]) -> None:
    iam = cloud.session.client("iam", endpoint_url=cloud.url)
    name = f"user-{uuid.uuid4().hex[:8]}"
    iam.create_user(UserName=name)
    keys = iam.create_access_key(UserName=name)["AccessKey"]
    session = boto3.Session(keys["AccessKeyId"], keys["SecretAccessKey"], region_name=REGION)
    client = session.client("s3", endpoint_url=cloud.url)
    bucket, key = stored
    assert refusal(client.get_object, Bucket=bucket, Key=key)[:2] == (403, "AccessDenied")
    document = {
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
    }
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=json.dumps(document))
    assert client.get_object(Bucket=bucket, Key=key)["Body"].read() == b"picture"


def test_nobody_reads_without_a_signature(cloud: Cloud, stored: tuple[str, str]) -> None:
    answer = requests.get(f"{cloud.url}/{'/'.join(stored)}", timeout=10)
    assert (answer.status_code, _code(answer)) == (403, "AccessDenied")


def signed(role: Principal, stored: tuple[str, str], seconds: int = 60) -> str:
    bucket, key = stored
    role.allow("s3:GetObject", "s3:PutObject")
    url: str = role.client("s3").generate_presigned_url(
        "get_object", Params={"Bucket": bucket, "Key": key}, ExpiresIn=seconds
    )
    return url


def test_a_presigned_url_is_good_as_it_was_signed(role: Principal, stored: tuple[str, str]) -> None:
    url = signed(role, stored)
    answer = requests.get(url, timeout=10)
    assert (answer.status_code, answer.content) == (200, b"picture")
    for changed in (
        url.replace(stored[1], stored[1] + "x"),
        url.replace("Expires=60", "Expires=6000"),
        url.replace("X-Amz-Signature=", "X-Amz-Signature=0"),
        f"{url}&response-content-type=text%2Fhtml",
        url.replace("X-Amz-Security-Token=", "X-Amz-Security-Token=a"),
    ):
        answer = requests.get(changed, timeout=10)
        assert (answer.status_code, _code(answer)) == (403, "SignatureDoesNotMatch"), changed
    assert requests.put(url, b"other", timeout=10).status_code == 403


def test_a_presigned_url_ends(role: Principal, stored: tuple[str, str]) -> None:
    answer = requests.get(signed(role, stored, seconds=-1), timeout=10)
    assert (answer.status_code, _code(answer)) == (403, "AccessDenied")
    assert "Request has expired" in answer.text


def test_a_presigned_url_allows_no_more_than_its_signer(role: Principal, stored: tuple[str, str]) -> None:
    url = signed(role, stored)
    role.allow("s3:PutObject")
    answer = requests.get(url, timeout=10)
    assert (answer.status_code, _code(answer)) == (403, "AccessDenied")


@pytest.mark.parametrize(
    "header", ["Bearer x", 'MediaBrowser Token="t"', "AWS4-HMAC-SHA256 Credential=a/b/c/d/e"]
)
def test_two_signatures_are_refused(role: Principal, stored: tuple[str, str], header: str) -> None:
    answer = requests.get(signed(role, stored), headers={"Authorization": header}, timeout=10)
    assert (answer.status_code, _code(answer)) == (400, "InvalidArgument")
    assert "Only one auth mechanism allowed" in answer.text


def post(
    role: Principal, bucket: str, key: str, fields: Mapping[str, str] = MappingProxyType({})
) -> requests.Response:
    form = role.client("s3").generate_presigned_post(
        bucket, key, Conditions=[["content-length-range", 1, 100]], ExpiresIn=60
    )
    return requests.post(form["url"], {**form["fields"], **fields}, files={"file": b"picture"}, timeout=10)


def test_a_form_is_good_as_it_was_signed(role: Principal, stored: tuple[str, str], s3: "S3Client") -> None:
    bucket, key = stored
    role.allow("s3:PutObject", resource=f"arn:aws:s3:::{bucket}/some/*")
    assert post(role, bucket, f"{key}.new").status_code == 204
    assert s3.get_object(Bucket=bucket, Key=f"{key}.new")["Body"].read() == b"picture"


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"x-amz-signature": "0" * 64}, 403, "SignatureDoesNotMatch"),
        (
            {"policy": "eyJleHBpcmF0aW9uIjoiMjA5OS0wMS0wMVQwMDowMDowMFoiLCJjb25kaXRpb25zIjpbXX0="},
            403,
            "SignatureDoesNotMatch",
        ),
        ({"x-amz-security-token": "other"}, 403, "AccessDenied"),
        ({"key": "some/where/else"}, 403, "AccessDenied"),
        ({"acl": "public-read"}, 403, "AccessDenied"),
        ({"x-ignore-me": "x"}, 204, None),
    ],
)
def test_a_changed_form_is_refused(
    role: Principal, stored: tuple[str, str], fields: dict[str, str], status: int, code: str | None
) -> None:
    role.allow("s3:PutObject")
    answer = post(role, *stored, fields)
    assert (answer.status_code, _code(answer) if code else None) == (status, code)


def test_a_form_allows_no_more_than_its_signer(role: Principal, stored: tuple[str, str]) -> None:
    role.allow("s3:PutObject", resource="arn:aws:s3:::elsewhere/*")
    answer = post(role, *stored)
    assert (answer.status_code, _code(answer)) == (403, "AccessDenied")


def test_a_form_without_a_signature_is_refused(cloud: Cloud, stored: tuple[str, str]) -> None:
    bucket, key = stored
    answer = requests.post(f"{cloud.url}/{bucket}", {"key": key}, files={"file": b"x"}, timeout=10)
    assert (answer.status_code, _code(answer)) == (403, "AccessDenied")


def _code(answer: requests.Response) -> str:
    return answer.text.partition("<Code>")[2].partition("</Code>")[0]
