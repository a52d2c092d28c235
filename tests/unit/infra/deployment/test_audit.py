"""What the registries' answers come to."""

import pytest

from infra.deployment.audit import Audit, lines, of_npm, of_pip_audit, status


def test_a_vulnerable_package_is_named() -> None:
    report = {
        "dependencies": [
            {"name": "pillow", "version": "1.0", "vulns": [{"id": "CVE-1"}, {"id": "CVE-2"}]},
            {"name": "six", "version": "1.17.0", "vulns": []},
            {"name": "mine", "skip_reason": "Dependency not found on PyPI"},
        ]
    }
    audit = of_pip_audit(report)
    assert audit == Audit(["pillow 1.0 (CVE-1, CVE-2)"], 3, 1)
    assert audit.line("lock") == "lock: pillow 1.0 (CVE-1, CVE-2) in 2 packages; no answer for 1"


def test_silence_is_no_clean_bill() -> None:
    silent = {"dependencies": [{"name": "six", "skip_reason": "Dependency not found on PyPI"}]}
    for audit in (of_pip_audit(silent), of_pip_audit({}), of_npm({"message": "405 Method Not Allowed"})):
        assert audit.line("lock") == "lock: NOT AUDITED, the registry did not answer"


def test_npm_names_packages_with_their_severity() -> None:
    report = {"vulnerabilities": {"ws": {"severity": "high"}}, "metadata": {"dependencies": {"total": 40}}}
    assert of_npm(report).line("clients") == "clients: ws (high) in 40 packages"
    clean = {"vulnerabilities": {}, "metadata": {"dependencies": {"total": 40}}}
    assert of_npm(clean).line("clients") == "clients: no known vulnerability in 40 packages"


CLEAN, PARTLY, SILENT = Audit([], 9, 0), Audit([], 9, 2), Audit([], 0, 0)
VULNERABLE = Audit(["pillow 1.0 (CVE-1)"], 9, 1)


def test_one_line_says_that_no_registry_answered() -> None:
    (line,) = lines({"a": SILENT, "b": Audit([], 3, 3)})
    assert line == "NOT AUDITED: no registry answered for any of 2 lock files. Nothing is known."
    assert list(lines({"a": CLEAN, "b": SILENT})) == [CLEAN.line("a"), SILENT.line("b")]


@pytest.mark.parametrize(
    ("audits", "expected"),
    [
        ([CLEAN, CLEAN], 0),
        ([CLEAN, VULNERABLE, SILENT], 1),
        ([CLEAN, PARTLY], 3),
        ([CLEAN, SILENT], 3),
        ([SILENT], 3),
    ],
)
def test_the_exit_status_tells_clean_from_unknown(audits: list[Audit], expected: int) -> None:
    assert status(audits) == expected
