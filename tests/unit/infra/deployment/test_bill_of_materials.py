"""The bill of materials names what the archive is made of, and nothing else."""

import json
import re

from infra.deployment.bill_of_materials import FUNCTION_LOCK, SCRIPTS, bill_of_materials
from infra.places import PROJECT


def test_every_locked_package_is_in_it_with_its_digests() -> None:
    lock = (PROJECT / FUNCTION_LOCK).read_text()
    pinned = dict(re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE))
    listed = {part["name"]: part for part in bill_of_materials()["components"]}
    assert {name: listed[name]["version"] for name in pinned} == pinned
    digests = [
        digest["content"]
        for name in pinned
        for reference in listed[name]["externalReferences"]
        for digest in reference["hashes"]
    ]
    assert sorted(digests) == sorted(re.findall("sha256:([0-9a-f]{64})", lock))


def test_the_pages_scripts_and_chalice_are_in_it() -> None:
    urls = {part["purl"] for part in bill_of_materials()["components"]}
    for script in json.loads((PROJECT / SCRIPTS).read_text()):
        assert f"pkg:npm/{script['package']}@{script['version']}" in urls
    assert any(url.startswith("pkg:pypi/chalice@") for url in urls)


def test_it_is_cyclonedx_whose_references_hold_together() -> None:
    bill = bill_of_materials()
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    references = [part["bom-ref"] for part in bill["components"]]
    assert len(set(references)) == len(references)
    assert bill["dependencies"] == [{"ref": "jellyfin-images", "dependsOn": references}]
    assert bill == bill_of_materials()
