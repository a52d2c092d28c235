"""What views declare against what they read: neither may hold more than the other."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from app import app
from chalicelib.container import override_container
from chalicelib.domain.accounts.accounts import Identity
from chalicelib.domain.library.items import NAMED_TYPES, Item
from chalicelib.errors import ServiceError
from chalicelib.web.protocol.blueprint import declared_part
from chalicelib.web.protocol.declarations.operations import (
    ALWAYS_READ,
    PICTURE,
    Declared,
    member_names,
    operation_of,
    query_names,
)
from chalicelib.web.protocol.declarations.query import (
    Decimal,
    Id,
    Ids,
    Index,
    Integer,
    Integers,
    Moment,
    Parameter,
    Ticks,
    Truth,
    Words,
)
from chalicelib.web.protocol.request import Request
from tests.api.test_authorisation import MATRIX, Row, Scene
from tests.support.fakes.accounts import NOON
from tests.support.fakes.world import ADMINISTRATOR, World
from tests.support.gateway import event


@dataclass
class Recording[T](Mapping[str, T]):
    """A mapping that keeps which names were asked for."""

    values_by_name: Mapping[str, T]
    asked: set[str] = field(default_factory=set)

    def __getitem__(self, name: str) -> T:
        self.asked.add(name)
        return self.values_by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_by_name)

    def __len__(self) -> int:
        return len(self.values_by_name)


VIEWS = [
    pytest.param(verb, path, route.view_function, id=f"{verb} {path}")
    for path in sorted(app.routes)
    for verb, route in sorted(app.routes[path].items())
]


@pytest.mark.parametrize(("verb", "path", "handler"), VIEWS)
def test_a_view_reads_all_that_it_declares_of_the_query(
    verb: str, path: str, handler: Callable[..., object]
) -> None:
    """Call the view itself with every declared parameter; what it asks for besides raises UndeclaredError."""
    world = World()
    with override_container(world.container):
        scene = Scene(world, is_restricted=False)
        request, segments = sent(scene, verb, path, MATRIX[verb, path])
        declared, view = operation_of(handler), handler.__wrapped__  # type: ignore[attr-defined]  # functools.wraps leaves it
        names = query_names(path, declared)
        query = Recording({**request.query, **{p.key: sample(p, scene) for p in declared.query_of(path)}})
        lists = Recording({name: [text] for name, text in query.values_by_name.items()})
        request = declared_part(replace(request, query=query, lists=lists), names, declared)
        with suppress(ServiceError):  # a view may find nothing, once it has read what is asked
            view(request, **segments)
    assert names - ALWAYS_READ <= query.asked | lists.asked, "declared and not read"


def sent(scene: Scene, verb: str, path: str, row: Row) -> tuple[Request, dict[str, str]]:
    """Return a well-formed call of a route by an administrator, and the segments of its path."""
    for number, item_type in enumerate(NAMED_TYPES):
        scene.world.shelves.add(Item(f"{number:032}", item_type, "Somebody", "somebody", NOON))
    user = scene.world.add_user("Administrator", ADMINISTRATOR)
    scene.world.token_of(user)
    (session,) = (s for s in scene.world.credentials.sessions.values() if s.user_id == user.id)
    proxy = event(verb, scene.url(path, row.query), json.dumps(row.body).encode() if row.body else b"", {})
    request = Request.from_event(proxy)
    parts = zip(path.split("/"), scene.url(path, "").split("/"), strict=True)
    segments = {name[1:-1]: value for name, value in parts if name.startswith("{")}
    return replace(request, identity=Identity.of_user(user, session)), segments


def sample(parameter: Parameter, scene: Scene) -> str:
    """Return a value that a parameter takes."""
    if parameter.name in {"userId", "userIds"}:
        return scene.user_id
    if isinstance(parameter, Id | Ids):
        return "0123456789abcdef0123456789abcdef"
    if isinstance(parameter, Integer | Index | Integers | Decimal | Ticks):
        return "1"
    if isinstance(parameter, Moment):
        return "2026-01-01"
    if isinstance(parameter, Truth):
        return "false"
    return parameter.choices[0] if parameter.choices else "x" if not isinstance(parameter, Words) else "y"


BODIES: dict[str, Any] = {
    "ItemBody": {
        "Name": "Heat",
        "Type": "Movie",
        "People": [{"Name": "Al Pacino", "Role": "Hanna", "Type": "Actor"}],
        "Genres": [{"Name": "Crime"}],
        "Chapters": [{"Name": "One", "StartPositionTicks": 1}],
    },
    "UserDataChange": {"Played": True},
    "PlaybackReport": {"ItemId": "0" * 32},
    "Login": {"Username": "Ann", "Pw": "secret"},
    "PolicyChange": {"IsHidden": True},
    "UploadAnnouncement": {"contentType": "image/png", "size": 9},
}


@pytest.mark.parametrize(("verb", "path", "handler"), VIEWS)
def test_a_view_reads_all_that_it_declares_of_the_body(
    verb: str, path: str, handler: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    declared = operation_of(handler)
    if declared.body is None or declared.body == PICTURE:
        assert not MATRIX[verb, path].body, "a body is sent where none is declared"
        return
    shape = declared.body
    assert isinstance(shape, type)
    asked: set[str] = set()
    monkeypatch.setattr(Declared, "__getitem__", _recording(Declared.__getitem__, asked))
    world = World()
    with override_container(world.container):
        scene = Scene(world, is_restricted=False)
        row = replace(MATRIX[verb, path], body=BODIES.get(shape.__name__, MATRIX[verb, path].body))
        request, segments = sent(scene, verb, path, row)
        headers = {"authorization": 'MediaBrowser Client="c", Device="d", DeviceId="i", Version="1"'}
        request = declared_part(replace(request, headers=headers), query_names(path, declared), declared)
        with suppress(ServiceError):
            handler.__wrapped__(request, **segments)  # type: ignore[attr-defined]  # functools.wraps leaves it
    assert member_names(shape) <= asked, "declared and not read"


def _recording(original: Callable[[Any, str], Any], asked: set[str]) -> Callable[[Any, str], Any]:
    def recorded(self: object, name: str) -> object:
        asked.add(name)
        return original(self, name)

    return recorded
