"""Downloads that are meant to do harm, through the whole application with its real fetcher: nothing changes."""

import gzip
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from io import BufferedIOBase
from threading import Event
from urllib.parse import quote

import pytest

from chalicelib.container import override_container
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.remote.safe_url import Rule
from chalicelib.settings import RemoteSettings
from tests.support.fakes.world import ADMIN, SETTINGS, World
from tests.support.gateway import Answer, call
from tests.support.hostile_urls import HOSTILE
from tests.support.loopback_site import Reply, Site, reply, serve
from tests.support.pictures import encoded, scene

ITEM = "0123456789abcdef0123456789abcdef"
LIMIT = 200_000
PICTURE = encoded(scene())
BOMB = gzip.compress(bytes(50_000_000), mtime=0)
# Names need a resolver, whose answers the tests of the fetcher make up.
LITERAL = [
    url
    for url, rule in HOSTILE.items()
    if rule is not Rule.ADDRESS or not url.partition("://")[2].strip("[")[:1].isalpha()
]


@pytest.fixture
def site() -> Iterator[Site]:
    with serve(Site()) as site:
        yield site


@pytest.fixture
def world(site: Site) -> Iterator[World]:
    remote = RemoteSettings(remote_allowed=f"127.0.0.1:{site.port}", remote_download_seconds=3)
    made = World(replace(SETTINGS, remote=remote, max_upload_bytes=LIMIT))
    del made.image_fetcher
    made.add_item(ITEM)
    with override_container(made.container):
        yield made


def download(url: str) -> Answer:
    path = f"/Items/{ITEM}/RemoteImages/Download?type=Primary&imageUrl={quote(url, safe='')}"
    return call("POST", path, headers=ADMIN)


def unchanged(world: World) -> bool:
    return not world.rows.rows[OwnerKey.item(ITEM)].images and not world.blobs_of_originals.keys


def test_a_hostile_url_is_a_mistake_in_one_field(world: World, site: Site) -> None:
    for url in LITERAL:
        answer = download(url)
        assert (answer.status, list(answer.json()["errors"])) == (400, ["imageUrl"]), url
        assert unchanged(world), url
        assert site.connections == 0, url


def endless(stream: BufferedIOBase) -> None:
    stream.write(b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8\xff\xe0")
    while True:
        stream.write(bytes(65_536))


def redirected(location: str) -> Reply:
    return reply(status=302, headers={"Location": location})


@pytest.mark.parametrize(
    ("page", "status"),
    [
        (endless, 400),
        (reply(PICTURE + bytes(LIMIT)), 400),
        (reply(b"", length=10**12), 400),
        (reply(BOMB, headers={"Content-Encoding": "gzip"}), 400),
        (redirected("http://169.254.169.254/latest/meta-data/"), 400),
        (redirected("http://[::ffff:10.0.0.1]/"), 400),
        (redirected("file:///etc/passwd"), 400),
        (redirected("/"), 400),
        (reply(b"<!doctype html><title>x</title>", headers={"Content-Type": "image/png"}), 404),
        (reply(b"", headers={"Content-Type": "image/png"}), 404),
        (reply(PICTURE[:100], headers={"Content-Type": "image/jpeg"}), 404),
        (reply(status=403), 404),
        (reply(status=410), 404),
        (reply(b"short", length=500), 502),
        (reply(PICTURE, headers={"Content-Encoding": "br"}), 502),
        (reply(status=500), 502),
        (b"220 smtp.example ESMTP\r\n", 502),
        (b"", 502),
    ],
)
def test_a_hostile_answer_leaves_the_item_as_it_is(
    world: World, site: Site, page: Reply, status: int
) -> None:
    site.pages["/"] = page
    answer = download(f"{site.url}/")
    assert answer.status == status
    assert unchanged(world)
    assert "127.0.0.1" not in answer.body.decode()
    assert "169.254" not in answer.body.decode()


def test_a_slow_body_ends_in_time(world: World, site: Site) -> None:
    over = Event()

    def drip(stream: BufferedIOBase, over: Event) -> None:
        stream.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while not over.wait(0.1):
            stream.write(b"x")

    site.pages["/"] = partial(drip, over=over)
    started = time.monotonic()
    assert download(f"{site.url}/").status == 504
    assert time.monotonic() - started < 15
    over.set()
    assert unchanged(world)


def test_an_honest_picture_is_stored_whatever_type_it_claims(world: World, site: Site) -> None:
    site.pages["/"] = reply(PICTURE, headers={"Content-Type": "text/plain"})
    assert download(f"{site.url}/").status == 204
    assert not unchanged(world)
