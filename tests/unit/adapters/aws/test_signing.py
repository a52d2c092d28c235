"""The signature is that of botocore."""

from datetime import UTC, datetime
from urllib.parse import quote

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import ReadOnlyCredentials
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.aws.signing import Unsigned, signed_headers

_words = st.text("abcXYZ019/+=", min_size=1, max_size=20)
_values = st.text("abc XYZ09.,;()/_-", max_size=20)


@given(
    st.builds(ReadOnlyCredentials, _words, _words, st.none() | _words),
    st.sampled_from(["dynamodb", "s3"]),
    st.text(max_size=20).map(lambda key: "/" + quote(key, safe="/~")),
    st.dictionaries(st.sampled_from(["x-amz-target", "content-type", "user-agent", "x-amz-meta"]), _values),
    st.binary(max_size=40),
)
def test_it_is_the_signature_of_botocore(
    credentials: ReadOnlyCredentials, service: str, path: str, headers: dict[str, str], body: bytes
) -> None:
    verb, path = ("POST", "/") if service == "dynamodb" else ("GET", path)
    request = AWSRequest(verb, f"http://cloud.test:4566{path}", headers, body)
    (S3SigV4Auth if service == "s3" else SigV4Auth)(credentials, service, "eu-central-1").add_auth(request)
    now = datetime.strptime(request.headers["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    unsigned = Unsigned(verb, "cloud.test:4566", path, headers, body)
    ours = signed_headers(credentials, ("eu-central-1", service), unsigned, now)
    assert ours == {name.lower(): value for name, value in request.headers.items()}
