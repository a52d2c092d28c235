"""Three more clients of PyPI as they are, each with habits of its own: they sign in, list, and fetch pictures.

aiojellyfin (Music Assistant's) speaks aiohttp, names fields by the dozen and puts the token in image URLs.
jellyfin-sdk speaks urllib3 and checks every answer with pydantic models. jellyfin-api-client speaks httpx, parses
answers into attrs classes and sends JSON as `application/*+json`.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
import requests
from PIL import Image

from infra.local.service import Service
from tests.clients.conftest import Account

DEVICE = {"Client": "Client tests", "Device": "Test device", "DeviceId": "python-device", "Version": "1.0.0"}
IDENTITY = "MediaBrowser " + ", ".join(f'{name}="{value}"' for name, value in DEVICE.items())


@dataclass(frozen=True)
class Music:
    """A library of one album with a poster and one track."""

    shelf: str
    album: str
    track: str
    poster: bytes


@pytest.fixture
def music(service: Service, admin: requests.Session, pictures: Path) -> Iterator[Music]:
    """Make an album."""
    poster = (pictures / "poster.png").read_bytes()

    def add(item_type: str, **facts: object) -> str:
        body = {"Name": f"{item_type} of clients", "Type": item_type, **facts}
        made: str = admin.post(f"{service.base_url}/Items", json=body, timeout=30).json()["Id"]
        return made

    shelf = add("CollectionFolder", CollectionType="music")
    album = add("MusicAlbum", ParentId=shelf, AlbumArtists=["Rods & Cones"], Genres=["Ambient"])
    track = add("Audio", ParentId=album, Artists=["Rods & Cones"], IndexNumber=1, RunTimeTicks=6_000_000_000)
    image = f"{service.base_url}/Items/{album}/Images/Primary"
    assert admin.post(image, data=poster, timeout=30).status_code == 204
    yield Music(shelf, album, track, poster)
    assert admin.delete(f"{service.base_url}/Items/{shelf}", timeout=30).status_code == 204


def test_aiojellyfin_lists_music_and_fetches_artwork(
    service: Service, account: Account, music: Music
) -> None:
    asyncio.run(_use_aiojellyfin(service.base_url, account, music))


async def _use_aiojellyfin(url: str, account: Account, music: Music) -> None:
    import aiojellyfin
    from aiohttp import ClientSession
    from aiojellyfin import ImageType
    from aiojellyfin.session import SessionConfiguration

    async with ClientSession() as session:
        device = SessionConfiguration(session, url, "Client tests", "1.0.0", "Test device", "python-device")
        client = await aiojellyfin.authenticate_by_name(device, account.name, account.password)
        folders = await client.get_media_folders()
        assert music.shelf in {folder["Id"] for folder in folders["Items"]}
        albums = [album async for album in client.albums.parent(music.shelf).stream()]
        assert [album["Id"] for album in albums] == [music.album]
        tracks = await client.tracks.parent(music.album).enable_userdata().request()
        assert [track["Id"] for track in tracks["Items"]] == [music.track]
        assert (await client.get_track(music.track))["AlbumId"] == music.album
        assert (await client.get_album(music.album))["ImageTags"][ImageType.Primary]
        assert "Items" in await client.get_suggested_tracks()
        original = await session.get(client.artwork(music.album, ImageType.Primary))
        assert await original.read() == music.poster
        small = await session.get(client.artwork(music.album, ImageType.Primary, 100, "jpg"))
        assert Image.open(BytesIO(await small.read())).size == (100, 150)


def test_jellyfin_sdk_finds_every_answer_valid(
    service: Service, account: Account, music: Music, admin: requests.Session, pictures: Path
) -> None:
    """Every answer passes the pydantic models of 10.11.

    The picture is the user's: the calls for pictures of items fail before they send anything, with any server.
    """
    import jellyfin
    from jellyfin.generated import Version

    anonymous = jellyfin.Api(service.base_url, "", Version.V10_11)
    generated = anonymous.generated
    signed_in = generated.UserApi(anonymous.client).authenticate_user_by_name(
        generated.AuthenticateUserByName(Username=account.name, Pw=account.password),
        _headers={"Authorization": IDENTITY},
    )
    api = jellyfin.Api(service.base_url, signed_in.access_token, Version.V10_11)
    user_id = signed_in.user.id
    assert generated.UserApi(api.client).get_current_user().name == account.name
    assert generated.SystemApi(api.client).get_system_info().version.startswith("12.")
    items = generated.ItemsApi(api.client)
    found = items.get_items(user_id=user_id, parent_id=UUID(music.shelf), recursive=True, fields=["People"])
    assert {item.id for item in found.items} == {UUID(music.album), UUID(music.track)}
    views = generated.UserViewsApi(api.client).get_user_views(user_id=user_id)
    assert UUID(music.shelf) in {view.id for view in views.items}
    images = generated.ImageApi(api.client)
    (poster,) = images.get_item_image_infos(UUID(music.album))
    assert (poster.image_type.value, poster.width, poster.height) == ("Primary", 400, 600)
    avatar = (pictures / "avatar.png").read_bytes()
    admin.post(f"{service.base_url}/UserImage?userId={user_id}", data=avatar, timeout=30)
    shown = images.get_user_image_without_preload_content(user_id)
    assert shown.data == avatar


def test_jellyfin_api_client_signs_in_lists_and_fetches(
    service: Service, account: Account, music: Music
) -> None:
    from jellyfin_api_client import AuthenticatedClient, Client
    from jellyfin_api_client.api.image import get_item_image, get_item_image_infos
    from jellyfin_api_client.api.items import get_items
    from jellyfin_api_client.api.user import authenticate_user_by_name, get_current_user
    from jellyfin_api_client.models import (
        AuthenticateUserByName,
        AuthenticationResult,
        BaseItemDtoQueryResult,
        ImageType,
        UserDto,
    )

    credentials = AuthenticateUserByName(username=account.name, pw=account.password)
    with Client(service.base_url, headers={"Authorization": IDENTITY}) as anonymous:
        signed_in = authenticate_user_by_name.sync(client=anonymous, body=credentials)
    assert isinstance(signed_in, AuthenticationResult)
    identity = f'{IDENTITY.removeprefix("MediaBrowser ")}, Token="{signed_in.access_token}"'
    with AuthenticatedClient(service.base_url, token=identity, prefix="MediaBrowser") as client:
        me = get_current_user.sync(client=client)
        assert isinstance(me, UserDto)
        assert me.name == account.name
        listed = get_items.sync(client=client, parent_id=music.shelf, recursive=True, limit=10)
        assert isinstance(listed, BaseItemDtoQueryResult)
        assert isinstance(listed.items, list)
        assert {item.id for item in listed.items} == {music.album, music.track}
        infos = get_item_image_infos.sync(item_id=music.album, client=client)
        assert isinstance(infos, list)
        assert [(info.image_type, info.width) for info in infos] == [(ImageType.PRIMARY, 400)]
        small = get_item_image.sync_detailed(music.album, ImageType.PRIMARY, client=client, max_width=100)
        assert Image.open(BytesIO(small.content)).size == (100, 150)
        original = get_item_image.sync_detailed(music.album, ImageType.PRIMARY, client=client)
        assert original.content == music.poster
