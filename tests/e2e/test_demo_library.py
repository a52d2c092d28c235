"""The demo library that greets a newcomer."""

from infra.demo.library import demo_items
from infra.local.service import Service
from tests.support.deployed_service import Http, opened


def test_every_demo_item_has_the_pictures_that_were_drawn_for_it(service: Service, anyone: Http) -> None:
    items = demo_items()
    assert service.demo_items == {item.name: item.id for item in items}
    for path in (f"/Items/{item.id}/Images/{image_type}" for item in items for image_type in item.artwork):
        assert opened(anyone.get(f"{path}?fillWidth=300")).width == 300
