"""The page's cards ask for what was made when their picture arrived."""

import re
from collections.abc import Iterator

import pytest
import yaml

from chalicelib.container import override_container
from infra.places import PROJECT
from tests.support.fakes.world import ADMIN, SETTINGS, World
from tests.support.gateway import call
from tests.support.notifications import deliver_all
from tests.support.tiny_images import jpeg

ITEM = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def world() -> Iterator[World]:
    made = World()
    with override_container(made.container):
        made.add_item(ITEM)
        yield made


def asked_by(card: str) -> str:
    """Return the query of a card, as the page's script has it."""
    script = (PROJECT / "frontend" / "api.js").read_text()
    found = re.search(rf"export const {card} = {{ (.*?) }};", script)
    assert found
    return "&".join(part.replace(": ", "=") for part in found[1].split(", "))


@pytest.mark.parametrize("size", [(1000, 1500), (700, 700), (1920, 1080)])
@pytest.mark.parametrize("card", ["CARD", "SHARP_CARD"])
def test_a_card_of_either_density_is_there_before_anybody_asks(
    world: World, card: str, size: tuple[int, int]
) -> None:
    headers = ADMIN | {"Content-Type": "image/jpeg"}
    assert call("POST", f"/Items/{ITEM}/Images/Primary", body=jpeg(*size), headers=headers).status == 204
    assert deliver_all(world) == []
    browser = {"Accept": "image/avif,image/webp,image/*,*/*;q=0.8"}
    answer = call("GET", f"/Items/{ITEM}/Images/Primary?{asked_by(card)}", headers=browser)
    assert (answer.status, answer.headers["x-image-cache"]) == (200, "hit")


class _Template(yaml.SafeLoader):
    """Reads a template, whose functions are tags."""


_Template.add_multi_constructor("!", lambda *_: None)


def test_a_deployment_makes_what_the_settings_say() -> None:
    template = yaml.load((PROJECT / "infra" / "resources.yaml").read_text(), _Template)  # noqa: S506  # a safe loader
    assert template["Parameters"]["Popular"]["Default"].split() == SETTINGS.popular.split()
