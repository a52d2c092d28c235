"""What the emulated cloud noted while tests ran: which test used which permission."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from tests.tools.permissions.roles import Permission, Role

MOST_TESTS = 3
TESTS = "tests/"
E2E = f"{TESTS}e2e/test_"
POLLING = ("DeleteMessage", "GetQueueAttributes", "ReceiveMessage")
ROLES = f"{E2E}function_roles.py::test_"
LOG = f"{ROLES}a_new_environment_of_a_function_writes_a_log_of_its_own"
POLLER = f"{ROLES}lambda_may_read_the_queue_for_the_worker"
POPULAR = f"{ROLES}what_is_popular_is_there_before_anybody_asks"
DELETION = f"{E2E}sweep.py::test_a_deleted_image_leaves_nothing_behind"
OF_FUNCTIONS: Mapping[str, tuple[str, ...]] = {
    "APIHandler": (DELETION,),
    "Originals": (
        f"{ROLES}what_a_ticket_replaces_is_removed",
        f"{ROLES}a_copy_that_fails_half_way_leaves_no_parts",
        f"{E2E}upload_tickets.py::test_what_is_no_picture_is_refused_and_the_reason_can_be_read",
        DELETION,
        f"{E2E}inbox.py::test_what_cannot_be_taken_is_kept_aside_with_its_reason",
        f"{E2E}inbox.py::test_dropped_files_become_images_by_their_names",
    ),
    "Sweep": (f"{E2E}sweep.py::test_the_functions_role_may_do_all_that_a_sweep_does",),
}
"""What a function does in the background, other tests use and do not wait for; these look at it."""
OF_PERMISSIONS: Mapping[str, str] = {
    **{f"{function} logs:": f"{LOG}[{function}]" for function in OF_FUNCTIONS},
    **{f"Originals sqs:{action}": POLLER for action in POLLING},
    "Originals sqs:ChangeMessageVisibility": (
        f"{E2E}redelivery.py::test_it_comes_back_long_before_the_queue_would_show_it_by_itself"
    ),
    "Originals s3:GetObject VariantsBucket/": POPULAR,
    "Originals s3:PutObject VariantsBucket/variants/": POPULAR,
}
"""What Lambda does by a role, and what no answer shows: the one test that looks at it, by how labels begin."""


@dataclass(frozen=True)
class Use:
    """A permission that a caller used in a test, or was refused."""

    caller: str
    action: str
    resource: str
    test: str
    is_allowed: bool


def uses(path: Path) -> Iterator[Use]:
    """Read what the cloud noted."""
    for line in map(json.loads, path.read_text().splitlines()):
        is_allowed = line["sid"] is not None
        yield Use(line["caller"], line["action"], line["resource"], line["test"], is_allowed)


def recorded(path: Path, roles: Mapping[str, Role]) -> dict[Permission, list[str]]:
    """Return the tests that used each permission."""
    by_role = {_name(role.name): role for role in roles.values()}
    found: dict[Permission, set[str]] = defaultdict(set)
    for use in uses(path):
        if use.is_allowed and use.test.startswith(TESTS) and (role := by_role.get(_name(use.caller))):
            for permission in _used(role.permissions, use.action, use.resource):
                found[permission].add(use.test)
    return {permission: sorted(tests) for permission, tests in found.items()}


def _used(permissions: Iterable[Permission], action: str, resource: str) -> Iterable[Permission]:
    return (each for each in permissions if each.action == action and _covers(each.pattern, resource))


def _covers(pattern: str, resource: str) -> bool:
    """Tell whether a resource is meant, if need be by another deployment's name of a queue."""
    return fnmatchcase(resource, pattern) or (":sqs:" in pattern and _name(resource) == _name(pattern))


def candidates(permission: Permission, tests: Iterable[str], seconds: Mapping[str, float]) -> list[str]:
    """Choose the tests to try: those that wait for what the function does, then the quickest."""
    for begin, test in OF_PERMISSIONS.items():
        if permission.label.startswith(begin):
            return [test]
    first = OF_FUNCTIONS[permission.function]
    others = sorted(set(tests) - set(first), key=lambda test: (seconds.get(test, 1e9), test))
    telling = [test for test in first if test in set(tests)]
    return [*telling, *others][:MOST_TESTS]


def _name(resource: str) -> str:
    """Return the name of a role or queue without what a deployment adds at random."""
    return resource.rpartition("-")[0]
