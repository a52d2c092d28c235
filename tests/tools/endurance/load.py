"""Mixed requests as clients send them: pictures, sizes, validators, lists, sign-ins, uploads, deletions."""

import random
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Self

import requests

from infra.local.service import Service
from tests.support.deployed_service import Http, photo

CALLERS = 4
READ = 24
"""Items whose pictures are only read."""
UPLOADS = 12
"""Pictures that are uploaded time and again, so that what is stored stays the same."""
SIZE = 160, 240
"""Small ones: what they leave behind is looked for, not what it costs to make smaller ones of them."""

type Call = Callable[[Http, random.Random], requests.Response]


@dataclass(frozen=True)
class Mix:
    """The calls of a run and how often each comes, of a hundred; every caller draws from it."""

    tags: Mapping[str, str]
    """The entity tag of each item's picture, by the item's id."""
    own: tuple[str, ...]
    pictures: tuple[bytes, ...]

    @property
    def items(self) -> tuple[str, ...]:
        """Return the items whose pictures are read."""
        return tuple(self.tags)

    def draw(self, chance: random.Random) -> Call:
        """Choose the next call."""
        calls = (
            self._stored,
            self._sized,
            self._unmodified,
            self._head,
            self._list,
            self._upload,
            self._remove,
            self._absent,
        )
        return chance.choices(calls, weights=(22, 10, 44, 8, 8, 3, 2, 3))[0]

    def _stored(self, http: Http, chance: random.Random) -> requests.Response:
        return http.get(f"/Items/{chance.choice(self.items)}/Images/Primary")

    def _sized(self, http: Http, chance: random.Random) -> requests.Response:
        width = chance.choice((90, 180, 300, 480))
        return http.get(f"/Items/{chance.choice(self.items)}/Images/Primary?maxWidth={width}")

    def _unmodified(self, http: Http, chance: random.Random) -> requests.Response:
        item = chance.choice(self.items)
        return http.get(f"/Items/{item}/Images/Primary", if_none_match=self.tags[item])

    def _head(self, http: Http, chance: random.Random) -> requests.Response:
        return http.call("HEAD", f"/Items/{chance.choice(self.items)}/Images/Primary?maxWidth=300")

    def _list(self, http: Http, chance: random.Random) -> requests.Response:
        return http.get(f"/Items/{chance.choice(self.items)}/Images")

    def _upload(self, http: Http, chance: random.Random) -> requests.Response:
        return http.upload(f"/Items/{chance.choice(self.own)}/Images/Primary", chance.choice(self.pictures))

    def _remove(self, http: Http, chance: random.Random) -> requests.Response:
        return http.call("DELETE", f"/Items/{chance.choice(self.own)}/Images/Primary")

    def _absent(self, http: Http, chance: random.Random) -> requests.Response:
        return http.get(f"/Items/{chance.choice(self.items)}/Images/Logo")


class Load:
    """Sends a mix, four calls at a time, and counts what comes back; a call without an answer counts as 0.

    The items are its own, and go at the end.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._local = threading.local()
        self._seeds = iter(range(1_000_000))
        self.statuses: Counter[int] = Counter()
        self._admin = self._client()
        tags = dict(_illustrated(self._admin) for _ in range(READ))
        own = tuple(_item(self._admin) for _ in range(UPLOADS))
        self._mix = Mix(tags, own, tuple(photo(*SIZE) for _ in range(UPLOADS)))

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the items."""
        for item in (*self._mix.items, *self._mix.own):
            self._admin.call("DELETE", f"/Items/{item}")

    def send(self, count: int, step: int) -> Iterator[int]:
        """Send requests, and yield how many there were after each `step`."""
        with ThreadPoolExecutor(CALLERS) as callers:
            for done in range(step, count + 1, step):
                self.statuses.update(callers.map(self._one, range(step)))
                yield done

    def faults(self) -> int:
        """Return how many calls got a 5xx or no answer."""
        return sum(number for status, number in self.statuses.items() if status == 0 or status >= 500)

    def _one(self, _: int) -> int:
        http, chance = self._tools()
        try:
            return self._mix.draw(chance)(http, chance).status_code
        except requests.RequestException:
            return 0

    def _tools(self) -> tuple[Http, random.Random]:
        if not hasattr(self._local, "tools"):
            chance = random.Random(next(self._seeds))  # noqa: S311  # no secret: the same mix each time
            self._local.tools = self._client(), chance
        tools: tuple[Http, random.Random] = self._local.tools
        return tools

    def _client(self) -> Http:
        key = {"X-Emby-Token": self._service.admin_api_key}
        return Http(self._service.base_url, key, requests.Session())


def _item(admin: Http) -> str:
    made = admin.call("POST", "/Items", json={"Name": f"Endurance {uuid.uuid4().hex}", "Type": "Movie"})
    assert made.ok, made.text
    return str(made.json()["Id"])


def _illustrated(admin: Http) -> tuple[str, str]:
    """Make an item with a poster, and return it with the picture's entity tag."""
    item = _item(admin)
    path = f"/Items/{item}/Images/Primary"
    admin.upload(path, photo()).raise_for_status()
    return item, admin.call("HEAD", path).headers["ETag"]
