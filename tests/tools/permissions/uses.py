"""What the emulated cloud noted while tests ran: which test used which permission."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from tests.tools.permissions.roles import Permission, Role

MOST_TESTS = 3
E2E = "tests/e2e/test_"
TELLING: Mapping[str, tuple[str, ...]] = {
    "Originals": (
        f"{E2E}function_roles.py::test_a_copy_that_fails_half_way_leaves_no_parts",
        f"{E2E}function_roles.py::test_what_a_ticket_replaces_is_removed",
        f"{E2E}upload_tickets.py::test_what_is_no_picture_is_refused_and_the_reason_can_be_read",
        f"{E2E}sweep.py::test_a_deleted_image_leaves_nothing_behind",
        f"{E2E}inbox.py::test_what_cannot_be_taken_is_kept_aside_with_its_reason",
        f"{E2E}inbox.py::test_dropped_files_become_images_by_their_names",
    ),
    "Sweep": (f"{E2E}sweep.py::test_the_functions_role_may_do_all_that_a_sweep_does",),
}
"""What a function does in the background, other tests use and do not wait for."""


def recorded(path: Path, roles: Mapping[str, Role]) -> dict[Permission, list[str]]:
    """Return the tests that used each permission."""
    by_role = {_name(role.name): role for role in roles.values()}
    found: dict[Permission, set[str]] = defaultdict(set)
    for line in map(json.loads, path.read_text().splitlines()):
        if line["test"] and (role := by_role.get(_name(line["caller"]))):
            for permission in _used(role.permissions, line["action"], line["resource"]):
                found[permission].add(line["test"])
    return {permission: sorted(tests) for permission, tests in found.items()}


def _used(permissions: Iterable[Permission], action: str, resource: str) -> Iterable[Permission]:
    return (each for each in permissions if each.action == action and fnmatchcase(resource, each.pattern))


def candidates(permission: Permission, tests: Iterable[str], seconds: Mapping[str, float]) -> list[str]:
    """Choose the tests to try: those that wait for what the function does, then the quickest."""
    first = TELLING.get(permission.function, ())
    others = sorted(set(tests) - set(first), key=lambda test: (seconds.get(test, 1e9), test))
    telling = [test for test in first if test in set(tests)]
    return [*telling, *others][:MOST_TESTS]


def _name(role: str) -> str:
    """Return a role's name without what a deployment adds at random."""
    return role.rpartition("-")[0]
