"""The table of permissions names a test for every permission that a policy gives."""

import pytest

from infra.places import PROJECT
from tests.tools.permissions.roles import FILES, permissions_of
from tests.tools.permissions.table import PAGE, rows

UNRECORDED = {
    ("APIHandler", "s3:ListBucket", "OriginalsBucket"),
    ("APIHandler", "dynamodb:DescribeTable", "Table"),
    ("APIHandler", "sqs:GetQueueAttributes", "OriginalsQueue"),
    ("APIHandler", "sqs:GetQueueAttributes", "OriginalsDeadLetterQueue"),
    ("Originals", "sqs:SendMessage", "OriginalsQueue"),
    ("Sweep", "dynamodb:BatchWriteItem", "Table"),
    ("Sweep", "dynamodb:UpdateItem", "Table"),
}
"""What the code needs and no recorded test has used yet; the list may only shrink."""


@pytest.mark.parametrize("function", FILES)
def test_every_permission_has_a_test_that_uses_it(function: str) -> None:
    given = {(each.action, each.resource) for each in permissions_of(function, FILES[function])}
    named = {row.permission: row.test for row in rows(PAGE) if row.function == function}
    assert named.keys() == given
    without = {(function, *permission) for permission, test in named.items() if test == "none"}
    assert without == {each for each in UNRECORDED if each[0] == function}
    for test in set(named.values()) - {"none"}:
        path, _, name = test.partition("::")
        assert f"def {name.partition('[')[0]}(" in (PROJECT / path).read_text()
